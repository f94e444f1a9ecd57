import type { Progress } from "../../jobs/requests.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { RunReporter } from "./run-reporter.ts";
import type { ExitCode } from "../output/exit-code.ts";
import type { Output } from "../output/output.ts";
import { FILE_LINE, fileMembers } from "../views/file.ts";
import { printJobNews } from "../views/job/job.ts";
import { PROGRESS_LINE, progressMembers } from "../views/progress.ts";
import { SUMMARY_LINE, summaryMembers } from "../views/summary.ts";
import type { WaitNews } from "../../ports/wait.ts";
import { reportWaiting } from "../views/waiting.ts";
import { ProgressMeter } from "./progress-meter.ts";

const PROGRESS_INTERVAL_MS = 1_000;

/**
 * Jobs as JSON lines: per job `job-waiting` when it has to, `job-started`, `progress` at most once a second, `file` for every
 * row that is not without difference (with `verbose` for every row), `job-ended`; `summary` last.
 */
export class JsonRunReporter implements RunReporter {
  readonly #output: Output;
  readonly #verbose: boolean;
  readonly #startedAtMs = performance.now();
  #meter = new ProgressMeter(0);
  #progressAtMs = 0;

  constructor(output: Output, options: { readonly verbose: boolean }) {
    this.#output = output;
    this.#verbose = options.verbose;
  }

  job(job: JobRecord): void {
    printJobNews(job, this.#output);
    if (job.status !== "running") return;
    this.#meter = new ProgressMeter(performance.now());
    this.#progressAtMs = 0;
  }

  progress(progress: Progress): void {
    const nowMs = performance.now();
    if (this.#progressAtMs > 0 && nowMs - this.#progressAtMs < PROGRESS_INTERVAL_MS) return;
    this.#progressAtMs = nowMs;
    this.#output.json(PROGRESS_LINE, progressMembers(this.#meter.read(progress, nowMs)));
  }

  file(row: JobFileRecord): void {
    if (row.status === "no-difference" && !this.#verbose) return;
    this.#output.json(FILE_LINE, fileMembers(row, this.#output.language));
  }

  waiting(news: WaitNews): void {
    reportWaiting(news, this.#output);
  }

  notice(): void {
    // Programs learn what happened from the lines.
  }

  summary(jobs: readonly JobRecord[], exitCode: ExitCode): void {
    const elapsedSeconds = (performance.now() - this.#startedAtMs) / 1000;
    this.#output.json(SUMMARY_LINE, summaryMembers(jobs, exitCode, elapsedSeconds));
  }

  pause(): () => void {
    return () => undefined;
  }

  stop(): void {
    // Nothing is left on a screen.
  }
}
