import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";

import type { LifeAnswer, LifeRequest, ThreadData } from "./thread-messages.ts";

/** What came of a scenario: an answer, or a thread that was stuck or broke down. */
export type LifeEnd =
  | { readonly kind: "lived"; readonly answer: LifeAnswer; readonly cpuMs: number }
  | { readonly kind: "stuck" | "broke"; readonly reason: string; readonly cpuMs: number };

/** How often the processor time of a thread is looked at. */
const LOOK_EVERY_MS = 500;
/**
 * A thread that took so much processor time for one scenario is stuck in a loop that no event leaves. None takes
 * 0.5 s by itself; a thread that has to read its modules first takes 2 s.
 */
const CPU_MS_MAX = 15_000;
/** A thread that was given no processor time and does not answer hangs. Long, since it is no measure of work. */
const WALL_MS_MAX = 10 * 60_000;
/** Modules and engine gather things: a thread that lived so many scenarios is replaced. */
const LIFE_COUNT_MAX = 300;
/** A mutant that fills memory ends its own thread, not the machine. */
const HEAP_MB_MAX = 1_024;

interface ScenarioWorkerOptions {
  /** Active from the start of the thread: for those that work while modules are read. Default: none. */
  readonly activeMutant?: number;
  /** How many ids of mutants there are, to count how often each is reached. Default: they are not counted. */
  readonly countedIds?: number;
}

/** One thread of the instrumented copy, replaced whenever it may not be as it was. */
export class ScenarioWorker implements AsyncDisposable {
  readonly #copy: string;
  readonly #options: ScenarioWorkerOptions;
  #worker: Worker | undefined;
  #lifeCount = 0;

  constructor(copy: string, options: ScenarioWorkerOptions = {}) {
    this.#copy = copy;
    this.#options = options;
  }

  /** Lives a scenario. One at a time; never rejects. */
  async live(request: LifeRequest): Promise<LifeEnd> {
    const worker = (this.#worker ??= this.#start());
    const before = await cpuMsOf(worker);
    const end = await this.#ask(worker, request, before);
    this.#lifeCount += 1;
    const isAsNew = end.kind === "lived" && end.answer.isClean;
    if (!isAsNew || this.#lifeCount >= LIFE_COUNT_MAX) await this[Symbol.asyncDispose]();
    return end;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const worker = this.#worker;
    this.#worker = undefined;
    this.#lifeCount = 0;
    await worker?.terminate();
  }

  #start(): Worker {
    const workerData: ThreadData = {
      compileCacheFolder: join(this.#copy, "..", "compiled"),
      activeMutant: this.#options.activeMutant,
      countedIds: this.#options.countedIds,
    };
    const thread = pathToFileURL(join(this.#copy, "test/mutation/scenario-thread.ts"));
    const worker = new Worker(thread, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MB_MAX },
      // What a mutant makes the agent or Node say is nothing that a person needs.
      stdout: true,
      stderr: true,
    });
    worker.stdout.resume();
    worker.stderr.resume();
    // An error comes before the exit that it leads to; of a thread that is given up both are nobody's.
    worker.on("error", () => undefined);
    return worker;
  }

  async #ask(worker: Worker, request: LifeRequest, cpuMsBefore: number): Promise<LifeEnd> {
    const startMs = performance.now();
    let cpuMs = 0;
    const heard = new AbortController();
    const answered = listenTo(worker, heard.signal);
    // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
    worker.postMessage(request);
    try {
      for (;;) {
        const end = await Promise.race([answered, sleep(LOOK_EVERY_MS, undefined, heard)]);
        cpuMs = Math.max(cpuMs, (await cpuMsOf(worker)) - cpuMsBefore);
        if (end !== undefined) return { ...end, cpuMs };
        if (cpuMs > CPU_MS_MAX || performance.now() - startMs > WALL_MS_MAX) {
          return { kind: "stuck", reason: `no end after ${CPU_MS_MAX} ms`, cpuMs };
        }
      }
    } finally {
      heard.abort();
    }
  }
}

type Heard =
  | { readonly kind: "lived"; readonly answer: LifeAnswer }
  | { readonly kind: "stuck" | "broke"; readonly reason: string };

/** The next that a thread says, or its end. */
function listenTo(worker: Worker, signal: AbortSignal): Promise<Heard> {
  return new Promise((resolve) => {
    const onMessage = (answer: LifeAnswer): void => resolve({ kind: "lived", answer });
    const onError = (error: unknown): void => {
      const reason = error instanceof Error ? error.message : String(error);
      const isFull = (error as { code?: unknown }).code === "ERR_WORKER_OUT_OF_MEMORY";
      resolve({ kind: isFull ? "stuck" : "broke", reason });
    };
    const onExit = (code: number): void => resolve({ kind: "broke", reason: `ended with ${code}` });
    worker.on("message", onMessage).on("error", onError).on("exit", onExit);
    signal.addEventListener("abort", () => {
      worker.off("message", onMessage).off("error", onError).off("exit", onExit);
    });
  });
}

/** Processor time of a thread, be it busy; 0 of one that has ended or not begun. */
async function cpuMsOf(worker: Worker): Promise<number> {
  try {
    const { user, system } = await worker.cpuUsage();
    return (user + system) / 1000;
  } catch {
    return 0;
  }
}
