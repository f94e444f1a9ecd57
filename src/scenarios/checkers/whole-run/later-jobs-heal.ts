import { CAUSES, type CauseId } from "../../../protocol/causes/causes.ts";
import { message } from "../../../messages/message.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { namedJob } from "../shared/named-job.ts";
import type { Violation } from "../shared/violation.ts";

/** What the remedy of a cause has to say in both languages. */
type Told = Readonly<Record<"ja" | "en", RegExp>>;

const CONFIRM: Told = { ja: /--confirm-deletions/, en: /--confirm-deletions/ };
const MAKE: Told = {
  ja: /フォルダを作り直す|名前を元に戻す/,
  en: /Make the folder again|its old name again/,
};
const ONCE_MORE: Told = { ja: /もう一度復元/, en: /restore again|repeat the restore/ };

/** What a person is told where the job itself, or a folder to restore to, is to be done again. */
const TOLD: Readonly<Partial<Record<CauseId, Told>>> = {
  "DEL-NR-3": CONFIRM,
  "R-IS-1": MAKE,
  "R-IS-2": MAKE,
  "R-UX-1": ONCE_MORE,
  "R-UX-2": ONCE_MORE,
  "R-UX-3": ONCE_MORE,
  "R-UX-6": ONCE_MORE,
};

/**
 * What a person is told to do about a deletion or a restore heals: the remedy names it, and where it was done the next
 * job of the kind is without that cause: a deletion that is confirmed, a restore into a folder that was made again, one
 * that is done once more. Does not verify causes about single files, nor jobs that something stops.
 */
export function laterJobsHeal({ deletions, restores }: RunRecord): Violation[] {
  const own = deletions.filter(({ device }) => device === "pc");
  return [
    ...own.flatMap((run, index) => {
      const next = own.slice(index + 1).find((other) => isOfSameSource(run, other));
      return judged(run, next, (cause) => cause === "DEL-NR-3" && next?.isConfirmed === true);
    }),
    ...restores.flatMap((run, index) => {
      const next = restores.slice(index + 1).find((other) => isSameRestore(run, other));
      return judged(run, next, (cause) =>
        cause.startsWith("R-IS") ? isMadeAgain(next) : TOLD[cause] !== undefined,
      );
    }),
  ];
}

/** What is wrong with the remedies of a job, or with the job behind it where `isDone` says that they were followed. */
function judged<Run extends Pick<DeleteRun, "job" | "stop">>(
  run: Run,
  next: Run | undefined,
  isDone: (cause: CauseId) => boolean,
): Violation[] {
  const told = run.job.causes.filter((cause) => TOLD[cause] !== undefined);
  const unfit = told.filter((cause) => {
    const { ja, en } = CAUSES[cause];
    const words = TOLD[cause];
    return words !== undefined && !(words.ja.test(ja.remedy) && words.en.test(en.remedy));
  });
  if (unfit.length > 0) {
    return [violation(run, message("checked-run.unfit-remedy", { causes: unfit.join() }))];
  }
  if (next === undefined || next.stop !== undefined) return [];
  const stays = told.some((cause) => isDone(cause) && next.job.causes.includes(cause));
  return stays ? [violation(next, message("checked-run.remedy-did-not-heal"))] : [];
}

function isOfSameSource(one: DeleteRun, other: DeleteRun): boolean {
  return one.sourcePath === other.sourcePath && one.job.sourceId === other.job.sourceId;
}

function isSameRestore({ job: one }: RestoreRun, { job: other }: RestoreRun): boolean {
  return one.destination === other.destination && one.sourcePath === other.sourcePath;
}

/** Whether the folder that a restore goes to stood there from its beginning to its end. */
function isMadeAgain(next: RestoreRun | undefined): boolean {
  return next?.targetBefore.get("")?.kind === "folder" && next.targetChanges.length === 0;
}

function violation({ job }: Pick<DeleteRun, "job">, what: ReturnType<typeof message>): Violation {
  return {
    invariant: "remedy",
    message: message("checked-job.says", { job: namedJob(job), what }),
  };
}
