import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { expect, onTestFinished, test } from "vitest";

import { runScenario } from "../../src/scenarios/simulation/run-scenario.ts";
import type { Mutant } from "./mutant.ts";
import { PassFolder } from "./pass-folder.ts";
import { preparePass } from "./prepare-pass.ts";
import { runSlice, type SliceOptions } from "./run-slice.ts";
import { scenarioPool } from "./scenario-pool.ts";

const PROJECT = fileURLToPath(new URL("../../", import.meta.url));
const OUTCOME = "src/agent/core/job-outcome.ts";

test("notices a mutant in a copy that is otherwise as the project, and goes on where it was ended", async () => {
  const temporary = mkdtempSync(join(tmpdir(), "mutation-"));
  onTestFinished(() => rmSync(temporary, { recursive: true }));
  const folder = new PassFolder(join(temporary, "pass"));
  const pool = scenarioPool(PROJECT, 1, 6).slice(-6);
  await preparePass(folder, {
    project: PROJECT,
    files: [OUTCOME],
    pool,
    workerCount: 1,
    resumes: false,
    isTimeUp: () => false,
    onProgress: () => undefined,
  });
  const traces: { readonly isGood: boolean; readonly isSame: boolean }[] = [];
  for (const { at, isGood, traceHash } of folder.lines("reached")) {
    const scenario = pool[at]?.scenario;
    const own = scenario && (await runScenario(scenario));
    traces.push({ isGood, isSame: own?.traceHash === traceHash });
  }
  const judged: string[] = [];
  const slice = async (endsAfter: number): Promise<void> => {
    const before = judged.length;
    const options: SliceOptions = {
      workerCount: 1,
      runCountMax: 6,
      oneIn: 1,
      again: false,
      isChosen: ({ within }: Mutant) => within.startsWith("OutcomeTally"),
      isTimeUp: () => judged.length - before >= endsAfter,
      onVerdict: ({ key }) => void judged.push(key),
    };
    await runSlice(folder, options);
  };
  await slice(2);
  await slice(3);

  expect(traces).toEqual(pool.map(() => ({ isGood: true, isSame: true })));
  expect(new Set(judged).size).toBe(5);
  expect(judged).toEqual(judged.toSorted());
  const kinds = folder.lines("by-scenarios").map(({ kind }) => kind);
  expect(kinds).toContain("killed");
});
