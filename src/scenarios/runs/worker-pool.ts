import module from "node:module";
import { Worker } from "node:worker_threads";

import type { WorkerAnswer, WorkerData, WorkerRequest } from "./worker-messages.ts";

/** Beside this module, as source or built. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js",
  import.meta.url,
);

/** A thread that ran so many scenarios is replaced: what modules and the engine gather would grow without end. */
const REQUEST_COUNT_MAX = 200;

interface Job {
  readonly request: WorkerRequest;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (error: unknown) => void;
}

/** Some threads that run scenarios; each takes the next request as soon as it is free. */
export class WorkerPool implements AsyncDisposable {
  readonly #workers = new Set<Worker>();
  readonly #free: Worker[] = [];
  readonly #waiting: Job[] = [];
  readonly #busy = new Map<Worker, Job>();

  constructor(count: number) {
    for (let index = 0; index < count; index += 1) this.#add();
  }

  /** Asks the next free thread. Rejects when that thread breaks down. */
  ask(request: WorkerRequest): Promise<WorkerAnswer> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ request, resolve, reject });
      this.#serve();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #add(): void {
    const workerData: WorkerData = { compileCacheFolder: module.getCompileCacheDir() };
    const worker = new Worker(WORKER, { workerData });
    let answerCount = 0;
    worker.on("message", (answer: WorkerAnswer) => {
      const job = this.#busy.get(worker);
      this.#busy.delete(worker);
      answerCount += 1;
      if (answerCount < REQUEST_COUNT_MAX) this.#free.push(worker);
      else {
        this.#workers.delete(worker);
        void worker.terminate();
        this.#add();
      }
      job?.resolve(answer);
      this.#serve();
    });
    worker.on("error", (error) => {
      const job = this.#busy.get(worker);
      this.#busy.delete(worker);
      this.#workers.delete(worker);
      job?.reject(error);
      this.#add();
      this.#serve();
    });
    this.#workers.add(worker);
    this.#free.push(worker);
  }

  #serve(): void {
    while (this.#free.length > 0 && this.#waiting.length > 0) {
      const worker = this.#free.shift();
      const job = this.#waiting.shift();
      if (worker === undefined || job === undefined) return;
      this.#busy.set(worker, job);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      worker.postMessage(job.request);
    }
  }
}
