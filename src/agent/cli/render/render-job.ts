import type { JobRecord, JobTrigger } from "../../state/records.ts";
import { formatBytes, formatCount } from "./format-bytes.ts";
import { formatDuration, formatTime } from "./format-time.ts";
import type { Words } from "./language.ts";
import type { Output } from "../output/output.ts";
import { printable } from "./printable.ts";
import { renderCauses } from "./render-causes.ts";
import { jobStatusLabel } from "./status-words.ts";
import { toneOf } from "./style.ts";
import { padToWidth, textWidth } from "./text-width.ts";

const TRIGGERS: Readonly<Record<JobTrigger, Words>> = {
  manual: { ja: "手動", en: "by hand" },
  schedule: { ja: "スケジュール", en: "schedule" },
  rerun: { ja: "再実行", en: "rerun" },
};

/** Lines of `name  value`, the values aligned. */
export function renderPairs(pairs: readonly (readonly [name: string, value: string])[]): string {
  const width = Math.max(...pairs.map(([name]) => textWidth(name)));
  return pairs.map(([name, value]) => `${padToWidth(name, width, "left")}  ${value}`).join("\n");
}

/** The head of a job's details (F31): what, when, how far, how it ended, why and what to do. */
export function renderJob(job: JobRecord, output: Output): string {
  const { language, paint } = output;
  const say = (words: Words): string => output.say(words);
  const head = renderPairs([
    ["ID", String(job.id)],
    [
      say({ ja: "状態", en: "Status" }),
      paint(toneOf(job.status), jobStatusLabel(job.status, language)),
    ],
    [say({ ja: "開始日時", en: "Start" }), formatTime(job.startedAtMs, language)],
    [say({ ja: "終了日時", en: "End" }), formatTime(job.endedAtMs, language) + elapsed(job)],
    [say({ ja: "バックアップ元", en: "Source" }), printable(job.sourcePath)],
    [say({ ja: "バックアップ先", en: "Destination" }), printable(job.destination)],
    [say({ ja: "きっかけ", en: "Started" }), say(TRIGGERS[job.trigger])],
    [say({ ja: "対象", en: "Targets" }), targets(job)],
    [
      say({ ja: "転送", en: "Transferred" }),
      `${formatCount(job.transferredFileCount)} (${formatBytes(job.transferredBytes)})`,
    ],
    [say({ ja: "対象外", en: "Not targets" }), formatCount(job.excludedCount)],
  ]);
  const detail = job.detail === null ? [] : [printable(job.detail)];
  const causes = job.causes.length === 0 ? [] : [renderCauses(job.causes, language, paint, "")];
  return [head, ...detail, ...causes].join("\n\n");
}

function elapsed({ startedAtMs, endedAtMs }: JobRecord): string {
  return endedAtMs === null ? "" : ` (${formatDuration((endedAtMs - startedAtMs) / 1000)})`;
}

function targets({ processedCount, targetCount }: JobRecord): string {
  const share = targetCount === 0 ? 100 : Math.floor((processedCount / targetCount) * 100);
  return `${formatCount(processedCount)} / ${formatCount(targetCount)} (${share} %)`;
}
