/** Somebody deleted, renamed, made or put back a destination folder, or one above it, while a job worked. */
export interface DestinationTouch {
  /** Its place among the changes and disk calls of the scenario. */
  readonly seq: number;
  /** Whether the service had told a device by then that the folder is there, in this very job. */
  readonly isAfterLook: boolean;
  /** Whether a device was about to be told so by then, in this very job: what it was told may have been true before. */
  readonly isDuringLook: boolean;
  /** Whether something was sent to the service after it. */
  readonly isBeforeSending: boolean;
  /** When the first thing that was sent behind it had been answered; undefined where nothing was. */
  readonly heardMs: number | undefined;
  /** Whether it was the whole service that was put back, or became that of another contract. */
  readonly isWholeService: boolean;
}
