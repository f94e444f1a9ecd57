import type { Progress } from "../../jobs/requests.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { RunReporter } from "./run-reporter.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { fileMembers, jobMembers } from "../output/job-line.ts";
import type { Output } from "../output/output.ts";
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
    const members = jobMembers(job, this.#output.language);
    if (job.status !== "running") {
      this.#output.json(job.status === "waiting" ? "job-waiting" : "job-ended", members);
      return;
    }
    this.#meter = new ProgressMeter(performance.now());
    this.#progressAtMs = 0;
    this.#output.json("job-started", members);
  }

  progress(progress: Progress): void {
    const nowMs = performance.now();
    if (this.#progressAtMs > 0 && nowMs - this.#progressAtMs < PROGRESS_INTERVAL_MS) return;
    this.#progressAtMs = nowMs;
    const { ratio, bytesPerSecond, secondsLeft, elapsedSeconds } = this.#meter.read(
      progress,
      nowMs,
    );
    const { jobId, sourcePath, filesDone, filesTotal, bytesDone, bytesTotal } = progress;
    this.#output.json("progress", {
      jobId,
      sourcePath,
      elapsedSeconds: roundedSeconds(elapsedSeconds),
      secondsLeft: secondsLeft === null ? null : roundedSeconds(secondsLeft),
      filesDone,
      filesTotal,
      bytesDone,
      bytesTotal,
      bytesPerSecond,
      ratio: ratio === null ? null : Math.floor(ratio * 10_000) / 10_000,
      currentPath: progress.currentPath,
    });
  }

  file(row: JobFileRecord): void {
    if (row.status === "no-difference" && !this.#verbose) return;
    this.#output.json("file", fileMembers(row, this.#output.language));
  }

  notice(): void {
    // Programs learn what happened from the lines.
  }

  summary(jobs: readonly JobRecord[], exitCode: ExitCode): void {
    const deletions = jobs.filter(({ kind }) => kind === "delete");
    const transfers = jobs.filter(({ kind }) => kind !== "delete");
    const completedJobCount = jobs.filter(({ status }) => status === "completed").length;
    this.#output.json("summary", {
      completed: exitCode === EXIT_CODES.completed,
      exitCode,
      jobCount: jobs.length,
      completedJobCount,
      incompleteJobCount: jobs.length - completedJobCount,
      transferredFileCount: sumOf(transfers, (job) => job.transferredFileCount),
      transferredBytes: sumOf(transfers, (job) => job.transferredBytes),
      deletedFileCount: sumOf(deletions, (job) => job.transferredFileCount),
      deletedBytes: sumOf(deletions, (job) => job.transferredBytes),
      elapsedSeconds: roundedSeconds((performance.now() - this.#startedAtMs) / 1000),
    });
  }

  pause(): () => void {
    return () => undefined;
  }

  stop(): void {
    // Nothing is left on a screen.
  }
}

function sumOf(jobs: readonly JobRecord[], valueOf: (job: JobRecord) => number): number {
  return jobs.reduce((sum, job) => sum + valueOf(job), 0);
}

function roundedSeconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
