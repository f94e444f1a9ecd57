import { existsSync, readFileSync, writeFileSync } from "node:fs";

import * as z from "zod";

import type { FolderScore } from "./scores.ts";

const acceptedSchema = z.strictObject({
  /** The sample that was judged: one in so many mutants. */
  oneIn: z.int().min(1),
  /** Scenarios at most for each mutant. */
  runCountMax: z.int().min(1),
  /** Per folder the percentage of mutants that the scenarios kill, equivalent ones left out. */
  scenarioScores: z.record(z.string(), z.number().min(0).max(100)),
});

/** The scores that stand in the repository: none of them may fall. */
export type AcceptedScores = z.infer<typeof acceptedSchema>;

/** The accepted scores; undefined where there are none yet. Throws a `ZodError` for a file that is none. */
export function readAccepted(path: string): AcceptedScores | undefined {
  if (!existsSync(path)) return undefined;
  return acceptedSchema.parse(JSON.parse(readFileSync(path, "utf8")));
}

/** A folder whose scenarios kill less than was accepted. */
export interface FallenScore {
  readonly folder: string;
  readonly accepted: number;
  readonly scenarioScore: number;
}

/**
 * Only folders that were judged whole are held against what was accepted. A sample of another day has other mutants
 * in it wherever code changed: it has fallen once it is lower by more than chance explains, two standard errors.
 */
export function fallenScores(
  scores: readonly FolderScore[],
  accepted: AcceptedScores,
): readonly FallenScore[] {
  return scores.flatMap(({ folder, scenarioScore, judgedCount, mutantCount }) => {
    const before = accepted.scenarioScores[folder];
    const isWhole = judgedCount === mutantCount && scenarioScore !== null;
    if (before === undefined || !isWhole) return [];
    const share = before / 100;
    const error = 100 * Math.sqrt((share * (1 - share)) / Math.max(1, judgedCount));
    const lowest = accepted.oneIn === 1 ? before : before - 2 * error;
    if (scenarioScore >= lowest) return [];
    return [{ folder, accepted: before, scenarioScore }];
  });
}

/** Writes down the scores of folders that were judged whole; those of others stay. */
export function writeAccepted(
  path: string,
  scores: readonly FolderScore[],
  about: Pick<AcceptedScores, "oneIn" | "runCountMax">,
): void {
  const before = readAccepted(path);
  const isSame = before?.oneIn === about.oneIn && before.runCountMax === about.runCountMax;
  const scenarioScores = isSame ? { ...before.scenarioScores } : {};
  for (const { folder, scenarioScore, judgedCount, mutantCount } of scores) {
    if (judgedCount === mutantCount && scenarioScore !== null) {
      scenarioScores[folder] = scenarioScore;
    }
  }
  const sorted = Object.entries(scenarioScores).toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  );
  const kept: AcceptedScores = { ...about, scenarioScores: Object.fromEntries(sorted) };
  writeFileSync(path, `${JSON.stringify(kept, null, 2)}\n`);
}
