import { basename } from "node:path";
import { parentPort } from "node:worker_threads";

import { ignoreGoneProcesses } from "../simulation/process/ignore-gone-processes.ts";
import { plannedRun } from "./plan.ts";
import { readScenario } from "./read-scenario.ts";
import { outcomeOf, runAndCheck, runPlanned } from "./run-one.ts";
import { pointsOf, runSliceStrike, runStruck } from "./run-strikes.ts";
import { runSearched } from "./run-searched.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker-messages.ts";
import { SpokenError } from "../../messages/spoken-error.ts";

/*
 * One thread that runs scenarios: virtual time rules a whole thread, so that scenarios side by side
 * need threads of their own. It answers each request in turn.
 */

ignoreGoneProcesses();

/** Of the files one in so many is run twice, to see that both traces are the same (I15); a test does so with each. */
const REPEATED_FILE_EVERY = 4;

async function answerTo(request: WorkerRequest): Promise<WorkerAnswer> {
  switch (request.kind) {
    case "points":
      return pointsOf(request.path, request.window);
    case "strike":
      return { kind: "struck", outcome: await runStruck(request.path, request.strikes) };
    case "slice":
      return { kind: "outcome", outcome: await runSliceStrike(request.index, request) };
    case "search":
      return { kind: "searched", run: await runSearched(request.index, request.origin) };
    case "try": {
      const { violations } = await runAndCheck(request.scenario, request.isRepeated);
      return { kind: "tried", violations };
    }
    case "file":
    case "run":
  }
  if (request.kind === "file") {
    const scenario = readScenario(request.path);
    const isRepeated = request.index % REPEATED_FILE_EVERY === 0;
    const { record, ...result } = await runAndCheck(scenario, isRepeated);
    const about = { index: request.index, seed: scenario.seed, generator: basename(request.path) };
    return { kind: "outcome", outcome: outcomeOf(about, record, result) };
  }
  const planned = plannedRun(request.seriesSeed, request.index, request.only);
  return { kind: "outcome", outcome: await runPlanned(planned) };
}

/** What has a reason for people ends no thread: its text would be in English alone. Others are thrown again. */
function spokenAnswer(error: unknown): WorkerAnswer {
  if (error instanceof SpokenError) return { kind: "died", reason: error.reason };
  throw error;
}

async function serve(request: WorkerRequest): Promise<void> {
  const answer = await answerTo(request).catch(spokenAnswer);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
  parentPort?.postMessage(answer);
}

parentPort?.on("message", (request: WorkerRequest) => void serve(request));
