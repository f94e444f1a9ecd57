import { spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

import { gitApply } from "../../src/scenarios/mutants/git-apply.ts";
import type { CopyLine } from "./copy-line.ts";
import type { Way } from "./curve.ts";

/** What of the project a copy needs to search. */
const COPIED = ["src", "fixtures", "test/search", "package.json"];
import type { ShrinkLine } from "./shrink-line.ts";

interface SearchWish {
  readonly way: Way;
  readonly seed: number;
  /** Of processor time. */
  readonly seconds: number;
  /** The corpus that a guided search begins with. */
  readonly start: string | undefined;
}

type Failed = Extract<CopyLine, { kind: "failure" }>;
type Sum = Extract<CopyLine, { kind: "sum" }>;

/** A copy of the project that bugs are sown in; disposing of it removes the copy. */
export class BuggyCopy implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "azukeru-buggy-"));

  constructor(project: string) {
    for (const name of COPIED)
      cpSync(join(project, name), join(this.#folder, name), { recursive: true });
    symlinkSync(join(project, "node_modules"), join(this.#folder, "node_modules"), "dir");
  }

  [Symbol.dispose](): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }

  /** Throws `MutantError` where the patch does not apply, and changes nothing. */
  sow(patchPath: string): void {
    const removes = { ja: "", en: "" };
    gitApply(this.#folder, { name: patchPath, removes, noticedBy: [], position: 1, patchPath });
  }

  /** Searches it; what failed, and the sum. */
  async search(
    wish: SearchWish,
  ): Promise<{ readonly sum: Sum; readonly failed: readonly Failed[] }> {
    const corpus = mkdtempSync(join(tmpdir(), "azukeru-search-"));
    try {
      if (wish.start !== undefined && wish.way === "guided")
        await this.#startFrom(wish.start, corpus);
      const { way, seed, seconds } = wish;
      const text = await this.#run("search-copy.ts", [way, `${seed}`, `${seconds}`, corpus], "");
      const lines = text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as CopyLine);
      const sum = lines.find((line) => line.kind === "sum");
      if (sum === undefined) throw new Error("the search came to no end");
      return { sum, failed: lines.filter((line) => line.kind === "failure") };
    } finally {
      rmSync(corpus, { recursive: true, force: true });
    }
  }

  /** Of scenarios as JSON, whether anything breaks in each. */
  async breaks(texts: readonly string[]): Promise<readonly boolean[]> {
    const said = await this.#run(
      "replay-in-copy.ts",
      [],
      texts.map((text) => `${text}\n`).join(""),
    );
    return said
      .trim()
      .split("\n")
      .map((line) => line === "true");
  }

  /** The first scenario of a series that fails, and how small it becomes; undefined where none does. */
  async shrink(seed: string, topic: string): Promise<ShrinkLine | undefined> {
    const text = await this.#run("shrink-in-copy.ts", [seed, topic], "");
    return text === "" ? undefined : (JSON.parse(text) as ShrinkLine);
  }

  /** Begins with a corpus of the project without bugs: what its scenarios come to with them is nearly the same. */
  async #startFrom(start: string, corpus: string): Promise<void> {
    cpSync(start, corpus, { recursive: true });
    rmSync(join(corpus, "failures"), { recursive: true, force: true });
    const path = join(corpus, "index.json");
    const index = JSON.parse(readFileSync(path, "utf8")) as object;
    const module = pathToFileURL(join(this.#folder, "src/scenarios/search/code-hash.ts")).href;
    const { codeHash } = (await import(module)) as { codeHash: () => string };
    writeFileSync(path, JSON.stringify({ ...index, code: codeHash() }));
  }

  async #run(script: string, args: readonly string[], input: string): Promise<string> {
    const child = spawn(process.execPath, [join("test/search", script), ...args], {
      cwd: this.#folder,
      stdio: ["pipe", "pipe", "inherit"],
    });
    child.stdin.end(input);
    let text = "";
    child.stdout.setEncoding("utf8").on("data", (piece: string) => (text += piece));
    const code = await new Promise((resolve) => child.once("close", resolve));
    if (code !== 0) throw new Error(`${script} ended with ${String(code)}`);
    return text;
  }
}
