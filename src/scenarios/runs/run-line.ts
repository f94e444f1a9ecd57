import * as z from "zod";

import { cellName } from "../coverage/ledger.ts";
import { judgedAs } from "../checkers/shared/violation.ts";
import type { RunOutcome } from "./run-outcome.ts";

/** The line of JSON about one run of a series. */
export const runLineSchema = z.strictObject({
  kind: z.literal("run"),
  /** Its number in the series; those of files are negative and come first. */
  run: z.int(),
  seed: z.int(),
  verdict: z.enum(["good", "law-broken", "harness-failed"]),
  /** Hash of all that happened in it. */
  traceHash: z.string(),
  /** The name of its generator, or of its file. */
  aim: z.string(),
  /** The laws that it broke. */
  laws: z.array(z.string()),
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
    cells: [...new Set(hits.map(cellName))],
    jobs: jobCount,
    virtualMs,
  };
}
