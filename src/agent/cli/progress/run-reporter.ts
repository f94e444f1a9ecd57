import type { Progress } from "../../jobs/requests.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { WaitNews } from "../../ports/wait.ts";
import type { ExitCode } from "../output/exit-code.ts";
import type { Words } from "../../../terminal/language.ts";

/** Tells, while jobs run, what happens. One for people, one for programs. */
export interface RunReporter {
  /** A job was written to the history: it waits, starts, or it ended. */
  job(job: JobRecord): void;
  progress(progress: Progress): void;
  file(row: JobFileRecord): void;
  /** The service is waited for, or not any more. */
  waiting(news: WaitNews): void;
  /** Something that a person should know right now, such as what a signal does. */
  notice(words: Words): void;
  /** Everything is over. */
  summary(jobs: readonly JobRecord[], exitCode: ExitCode): void;
  /** Shows no progress until the returned function is called: a person is being asked something. */
  pause(): () => void;
  /** Leaves the screen in order, whatever happened. */
  stop(): void;
}
