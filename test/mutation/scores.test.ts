import { describe, expect, test } from "vitest";

import { fallenScores } from "./accepted.ts";
import { Equivalents } from "./equivalents.ts";
import type { Mutant } from "./mutant.ts";
import type { ScenarioVerdict, VerdictKind } from "./scenario-verdict.ts";
import { scoresOf } from "./scores.ts";

function mutant(key: string, changes: Partial<Mutant> = {}): Mutant {
  return {
    id: 0,
    key,
    file: "src/agent/jobs/backup/scan.ts",
    line: 1,
    endLine: 1,
    within: "scan",
    mutator: "BooleanLiteral",
    original: "true",
    replacement: "false",
    ...changes,
  };
}

function verdicts(kinds: Readonly<Record<string, VerdictKind>>): Map<string, ScenarioVerdict> {
  return new Map(
    Object.entries(kinds).map(([key, kind]) => [
      key,
      { key, kind, runCount: 1, differentCount: 0, cpuMs: 1 },
    ]),
  );
}

const EQUIVALENT = {
  file: "src/agent/jobs/backup/scan.ts",
  within: "scan",
  original: "x  >\n 1",
  replacement: "x >= 1",
  reason: "x is never 1, as the caller has it",
};

describe("the scores of a folder", () => {
  test("count what is stuck or broke as noticed, what no scenario reaches as not", () => {
    const mutants = ["a", "b", "c", "d", "e"].map((key) => mutant(key));
    const [score] = scoresOf(
      mutants,
      verdicts({ a: "killed", b: "stuck", c: "broke", d: "survived", e: "not-reached" }),
      new Map(),
      new Equivalents([]),
    );

    expect(score).toMatchObject({ folder: "src/agent/jobs/", killedCount: 3, scenarioScore: 60 });
  });

  test("leave equivalent mutants out, unless one was noticed all the same", () => {
    const same = { original: "x > 1", replacement: "x >= 1" };
    const mutants = [mutant("a"), mutant("b", same), mutant("c", same)];
    const [score] = scoresOf(
      mutants,
      verdicts({ a: "survived", b: "survived", c: "killed" }),
      new Map(),
      new Equivalents([EQUIVALENT]),
    );

    expect(score).toMatchObject({ equivalentCount: 1, survivedCount: 1, scenarioScore: 50 });
  });

  test("say what unit tests notice alone, and what one of the two notices, of what both were tried with", () => {
    const mutants = ["a", "b", "c", "d"].map((key) => mutant(key));
    const [score] = scoresOf(
      mutants,
      verdicts({ a: "killed", b: "survived", c: "survived", d: "killed" }),
      new Map([
        ["a", { kind: "survived" }],
        ["b", { kind: "killed" }],
        ["c", { kind: "not-reached" }],
        ["d", { kind: "open" }],
      ]),
      new Equivalents([]),
    );

    expect(score).toMatchObject({ scenarioScore: 50, unitScore: 33.3, togetherScore: 66.7 });
  });

  test("fall only where every mutant of the folder was judged", () => {
    const mutants = [mutant("a"), mutant("b")];
    const accepted = { oneIn: 1, runCountMax: 60, scenarioScores: { "src/agent/jobs/": 51 } };
    const fallen = (kinds: Record<string, VerdictKind>): unknown =>
      fallenScores(scoresOf(mutants, verdicts(kinds), new Map(), new Equivalents([])), accepted);

    const fallenSample = (oneIn: number): unknown =>
      fallenScores(
        scoresOf(mutants, verdicts({ a: "killed", b: "survived" }), new Map(), new Equivalents([])),
        { oneIn, runCountMax: 60, scenarioScores: { "src/agent/jobs/": 90 } },
      );

    expect(fallenSample(1)).not.toEqual([]);
    expect(fallenSample(20)).toEqual([]);
    expect(fallen({ a: "survived" })).toEqual([]);
    expect(fallen({ a: "killed", b: "killed" })).toEqual([]);
    expect(fallen({ a: "killed", b: "survived" })).toEqual([
      { folder: "src/agent/jobs/", accepted: 51, scenarioScore: 50 },
    ]);
  });
});
