import type { JobKind } from "../../../protocol/job-kind.ts";
import type { JobRecord, JobTrigger } from "../../../protocol/job-record.ts";
import { elapsedSeconds } from "../output/job-line.ts";
import type { Output } from "../output/output.ts";
import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import { formatDuration, formatTime } from "../../../terminal/format-time.ts";
import type { Words } from "../../../terminal/language.ts";
import { printable } from "../../../protocol/printable.ts";
import { renderCauses } from "./render-causes.ts";
import { renderPairs, type Pair } from "../../../terminal/render-pairs.ts";
import { jobSettingsPairs } from "./render-settings.ts";
import { jobStatusLabel, toneOf } from "./status-words.ts";

const TRIGGERS: Readonly<Record<JobTrigger, Words>> = {
  manual: { ja: "手動", en: "by hand" },
  schedule: { ja: "スケジュール", en: "schedule" },
  rerun: { ja: "再実行", en: "rerun" },
};

const KINDS: Readonly<Record<JobKind, Words>> = {
  backup: { ja: "バックアップ", en: "Backup" },
  restore: { ja: "復元", en: "Restore" },
  delete: { ja: "差分比較削除", en: "Deletion" },
};

/** What each kind calls where it is from, where it goes and what it did. */
const WORDS: Readonly<
  Record<JobKind, Readonly<Record<"from" | "to" | "done" | "excluded", Words>>>
> = {
  backup: {
    from: { ja: "バックアップ元", en: "Source" },
    to: { ja: "バックアップ先", en: "Destination" },
    done: { ja: "転送", en: "Transferred" },
    excluded: { ja: "対象外", en: "Not targets" },
  },
  restore: {
    from: { ja: "復元元", en: "From" },
    to: { ja: "復元先", en: "To" },
    done: { ja: "復元", en: "Restored" },
    excluded: { ja: "そのまま残したもの", en: "Left as they were" },
  },
  delete: {
    from: { ja: "削除対象のバックアップ元フォルダ", en: "Deleted for source" },
    to: { ja: "削除先", en: "Deleted in" },
    done: { ja: "削除", en: "Deleted" },
    excluded: { ja: "残したもの", en: "Kept" },
  },
};

/** The head of a job's details (F31): what, when, how far, how it ended, why and what to do. */
export function renderJob(job: JobRecord, output: Output): string {
  const { language, paint } = output;
  const detail = job.detail === null ? [] : [printable(job.detail)];
  const causes = job.causes.length === 0 ? [] : [renderCauses(job.causes, language, paint, "")];
  return [renderPairs(head(job, output)), ...detail, ...causes].join("\n\n");
}

/** Where a job was from and where it went, in the words of its kind. */
export function placePairs(job: JobRecord, output: Output): readonly Pair[] {
  const { from, to } = WORDS[job.kind];
  return [
    [output.say(from), printable(job.sourcePath)],
    [output.say(to), printable(job.destination)],
  ];
}

function head(job: JobRecord, output: Output): readonly Pair[] {
  const { language, paint } = output;
  const { status, startedAtMs, endedAtMs } = job;
  const say = (words: Words): string => output.say(words);
  const begun = status !== "waiting" && status !== "not-run";
  return [
    ["ID", `${job.id} (${say(KINDS[job.kind])})`],
    [
      say({ ja: "ステータス", en: "Status" }),
      paint(toneOf(status), jobStatusLabel(status, language)),
    ],
    [
      say({ ja: "開始日時", en: "Start" }),
      formatTime(status === "waiting" ? null : startedAtMs, language),
    ],
    [say({ ja: "終了日時", en: "End" }), formatTime(endedAtMs, language)],
    [say({ ja: "所要時間", en: "Elapsed" }), elapsed(job)],
    ...placePairs(job, output),
    [say({ ja: "きっかけ", en: "Started" }), say(TRIGGERS[job.trigger])],
    ...jobSettingsPairs(job, output),
    ...(begun ? progressPairs(job, output) : []),
  ];
}

function progressPairs(job: JobRecord, output: Output): readonly Pair[] {
  const { done, excluded } = WORDS[job.kind];
  const say = (words: Words): string => output.say(words);
  return [
    job.kind === "delete"
      ? [say({ ja: "削除対象ファイル数", en: "Target files" }), formatCount(job.targetFileCount)]
      : [say({ ja: "対象ファイル数", en: "Target files" }), formatCount(job.targetFileCount)],
    [say({ ja: "容量", en: "Size" }), formatBytes(job.targetBytes)],
    [say({ ja: "処理済み", en: "Done" }), processed(job, output)],
    [say(done), `${formatCount(job.transferredFileCount)} (${formatBytes(job.transferredBytes)})`],
    [say(excluded), formatCount(job.excludedCount)],
  ];
}

function elapsed(job: JobRecord): string {
  const seconds = job.status === "not-run" ? null : elapsedSeconds(job);
  return seconds === null ? "-" : formatDuration(seconds);
}

function processed(job: JobRecord, output: Output): string {
  const { processedCount, targetCount, status } = job;
  const share = targetCount === 0 ? 100 : Math.floor((processedCount / targetCount) * 100);
  const count = `${formatCount(processedCount)} / ${formatCount(targetCount)}`;
  if (status !== "running") return `${count} (${share} %)`;
  // It has not seen a target yet: nothing can be said.
  const percent = targetCount === 0 ? "-" : String(share);
  return output.say({
    ja: `${count} (${percent} %、いままでに見つかった対象のうち)`,
    en: `${count} (${percent} % of the targets found so far)`,
  });
}
