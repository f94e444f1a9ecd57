import type { BackupRun } from "../../observation/backup-run.ts";
import type { ObservationWindow } from "../../observation/observation-window.ts";

type Touchable = Pick<BackupRun, "acts" | "startedSeq" | "destinationSinceSeq">;

/**
 * Whether people ever had a hand in what is at a path of the destination, up to the end of the run: in this
 * very folder, not in one that stood there before it.
 */
export function isTouched({ acts, destinationSinceSeq }: Touchable, path: string): boolean {
  return acts.some(
    (act) =>
      act.seq > destinationSinceSeq && (act.path === path || path.startsWith(`${act.path}/`)),
  );
}

/** Whether people had a hand in it while the run lasted. */
export function isTouchedDuring(run: Touchable, path: string): boolean {
  return isTouched({ ...run, acts: run.acts.filter(({ seq }) => seq > run.startedSeq) }, path);
}

/** Whether somebody did something to the destination folder as a whole while the job worked. */
export function isDestinationTouched(
  window: Pick<ObservationWindow, "destinationTouches">,
): boolean {
  return window.destinationTouches.length > 0;
}
