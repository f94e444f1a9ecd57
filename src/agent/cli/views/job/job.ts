import type { Message } from "../../../../messages/message.ts";
import { JOB_KINDS, type JobKind } from "../../../../protocol/job-kind.ts";
import { CONFLICT_CHOICES, JOB_TRIGGERS, type JobRecord } from "../../../../protocol/job-record.ts";
import { STATUSES } from "../../../../protocol/status.ts";
import type { Language, Words } from "../../../../terminal/language.ts";
import { instantOrNull, instantText } from "../../output/instant-text.ts";
import { lineKind, sharedSchema, type LineMembers } from "../../output/line-kind.ts";
import type { Output } from "../../output/output.ts";
import { pick } from "../../output/pick.ts";
import { causeMembers, causeSchema } from "../cause.ts";
import { comparisonSchema } from "../settings.ts";
import { jobStatusLabel } from "../status.ts";
import { detailMembers, detailSchema } from "../message.ts";
import { formatCount } from "../../../../terminal/format-bytes.ts";

const settingsSchema = sharedSchema((parts) => {
  const { z, identifier } = parts;
  return z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("backup"), ...comparisonSchema(parts) }),
    z.strictObject({
      kind: z.literal("restore"),
      entryKind: z.enum(["file", "folder"]),
      generation: identifier.nullable().describe("schema.generation-newest"),
      onConflict: z.enum([...CONFLICT_CHOICES, "ask"]),
    }),
  ]);
});

const jobSchema = sharedSchema((parts) => {
  const { z, identifier, instant, seconds, count, bytes } = parts;
  return {
    jobId: identifier,
    kind: z.enum(JOB_KINDS),
    trigger: z.enum(JOB_TRIGGERS).describe("schema.job-trigger"),
    sourceId: identifier.nullable().describe("schema.job-source-id"),
    sourcePath: z.string().describe("schema.job-from"),
    destination: z.string().describe("schema.job-to"),
    startedAt: instant,
    endedAt: instant.nullable().describe("schema.job-ended-at"),
    elapsedSeconds: seconds.nullable().describe("schema.job-elapsed"),
    status: z.enum(STATUSES),
    statusLabel: z.string().min(1).describe("schema.status-label"),
    causes: z.array(causeSchema(parts)).describe("schema.job-causes"),
    settings: settingsSchema(parts).nullable().describe("schema.job-settings"),
    targetCount: count.describe("schema.job-target-count"),
    targetFileCount: count.describe("schema.job-target-file-count"),
    targetBytes: bytes.describe("schema.job-target-bytes"),
    processedCount: count.describe("schema.job-processed-count"),
    transferredFileCount: count.describe("schema.job-transferred-file-count"),
    transferredBytes: bytes,
    excludedCount: count.describe("schema.job-excluded-count"),
    ...detailSchema(parts),
  };
});

/** A job of the history. */
export const JOB_LINE = lineKind("job", "schema.line-job", jobSchema);
/** A job that waits for the one before it. */
export const JOB_WAITING_LINE = lineKind("job-waiting", "schema.line-job-waiting", jobSchema);
/** A job that starts. */
export const JOB_STARTED_LINE = lineKind("job-started", "schema.line-job-started", jobSchema);
/** A job that ended. */
export const JOB_ENDED_LINE = lineKind("job-ended", "schema.line-job-ended", jobSchema);

/** A job's members in `job` and `job-...` lines. */
export function jobMembers(job: JobRecord, language: Language): LineMembers<typeof JOB_LINE> {
  return {
    jobId: job.id,
    ...pick(job, ["kind", "trigger", "sourceId", "sourcePath", "destination"]),
    startedAt: instantText(job.startedAtMs),
    endedAt: instantOrNull(job.endedAtMs),
    elapsedSeconds: elapsedSeconds(job),
    status: job.status,
    statusLabel: jobStatusLabel(job.status, language),
    causes: causeMembers(job.causes, aboutJob(job), language),
    ...pick(job, ["settings", "targetCount", "targetFileCount", "targetBytes", "processedCount"]),
    ...pick(job, ["transferredFileCount", "transferredBytes", "excludedCount"]),
    ...detailMembers(job.detail, language),
  };
}

/** Prints the line of a job that was written to the history just now: it waits, starts or ended. */
export function printJobNews(job: JobRecord, output: Output): void {
  const { status } = job;
  const notRunning = status === "waiting" ? JOB_WAITING_LINE : JOB_ENDED_LINE;
  const kind = status === "running" ? JOB_STARTED_LINE : notRunning;
  output.json(kind, jobMembers(job, output.language));
}

/** How long a job took, or runs by now; null for one that has no end or no beginning (D2). */
export function elapsedSeconds(job: JobRecord): number | null {
  const { status, startedAtMs, endedAtMs } = job;
  const untilMs = status === "running" ? Date.now() : endedAtMs;
  return untilMs === null ? null : Math.max(0, untilMs - startedAtMs) / 1000;
}

/**
 * What each kind of job is called, and what it calls its two places, its targets, what it did, what
 * it left as it was and what it could not do. `done` and `left` may stand within a sentence.
 */
export const JOB_WORDS: Readonly<
  Record<
    JobKind,
    Readonly<Record<"name" | "from" | "to" | "targets" | "done" | "left" | "troubled", Words>>
  >
> = {
  backup: {
    name: { ja: "バックアップ", en: "Backup" },
    from: { ja: "バックアップ元", en: "Source" },
    to: { ja: "バックアップ先", en: "Destination" },
    targets: { ja: "対象ファイル数", en: "Target files" },
    done: { ja: "転送", en: "transferred" },
    left: { ja: "対象外", en: "not targets" },
    troubled: { ja: "バックアップできなかったもの", en: "Not backed up" },
  },
  restore: {
    name: { ja: "復元", en: "Restore" },
    from: { ja: "復元元", en: "From" },
    to: { ja: "復元先", en: "To" },
    targets: { ja: "対象ファイル数", en: "Target files" },
    done: { ja: "復元", en: "restored" },
    left: { ja: "そのまま残したもの", en: "left as they were" },
    troubled: { ja: "復元できなかったもの", en: "Not restored" },
  },
  delete: {
    name: { ja: "差分比較削除", en: "Deletion" },
    from: { ja: "削除対象のバックアップ元フォルダ", en: "Deleted for source" },
    to: { ja: "削除先", en: "Deleted in" },
    targets: { ja: "削除対象ファイル数", en: "Target files" },
    done: { ja: "削除", en: "deleted" },
    left: { ja: "残したもの", en: "kept" },
    troubled: { ja: "削除できなかったもの", en: "Not deleted" },
  },
};

/** What the times and sizes of a job are called. */
export const JOB_COLUMN_WORDS = {
  start: { ja: "開始日時", en: "Start" },
  end: { ja: "終了日時", en: "End" },
  status: { ja: "ステータス", en: "Status" },
  size: { ja: "容量", en: "Size" },
} as const satisfies Record<string, Words>;

/** When it started; null while it waits, since it gets its start when its turn comes. */
export function startOf({ status, startedAtMs }: JobRecord): number | null {
  return status === "waiting" ? null : startedAtMs;
}

/** What its causes are told of. */
export function aboutJob({ id, detail }: JobRecord): { jobId: number; detail: Message | null } {
  return { jobId: id, detail };
}

/** Whether it has numbers, be they zero (D3): one that waits has none yet. */
export function hasNumbers({ status }: JobRecord): boolean {
  return status !== "waiting";
}

/** A number of files, as the guides write it: `160ファイル`. */
export function fileCountText(count: number, output: Output): string {
  const text = formatCount(count);
  return output.say({ ja: `${text}ファイル`, en: `${text} ${count === 1 ? "file" : "files"}` });
}
