import type { ProgressReading } from "../views/progress.ts";

/** Shows people how far the running job is. */
export interface ProgressView {
  /** Shows a moment; may be called more often than it draws. */
  show(reading: ProgressReading): void;
  /** Takes what is shown off the screen: the job ended, or something else is to be printed. */
  clear(): void;
}
