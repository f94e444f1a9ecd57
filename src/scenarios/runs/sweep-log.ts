import { createHash } from "node:crypto";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import { basename } from "node:path";

import * as z from "zod";

import { message } from "../../messages/message.ts";
import { SpokenError } from "../../messages/spoken-error.ts";
import { breachLineOf, breachLineSchema } from "./breach-line.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import type { SweepItem } from "./fault-sweep.ts";
import type { StrikeOutcome } from "./strike-outcome.ts";

/** The line of JSON about one run of a sweep of faults. */
const strikeLineSchema = z.strictObject({
  kind: z.literal("strike"),
  /** The name of its file. */
  file: z.string(),
  /** The first digits of the SHA-256 of that file: what was found in another one is not taken over. */
  fileHash: z.string(),
  /** `step/layer/point/fault`; of a pair both, with ` & ` between them. */
  strike: z.string(),
  what: z.string(),
  verdict: z.enum(["good", "law-broken", "harness-failed"]),
  laws: z.array(z.string()),
  /** The first 5. */
  breaches: z.array(breachLineSchema),
  traceHash: z.string(),
  tookMs: z.int(),
});

/** Such a line. */
export type StrikeLine = z.infer<typeof strikeLineSchema>;

/** A wrong run may have a breach for each of its files. */
const BREACH_COUNT_MAX = 5;

/** A file that is no log of a sweep of faults. */
export class SweepLogError extends SpokenError {
  override readonly name: string = "SweepLogError";
}

/** What a sweep of faults has done already, a line each; in a file, where one is given. */
export class SweepLog {
  readonly #path: string | undefined;
  readonly #hashes = new Map<string, string>();
  readonly #good = new Map<string, StrikeLine>();

  /** Reads what was done before; throws `SweepLogError` for a file that is no such log. */
  constructor(path?: string) {
    this.#path = path;
    if (path === undefined || !existsSync(path)) return;
    const lines = readFileSync(path, "utf8").split("\n");
    // The last line of a sweep that was ended in the middle of writing it is none.
    const isWhole = lines.pop() === "";
    if (!isWhole) appendFileSync(path, "\n");
    for (const [at, text] of lines.entries()) {
      if (text === "") continue;
      const line = parsed(text);
      if (line === undefined) {
        if (isCut(text)) continue;
        throw new SweepLogError(message("harness.no-sweep-log", { path, line: at + 1 }));
      }
      const key = keyOf(line.file, line.fileHash, line.strike);
      // What is broken is run again: it may have been mended since.
      if (line.verdict === "good") this.#good.set(key, line);
      else this.#good.delete(key);
    }
  }

  /** What came of a run when it was done before and nothing was violated. */
  doneBefore({ path, id }: SweepItem): StrikeLine | undefined {
    return this.#good.get(keyOf(basename(path), this.#hashOf(path), id));
  }

  /** Puts down what came of a run. */
  add({ path, id, what }: SweepItem, outcome: StrikeOutcome): StrikeLine {
    const { violations, traceHash, tookMs } = outcome;
    const line: StrikeLine = {
      kind: "strike",
      file: basename(path),
      fileHash: this.#hashOf(path),
      strike: id,
      what,
      verdict: judgedAs(violations),
      laws: [...new Set(violations.map(({ invariant }) => invariant))],
      breaches: violations.slice(0, BREACH_COUNT_MAX).map(breachLineOf),
      traceHash,
      tookMs: Math.round(tookMs),
    };
    if (this.#path !== undefined) appendFileSync(this.#path, `${JSON.stringify(line)}\n`);
    return line;
  }

  #hashOf(path: string): string {
    const known = this.#hashes.get(path);
    if (known !== undefined) return known;
    const hash = createHash("sha256").update(readFileSync(path)).digest("hex").slice(0, 16);
    this.#hashes.set(path, hash);
    return hash;
  }
}

function keyOf(file: string, fileHash: string, strike: string): string {
  return JSON.stringify([file, fileHash, strike]);
}

function parsed(text: string): StrikeLine | undefined {
  try {
    return strikeLineSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/** What a sweep wrote that was ended in the middle of a line. */
function isCut(text: string): boolean {
  return text.startsWith('{"kind":"strike"') && !text.endsWith("}");
}
