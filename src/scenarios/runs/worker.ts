import { parentPort } from "node:worker_threads";

import { FencedError } from "../interpreter/fence.ts";
import { plannedRun } from "./plan.ts";
import { runPlanned, shrinkPlanned } from "./run-one.ts";
import type { WorkerAnswer, WorkerRequest } from "./worker-messages.ts";

/*
 * One thread that runs scenarios: virtual time rules a whole thread, so that scenarios side by side
 * need threads of their own. It answers each request in turn.
 */

// What a killed process of the agent still throws into the void is nobody's concern.
process.on("unhandledRejection", (error) => {
  if (!(error instanceof FencedError)) throw error;
});

async function answerTo(request: WorkerRequest): Promise<WorkerAnswer> {
  const planned = plannedRun(request.seriesSeed, request.index);
  if (request.kind === "run") return { kind: "outcome", outcome: await runPlanned(planned) };
  return { kind: "counterexample", counterexample: await shrinkPlanned(planned) };
}

parentPort?.on("message", (request: WorkerRequest) => {
  void answerTo(request).then((answer) => parentPort?.postMessage(answer));
});
