import { CAUSES } from "../../../protocol/causes/causes.ts";
import type { Status } from "../../../protocol/status.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";
import { isQuiet } from "./is-quiet.ts";
import {
  folderLineBytes,
  isAppend,
  isSmallUpload,
  partLineBytes,
  sum,
  UPLOAD_KEPT_MS,
} from "./upload-bytes.ts";

/**
 * The invariant `resume`: after a stop, the next run sends nothing that the service has committed or
 * acknowledged. Verifies the bytes of a run behind a stopped one, where nothing but the stop came between.
 * Does not verify runs with faults, changes on the disk or others at work, nor what a lost power may have
 * taken.
 */
export function nothingSentTwice({ backups, scenario }: RunRecord): Violation[] {
  const wholeFileBytesMax = scenario.tuning?.wholeFileBytesMax ?? 4 * 2 ** 20;
  const last = new Map<string, BackupRun>();
  // What a lost power takes with it cannot be known until a run came to its own end.
  const forgetful = new Set<string>();
  // Folders of runs that did not come to tell what those are like: whichever does next tells it.
  const untold = new Map<string, readonly DiskFact[]>();
  return backups.flatMap((run) => {
    const place = `${run.device} ${run.destination}`;
    const before = last.get(place);
    last.set(place, run);
    const earlierFolders = untold.get(place) ?? [];
    untold.set(place, toldItsFolders(run) ? [] : [...earlierFolders, ...run.diskBefore.values()]);
    // What another folder lacks is known to be there only once a run came to its end in it (D18).
    // What the index has not any more, or folders were told to be like, is told once more behind a repair.
    const isRepaired = before !== undefined && before.repairs.length !== run.repairs.length;
    if (
      isRepaired ||
      (before !== undefined && before.destinationChangeCount !== run.destinationChangeCount)
    ) {
      forgetful.add(place);
    }
    const mayHaveForgotten = forgetful.has(place);
    if (run.stop === undefined) forgetful.delete(place);
    else if (run.stop.kind === "power-loss") forgetful.add(place);
    if (before === undefined || mayHaveForgotten || !isComparable(before, run)) return [];
    return violationsBetween(before, run, { wholeFileBytesMax, earlierFolders });
  });
}

/** Whether a run came to its end in peace, with nothing that keeps it from telling what its folders are like. */
function toldItsFolders(run: BackupRun): boolean {
  const isOwnEnd = run.job.causes.every((id) => id === MIXED || ENDS.has(CAUSES[id].status));
  return run.stop === undefined && isQuiet(run) && isOwnEnd;
}

const MIXED = "B-UX-9";

/** What a run may end with that was about single targets. */
const ENDS: ReadonlySet<Status> = new Set([
  "completed",
  "access-denied",
  "forbidden-characters",
  "insufficient-capacity",
]);

/** Whether nothing but the stop came between two runs, so that what has to be sent is known. */
function isComparable(before: BackupRun, run: BackupRun): boolean {
  // Another folder has nothing, and of an older service nothing is known (D18).
  const isSameFolder = before.destinationChangeCount === run.destinationChangeCount;
  return (
    isSameFolder &&
    before.stop !== undefined &&
    isQuiet(before) &&
    isQuiet(run) &&
    run.stop === undefined
  );
}

function violationsBetween(
  before: BackupRun,
  run: BackupRun,
  {
    wholeFileBytesMax,
    earlierFolders,
  }: { readonly wholeFileBytesMax: number; readonly earlierFolders: readonly DiskFact[] },
): Violation[] {
  const needed = neededFiles(before, run);
  const violations: Violation[] = [];
  const say = (what: Message): void => {
    const said = message("checked-job.says", { job: namedJob(run.job), what });
    violations.push({ invariant: "resume", message: said });
  };
  const small = needed.filter(({ sizeBytes }) => sizeBytes <= wholeFileBytesMax);
  const smallBytes = sum(small.map((file) => file.sizeBytes + partLineBytes(run, file.path)));
  // What stopped runs did not come to tell of their folders is told now, wherever they are by now.
  const folders = new Map(
    [...earlierFolders, ...run.diskBefore.values()].map((fact) => [fact.path, fact]),
  );
  const folderBytes = sum([...folders.values()].map((fact) => folderLineBytes(run, fact)));
  const modeBytes = sum(
    [...run.diskBefore.values()].map((fact) => modeLineBytes(before, run, fact)),
  );
  const sentSmall = sum(run.requests.filter(isSmallUpload).map(({ bodyBytes }) => bodyBytes));
  if (sentSmall > smallBytes + folderBytes + modeBytes) {
    say(message("checked-run.sent-small", { sent: sentSmall, needed: smallBytes }));
  }
  const large = needed.filter(({ sizeBytes }) => sizeBytes > wholeFileBytesMax);
  const largeBytes = sum(large.map(({ sizeBytes }) => sizeBytes));
  const isKept = run.endedMs - before.startedMs < UPLOAD_KEPT_MS;
  const heldBytes = isKept && isTreeTheSame(before, run) ? unfinishedBytes(before) : 0;
  const sentLarge = sum(run.requests.filter(isAppend).map(({ bodyBytes }) => bodyBytes));
  if (sentLarge > largeBytes - Math.min(heldBytes, largeBytes)) {
    const said = { sent: sentLarge, total: largeBytes, held: heldBytes };
    say(message("checked-run.sent-large", said));
  }
  return violations;
}

/** Files that the service did not have as they are, with this very modification time. */
function neededFiles(before: BackupRun, run: BackupRun): { path: string; sizeBytes: number }[] {
  return [...run.diskBefore.values()].flatMap((fact) => {
    if (fact.kind !== "file") return [];
    const path = fact.path.slice(run.sourcePath.length + 1);
    const stored = run.serviceBefore.files.get(path)?.generations[0]?.sha256;
    const earlier = before.diskBefore.get(fact.path);
    // A file that was only touched is sent again for its time; it was not when it still has its first.
    const wasSentAsIs =
      fact.timeStamp === 0 ||
      before.serviceBefore.files.get(path)?.generations[0]?.sha256 !== fact.sha256;
    const isThere = stored === fact.sha256 && earlier?.timeStamp === fact.timeStamp && wasSentAsIs;
    return isThere ? [] : [{ path, sizeBytes: fact.sizeBytes }];
  });
}

function isTreeTheSame(before: BackupRun, run: BackupRun): boolean {
  if (before.diskBefore.size !== run.diskBefore.size) return false;
  return [...run.diskBefore.values()].every((fact) => {
    const earlier = before.diskBefore.get(fact.path);
    // An upload goes on only if its file was not changed in any way, its mode either.
    const isSameContent = earlier?.sha256 === fact.sha256 && earlier.timeStamp === fact.timeStamp;
    return isSameContent && earlier.mode === fact.mode;
  });
}

/** Bytes that the service acknowledged for uploads that were still open when the run ended. */
function unfinishedBytes(run: BackupRun): number {
  const appends = Map.groupBy(run.requests.filter(isAppend), ({ path }) => path);
  return sum(
    [...appends].map(([path, requests]) => {
      const isOver =
        requests.some(({ status }) => status !== APPENDED && status !== 0) ||
        run.requests.some((request) => request.method === "DELETE" && request.path === path);
      if (isOver) return 0;
      return sum(
        requests.filter(({ status }) => status === APPENDED).map(({ bodyBytes }) => bodyBytes),
      );
    }),
  );
}

/** How the service answers an append after which the upload is still open. */
const APPENDED = 204;

/** A file that got another mode is told of without its bytes. */
function modeLineBytes(before: BackupRun, run: BackupRun, { path, mode, kind }: DiskFact): number {
  if (kind !== "file" || before.diskBefore.get(path)?.mode === mode) return 0;
  return partLineBytes(run, path.slice(run.sourcePath.length + 1)) + "-attributes".length;
}
