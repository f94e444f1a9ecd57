import { CAUSES, type BackupCauseId } from "../../../protocol/causes/causes.ts";
import { message } from "../../../messages/message.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Step } from "../../scenario/step.ts";
import { forbiddenCauseOf } from "../shared/forbidden-cause-of.ts";
import { namedJob } from "../shared/named-job.ts";
import type { Violation } from "../shared/violation.ts";

/** What heals a cause, as the world has it, and what has to be told of it. */
interface Remedy {
  readonly heals: (step: Step) => boolean;
  /** Whether what stands on the disk still has the trouble: then not all was done. Default: nothing has. */
  readonly isLeft?: (fact: DiskFact) => boolean;
  /** Whether the act reached what it is about, by the next backup. Default: it did. */
  readonly isReached?: (next: BackupRun) => boolean;
  readonly ja: RegExp;
  readonly en: RegExp;
}

const PERMISSION: Remedy = {
  heals: ({ do: act }) => act === "allow",
  isLeft: ({ denied }) => denied,
  ja: /権限を付け/,
  en: /give .*permission/,
};

const ROOM: Remedy = {
  heals: ({ do: act }) => act === "set-quota" || act === "delete-file",
  ja: /空き容量を用意|不要なファイルを消すか、容量の大きいプラン/,
  en: /make more space|delete files .* larger plan/i,
};

const RENAMED: Remedy = {
  heals: (step) =>
    step.do === "rename" &&
    forbiddenCauseOf(step.to.slice(step.to.lastIndexOf("/") + 1), "file") === undefined,
  // It may have been another file that got another name.
  isLeft: (fact) =>
    (fact.kind === "file" || fact.kind === "folder") &&
    forbiddenCauseOf(nameOnDisk(fact), fact.kind) !== undefined,
  ja: /名前から/,
  en: /Rename it/,
};

/** The last name of what stands on the disk, as its bytes say. */
function nameOnDisk({ path, nameBase64 }: DiskFact): string {
  if (nameBase64 !== undefined) return Buffer.from(nameBase64, "base64").toString();
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The causes that an act of a person heals which scenarios know. */
const REMEDIES: Readonly<Partial<Record<string, Remedy>>> = {
  "B-AD-1": PERMISSION,
  "B-AD-2": PERMISSION,
  "B-AD-3": PERMISSION,
  "B-UX-2": {
    heals: ({ do: act }) => act === "unlock",
    isLeft: ({ locked }) => locked,
    ja: /開いているアプリを閉じ/,
    en: /close the application/,
  },
  "B-FC-1": RENAMED,
  "B-FC-2": RENAMED,
  "B-FC-3": RENAMED,
  "B-FC-4": RENAMED,
  "B-FC-5": RENAMED,
  "B-FC-6": RENAMED,
  "B-FC-7": RENAMED,
  "B-FC-8": RENAMED,
  "B-FC-9": RENAMED,
  "B-IC-1": ROOM,
  "B-IC-2": ROOM,
  "B-IC-3": ROOM,
  "B-IS-1": {
    heals: ({ do: act }) => act === "make-folder" || act === "rename",
    isReached: ({ sourceLost }) => sourceLost === undefined,
    ja: /元の場所に戻して/,
    en: /put it back in its place/,
  },
  "B-IS-2": {
    heals: ({ do: act }) => act === "make-folder" || act === "rename",
    isReached: ({ sourceLost }) => sourceLost === undefined,
    ja: /名前を元に戻して/,
    en: /its old name again/,
  },
  "B-IS-3": {
    heals: ({ do: act }) => act === "make-destination",
    isReached: ({ serviceBefore }) => serviceBefore.destinationExists,
    ja: /もう一度バックアップ/,
    en: /Set the destination folder again/,
  },
  "B-IS-4": {
    heals: ({ do: act }) => act === "make-destination",
    isReached: ({ serviceBefore }) => serviceBefore.destinationExists,
    ja: /もう一度バックアップ/,
    en: /enter the new name as the destination folder/,
  },
  "B-CE-8": {
    heals: (step) => step.do === "set-network" && step.inspection?.isTrusted !== false,
    ja: /ルート証明書/,
    en: /root certificate/,
  },
  "B-INT-2": {
    heals: ({ do: act }) => act === "login",
    ja: /もう一度ログイン/,
    en: /Log in again/,
  },
};

/**
 * What a person is told to do heals: the remedy of each cause in the table names what heals it, and where
 * that was done between two backups of a source, and nothing else but what heals, the second is complete.
 * Does not verify causes that nothing in a scenario heals, nor backups that meet faults of their own.
 */
export function remediesHeal({ scenario, backups }: RunRecord): Violation[] {
  const own = backups.filter(({ device }) => device === "pc");
  return own.flatMap((run, index): Violation[] => {
    const remedies = run.job.causes.flatMap((cause) => REMEDIES[cause] ?? []);
    const unfit = run.job.causes.filter((cause) => !isTold(cause as BackupCauseId));
    if (unfit.length > 0)
      return [violation(run, message("checked-run.unfit-remedy", { causes: unfit.join() }))];
    const next = own.slice(index + 1).find(({ sourcePath }) => sourcePath === run.sourcePath);
    if (next === undefined || remedies.length < run.job.causes.length) return [];
    const steps = scenario.timeline.slice(run.step + 1, next.step);
    const failed = run.rows.filter(({ causes }) => causes.some((cause) => cause in REMEDIES));
    const isDone =
      remedies.length > 0 &&
      // One act heals no more than one file.
      failed.length <= steps.length &&
      remedies.every(({ heals }) => steps.some(heals)) &&
      remedies.every(({ isReached }) => isReached === undefined || isReached(next)) &&
      remedies.every(({ isLeft }) => isLeft === undefined || !hasAny(next, isLeft)) &&
      steps.every((step) => remedies.some(({ heals }) => heals(step)));
    if (!isDone || !isCalm(scenario.timeline[next.step]) || next.job.status === "completed")
      return [];
    return [violation(next, message("checked-run.remedy-did-not-heal"))];
  });
}

function hasAny({ diskBefore }: BackupRun, isLeft: (fact: DiskFact) => boolean): boolean {
  return [...diskBefore.values()].some(isLeft);
}

function isTold(cause: BackupCauseId): boolean {
  const remedy = REMEDIES[cause];
  if (remedy === undefined) return true;
  return remedy.ja.test(CAUSES[cause].ja.remedy) && remedy.en.test(CAUSES[cause].en.remedy);
}

function isCalm(step: Step | undefined): boolean {
  return step?.do === "backup" && step.faults === undefined && step.disturbances === undefined;
}

function violation({ job }: BackupRun, what: ReturnType<typeof message>): Violation {
  return {
    invariant: "remedy",
    message: message("checked-job.says", { job: namedJob(job), what }),
  };
}
