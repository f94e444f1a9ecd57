import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { GenerationFact } from "../../observation/service-facts.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { isDestinationTouched, isTouchedDuring } from "../shared/touched.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I6: a backup adds generations ahead of those that were there and numbers them on; the oldest falls, and
 * only once there are more than the plan keeps; what stays keeps its bytes and its time. Verifies each file
 * that was there before a backup and is after it. Does not verify files that somebody touched in the explorer
 * meanwhile, nor what a delete job or an explorer does to generations.
 */
export function generationsFallInOrder({ backups }: RunRecord): Violation[] {
  return backups.flatMap((run) => {
    const { serviceBefore: before, serviceAfter: after } = run;
    if (isDestinationTouched(run) || before.generationCountMax !== after.generationCountMax)
      return [];
    return [...before.files].flatMap(([path, { generations: had }]) => {
      const now = after.files.get(path)?.generations;
      if (now === undefined || isTouchedDuring(run, path)) return [];
      return isContinued(had, now, after.generationCountMax) ? [] : [violationOf(run, path)];
    });
  });
}

/** Whether `now` is `had` with newer ones ahead and no more fallen than had to. Both newest first. */
function isContinued(
  had: readonly GenerationFact[],
  now: readonly GenerationFact[],
  countMax: number,
): boolean {
  const newestNumber = had[0]?.generation ?? 0;
  const added = now.filter(({ generation }) => generation > newestNumber);
  const kept = now.slice(added.length);
  const isNumberedOn = added.every(
    ({ generation }, index) => generation === (now[0]?.generation ?? 0) - index,
  );
  const areKept = kept.every((generation, index) => isSame(generation, had[index]));
  const hasRoom = now.length === Math.min(countMax, had.length + added.length);
  const followsOn =
    kept.length === 0 || added.length === 0 || added.at(-1)?.generation === newestNumber + 1;
  return isNumberedOn && areKept && hasRoom && followsOn;
}

/** Permission bits apart, which are told of the newest without sending it anew. */
function isSame(one: GenerationFact, other: GenerationFact | undefined): boolean {
  return (
    one.generation === other?.generation &&
    one.sha256 === other.sha256 &&
    one.sizeBytes === other.sizeBytes &&
    one.modifiedAtNs === other.modifiedAtNs
  );
}

function violationOf(run: BackupRun, path: string): Violation {
  const said = { job: namedJob(run.job), path: JSON.stringify(path) };
  return { invariant: "I6", message: message("checked-run.generation-fall", said) };
}
