import { createHash } from "node:crypto";
import { globSync, readFileSync } from "node:fs";
import { join } from "node:path";

import { instrument } from "./instrument.ts";
import { measureCoverage } from "./measure-coverage.ts";
import type { PassFolder } from "./pass-folder.ts";
import type { PooledScenario } from "./scenario-pool.ts";

/** What a pass is about. */
export interface PassOptions {
  readonly project: string;
  /** Files whose mutants are made, from the project's root. */
  readonly files: readonly string[];
  readonly pool: readonly PooledScenario[];
  readonly workerCount: number;
  /** Whether to go on with the copy that is there, though the project changed since. */
  readonly resumes: boolean;
  readonly isTimeUp: () => boolean;
  readonly onProgress: (what: "instrument" | "coverage", done: number, total: number) => void;
}

/** What a verdict follows from, beside the packages. */
const SOURCES = ["src/**/*.ts", "test/mutation/*.ts"];

/**
 * Makes sure that a folder has an instrumented copy, its mutants, the scenarios and what they reach; each is made
 * once, so that a slice that was cut off goes on. A project that changed since begins anew, unless `resumes`.
 */
export async function preparePass(folder: PassFolder, options: PassOptions): Promise<void> {
  const { project, files, onProgress } = options;
  const digest = digestOf(options);
  const isSame = folder.has("pass") && folder.read("pass").digest === digest;
  const goesOn = folder.has("pass") && (isSame || options.resumes);
  if (!goesOn) {
    onProgress("instrument", 0, files.length);
    const { files: instrumented, mutants } = await instrument(project, files);
    folder.makeCopy(project, instrumented);
    folder.write("mutants", mutants);
    folder.write("pool", options.pool);
    folder.write("pass", { digest });
  }
  await measureCoverage(folder, {
    workerCount: options.workerCount,
    isTimeUp: options.isTimeUp,
    onDone: (done, total) => onProgress("coverage", done, total),
  });
}

function digestOf({ project, files, pool }: PassOptions): string {
  const hash = createHash("sha256").update(JSON.stringify([files, pool]));
  for (const file of globSync(SOURCES, { cwd: project }).toSorted()) {
    if (!file.endsWith(".test.ts")) hash.update(file).update(readFileSync(join(project, file)));
  }
  return hash.digest("hex");
}
