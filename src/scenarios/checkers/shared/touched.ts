import type { BackupRun } from "../../observation/backup-run.ts";

type Touchable = Pick<BackupRun, "acts" | "startedSeq">;

/** Whether people ever had a hand in what is at a path of the destination, up to the end of the run. */
export function isTouched({ acts }: Touchable, path: string): boolean {
  return acts.some((act) => act.path === path || path.startsWith(`${act.path}/`));
}

/** Whether people had a hand in it while the run lasted. */
export function isTouchedDuring({ acts, startedSeq }: Touchable, path: string): boolean {
  return isTouched({ acts: acts.filter(({ seq }) => seq > startedSeq), startedSeq }, path);
}
