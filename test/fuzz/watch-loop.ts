import { renameSync, writeFileSync } from "node:fs";

/*
 * Loaded into a process ahead of its program, with `--expose-gc`: notes for how long its loop was held at
 * most, and how much memory it takes, in the file that LOOP_REPORT names. Counted is processor time of the
 * thread, since a busy machine makes any process wait. SIGUSR2 has it throw away what nobody needs any more
 * and note what is kept.
 */

/** What is noted of a process. */
export interface LoopReport {
  readonly heldMsMax: number;
  readonly rssBytes: number;
  readonly rssBytesMax: number;
  /** How often SIGUSR2 was answered. */
  readonly cleanCount: number;
  /** What was kept when it was answered last: objects, and buffers outside the heap. */
  readonly keptBytes: number;
}

const TICK_MS = 5;
const REPORT_MS = 500;

let lastMs = performance.now();
let lastCpuMs = cpuMs();
let heldMsMax = 0;
let rssBytesMax = 0;
let cleanCount = 0;
let keptBytes = 0;
let isCleaning = false;

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

function report(): void {
  const file = process.env["LOOP_REPORT"];
  const { rss } = process.memoryUsage();
  rssBytesMax = Math.max(rssBytesMax, rss);
  const noted: LoopReport = { heldMsMax, rssBytes: rss, rssBytesMax, cleanCount, keptBytes };
  if (file === undefined) return;
  // Whoever reads it finds it whole.
  writeFileSync(`${file}.new`, JSON.stringify(noted));
  renameSync(`${file}.new`, file);
}

setInterval(() => {
  const nowMs = performance.now();
  const nowCpuMs = cpuMs();
  const heldMs = Math.min(nowMs - lastMs, nowCpuMs - lastCpuMs);
  // What cleaning takes is no request's.
  if (!isCleaning) heldMsMax = Math.max(heldMsMax, heldMs);
  lastMs = nowMs;
  lastCpuMs = nowCpuMs;
}, TICK_MS).unref();

setInterval(() => {
  report();
  // What the start took is no request's.
  if (process.env["LOOP_REPORT_RESET"] === undefined) {
    process.env["LOOP_REPORT_RESET"] = "done";
    heldMsMax = 0;
  }
}, REPORT_MS).unref();

process.on("SIGUSR2", () => {
  isCleaning = true;
  // The second time finds what finalizers of the first let go.
  globalThis.gc?.();
  setImmediate(() => {
    globalThis.gc?.();
    const { heapUsed, external } = process.memoryUsage();
    keptBytes = heapUsed + external;
    cleanCount += 1;
    isCleaning = false;
    lastMs = performance.now();
    lastCpuMs = cpuMs();
    report();
  });
});
