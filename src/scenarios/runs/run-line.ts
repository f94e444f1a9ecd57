import * as z from "zod";

import { cellName } from "../coverage/ledger.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import { breachLineOf, breachLineSchema } from "./breach-line.ts";
import type { RunOutcome } from "./run-outcome.ts";

/** A wrong run may have a breach for each of its files. */
const BREACH_COUNT_MAX = 20;

/** The line of JSON about one run of a series. */
export const runLineSchema = z.strictObject({
  kind: z.literal("run"),
  /** Its number in the series; those of files and of the slice of the sweep of faults are negative and come first. */
  run: z.int(),
  seed: z.int(),
  verdict: z.enum(["good", "law-broken", "harness-failed"]),
  /** Hash of all that happened in it. */
  traceHash: z.string(),
  /** The name of its generator, or of its file; of the slice the file with the fault behind it. */
  aim: z.string(),
  /** The laws that it broke. */
  laws: z.array(z.string()),
  /** How it broke them, the first 20 times. */
  breaches: z.array(breachLineSchema),
  /** The cells that it reached, by their names, see {@link cellName}. */
  cells: z.array(z.string()),
  jobs: z.int(),
  virtualMs: z.number(),
});

/** See {@link runLineSchema}. */
export type RunLine = z.infer<typeof runLineSchema>;

/** The line about a run. */
export function runLineOf(outcome: RunOutcome): RunLine {
  const { index, seed, generator, traceHash, violations, hits, jobCount, virtualMs } = outcome;
  return {
    kind: "run",
    run: index,
    seed,
    verdict: judgedAs(violations),
    traceHash,
    aim: generator,
    laws: [...new Set(violations.map(({ invariant }) => invariant))],
    breaches: violations.slice(0, BREACH_COUNT_MAX).map(breachLineOf),
    cells: [...new Set(hits.map(cellName))],
    jobs: jobCount,
    virtualMs,
  };
}
