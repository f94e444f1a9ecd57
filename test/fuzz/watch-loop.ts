import { writeFileSync } from "node:fs";

/*
 * Loaded into a process ahead of its program: notes for how long its loop was held at most, and how much
 * memory it takes, in the file that LOOP_REPORT names. Counted is processor time of the thread, since a
 * busy machine makes any process wait.
 */

const TICK_MS = 5;
const REPORT_MS = 500;

let lastMs = performance.now();
let lastCpuMs = cpuMs();
let heldMsMax = 0;
let rssBytesMax = 0;

function cpuMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

setInterval(() => {
  const nowMs = performance.now();
  const nowCpuMs = cpuMs();
  const heldMs = Math.min(nowMs - lastMs, nowCpuMs - lastCpuMs);
  heldMsMax = Math.max(heldMsMax, heldMs);
  lastMs = nowMs;
  lastCpuMs = nowCpuMs;
}, TICK_MS).unref();

setInterval(() => {
  const { rss } = process.memoryUsage();
  rssBytesMax = Math.max(rssBytesMax, rss);
  const report = { heldMsMax, rssBytes: rss, rssBytesMax };
  writeFileSync(process.env["LOOP_REPORT"] ?? "/dev/null", JSON.stringify(report));
  // What the start took is no request's.
  if (process.env["LOOP_REPORT_RESET"] === undefined) {
    process.env["LOOP_REPORT_RESET"] = "done";
    heldMsMax = 0;
  }
}, REPORT_MS).unref();
