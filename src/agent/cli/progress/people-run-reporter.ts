import type { Progress } from "../../jobs/requests.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { RunReporter } from "./run-reporter.ts";
import type { ExitCode } from "../output/exit-code.ts";
import type { Words } from "../../../terminal/language.ts";
import type { Output } from "../output/output.ts";
import type { WaitNews } from "../../ports/wait.ts";
import { waitingWords } from "../views/waiting.ts";
import { ProgressMeter } from "./progress-meter.ts";
import type { ProgressView } from "./progress-view.ts";
import { renderEndedJob } from "../views/job/ended-job.ts";
import { TroubledFiles } from "../views/job/troubled-files.ts";
import { renderSummary } from "../views/summary.ts";

interface PeopleRunReporterOptions {
  readonly output: Output;
  readonly view: ProgressView;
  /** A command line that shows a job's details. */
  readonly detailsCommand: (jobId: number) => string;
  /** A command line that runs a job again. */
  readonly rerunCommand: (jobId: number) => string;
}

const DRAW_INTERVAL_MS = 100;
/** How often the view follows the time while nothing else moves. */
const TICK_INTERVAL_MS = 1_000;

/** Jobs for people: progress while a job runs, then its status with causes and remedies. */
export class PeopleRunReporter implements RunReporter {
  readonly #options: PeopleRunReporterOptions;
  #meter = new ProgressMeter(0);
  #drawnAtMs = 0;
  #isPaused = false;
  /** What did not end well, by the job whose rows said so. */
  readonly #troubled = new Map<number, TroubledFiles>();
  #latest: Progress | undefined;
  #ticking: NodeJS.Timeout | undefined;
  /** Causes that were told already: a person reads them once. */
  readonly #told = new Set<string>();

  constructor(options: PeopleRunReporterOptions) {
    this.#options = options;
  }

  job(job: JobRecord): void {
    const { output, detailsCommand, rerunCommand } = this.#options;
    if (job.status === "running") {
      this.#meter = new ProgressMeter(performance.now());
      this.#drawnAtMs = 0;
      this.#ticking ??= setInterval(() => this.#tick(), TICK_INTERVAL_MS);
      return;
    }
    // It has its turn yet, or none at all.
    if (job.status === "waiting") return;
    this.stop();
    const causes = job.causes.join();
    const details = {
      troubled: this.#troubled.get(job.id) ?? new TroubledFiles(),
      detailsCommand: detailsCommand(job.id),
      rerunCommand: rerunCommand(job.id),
      areCausesTold: this.#told.has(causes),
    };
    this.#told.add(causes);
    this.#troubled.delete(job.id);
    output.text(() => renderEndedJob(job, details, output));
  }

  progress(progress: Progress): void {
    const nowMs = performance.now();
    this.#latest = progress;
    if (this.#isPaused || nowMs - this.#drawnAtMs < DRAW_INTERVAL_MS) return;
    this.#drawnAtMs = nowMs;
    this.#options.view.show(this.#meter.read(progress, nowMs));
  }

  file(row: JobFileRecord): void {
    const troubled = this.#troubled.get(row.jobId) ?? new TroubledFiles();
    this.#troubled.set(row.jobId, troubled);
    troubled.add(row);
  }

  waiting(news: WaitNews): void {
    this.notice(waitingWords(news));
  }

  notice(words: Words): void {
    this.#options.view.clear();
    this.#options.output.note(words);
  }

  summary(jobs: readonly JobRecord[], _exitCode: ExitCode): void {
    if (jobs.length < 2) return;
    const { output } = this.#options;
    output.text(() => renderSummary(jobs, output));
  }

  pause(): () => void {
    this.#isPaused = true;
    this.#options.view.clear();
    return () => {
      this.#isPaused = false;
    };
  }

  stop(): void {
    clearInterval(this.#ticking);
    this.#ticking = undefined;
    this.#latest = undefined;
    this.#options.view.clear();
  }

  #tick(): void {
    if (this.#latest !== undefined) this.progress(this.#latest);
  }
}
