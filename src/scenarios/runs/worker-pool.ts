/* oxlint-disable eslint/no-restricted-globals --
   real time: whether a thread hangs is seen from outside of its virtual world */
import module from "node:module";
import { Worker } from "node:worker_threads";

import type { WorkerAnswer, WorkerData, WorkerRequest } from "./worker-messages.ts";
import { message, type Message } from "../../messages/message.ts";

/** Beside this module, as source or built. */
const WORKER = new URL(
  import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js",
  import.meta.url,
);

/**
 * A thread that ran so many scenarios is replaced, should anything be kept of each after all. Long before that it has
 * its code compiled well, which a new one has to do again.
 */
const REQUEST_COUNT_MAX = 5_000;

/** A thread that works on one request for so long is said to; no run takes a hundredth of it. */
const SLOW_MS = 60_000;
/** A thread that works on one request for so long is ended: nothing virtual takes that long, so that it hangs. */
const HANG_MS = 20 * 60_000;

interface Job {
  readonly request: WorkerRequest;
  readonly resolve: (answer: WorkerAnswer) => void;
  /** What is to be done once it is over. */
  readonly watch: NodeJS.Timeout[];
}

interface WorkerPoolOptions {
  /** The module of a thread. Default: the one that runs scenarios. */
  readonly module?: URL;
  /** Told of a request that a thread has worked on for a minute. Default: nobody is. */
  readonly onSlow?: ((request: WorkerRequest) => void) | undefined;
}

/** Some threads that run scenarios; each takes the next request as soon as it is free. */
export class WorkerPool implements AsyncDisposable {
  readonly #options: WorkerPoolOptions;
  readonly #workers = new Set<Worker>();
  readonly #free: Worker[] = [];
  readonly #waiting: Job[] = [];
  readonly #busy = new Map<Worker, Job>();
  #isDisposed = false;

  constructor(count: number, options: WorkerPoolOptions = {}) {
    this.#options = options;
    for (let index = 0; index < count; index += 1) this.#add();
  }

  /**
   * Asks the next free thread. A thread that breaks down over a request is replaced, and `died` is the answer:
   * others may still be asked. Never rejects.
   */
  ask(request: WorkerRequest): Promise<WorkerAnswer> {
    return new Promise((resolve) => {
      this.#waiting.push({ request, resolve, watch: [] });
      this.#serve();
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    for (const { watch } of this.#busy.values()) for (const timer of watch) clearTimeout(timer);
    await Promise.all([...this.#workers].map((worker) => worker.terminate()));
  }

  #add(): void {
    const workerData: WorkerData = { compileCacheFolder: module.getCompileCacheDir() };
    const worker = new Worker(this.#options.module ?? WORKER, { workerData });
    let answerCount = 0;
    let reason: Message | undefined;
    worker.on("message", (answer: WorkerAnswer) => {
      answerCount += 1;
      if (answerCount < REQUEST_COUNT_MAX) this.#free.push(worker);
      else this.#replace(worker);
      this.#settle(worker, answer);
      this.#serve();
    });
    // An error comes before the exit that it leads to.
    worker.on("error", (error) => {
      const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
      reason = message("checked-run.threw", { detail });
    });
    worker.on("exit", (code) => {
      if (!this.#workers.has(worker) || this.#isDisposed) return;
      this.#replace(worker);
      reason ??= message("checked-run.thread-ended", { exitCode: code });
      this.#settle(worker, { kind: "died", reason });
      this.#serve();
    });
    this.#workers.add(worker);
    this.#free.push(worker);
  }

  #replace(worker: Worker): void {
    this.#workers.delete(worker);
    const at = this.#free.indexOf(worker);
    if (at !== -1) this.#free.splice(at, 1);
    void worker.terminate();
    this.#add();
  }

  #settle(worker: Worker, answer: WorkerAnswer): void {
    const job = this.#busy.get(worker);
    this.#busy.delete(worker);
    for (const timer of job?.watch ?? []) clearTimeout(timer);
    job?.resolve(answer);
  }

  #serve(): void {
    while (this.#free.length > 0 && this.#waiting.length > 0) {
      const worker = this.#free.shift();
      const job = this.#waiting.shift();
      if (worker === undefined || job === undefined) return;
      this.#busy.set(worker, job);
      this.#watch(worker, job);
      // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread, no window
      worker.postMessage(job.request);
    }
  }

  #watch(worker: Worker, { request, watch }: Job): void {
    watch.push(setTimeout(() => this.#options.onSlow?.(request), SLOW_MS).unref());
    const hung = setTimeout(() => {
      const reason = message("checked-run.thread-hung", { minutes: HANG_MS / 60_000 });
      this.#replace(worker);
      this.#settle(worker, { kind: "died", reason });
      this.#serve();
    }, HANG_MS);
    watch.push(hung.unref());
  }
}
