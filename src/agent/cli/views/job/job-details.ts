import type { ConflictChoice, JobRecord, JobTrigger } from "../../../../protocol/job-record.ts";
import { printable } from "../../../../messages/printable.ts";
import { formatBytes, formatCount } from "../../../../terminal/format-bytes.ts";
import { formatDuration, formatTime } from "../../../../terminal/format-time.ts";
import type { Words } from "../../../../terminal/language.ts";
import { renderPairs, type Pair } from "../../../../terminal/render-pairs.ts";
import type { Output } from "../../output/output.ts";
import { renderCauses } from "../cause.ts";
import { comparisonPairs } from "../settings.ts";
import { jobStatusLabel, toneOf } from "../status.ts";
import {
  elapsedSeconds,
  hasNumbers,
  JOB_COLUMN_WORDS,
  JOB_WORDS,
  startOf,
  fileCountText,
  aboutJob,
} from "./job.ts";
import { renderMessage } from "../../../../messages/render-message.ts";

const TRIGGERS: Readonly<Record<JobTrigger, Words>> = {
  manual: { ja: "手動", en: "by hand" },
  schedule: { ja: "スケジュール", en: "schedule" },
  rerun: { ja: "再実行", en: "rerun" },
};

const CONFLICTS: Readonly<Record<ConflictChoice | "ask", Words>> = {
  ask: { ja: "そのつど確認", en: "asked for each" },
  overwrite: { ja: "上書きコピー", en: "overwrite" },
  "keep-both": { ja: "別名コピー", en: "keep both" },
  skip: { ja: "コピーしない", en: "skip" },
};

/** The head of a job's details (F31): what, when, how far, how it ended, why and what to do. */
export function renderJob(job: JobRecord, output: Output): string {
  const detail = job.detail === null ? [] : [renderMessage(job.detail, output.language)];
  const causes =
    job.causes.length === 0 ? [] : [renderCauses(job.causes, aboutJob(job), output, "")];
  return [renderPairs(head(job, output)), ...detail, ...causes].join("\n\n");
}

/** The settings a job had, before it is run again with them (F32). */
export function renderPreviousSettings(job: JobRecord, output: Output): string {
  const title = output.say({ ja: "前回の設定", en: "Settings of that job" });
  return `${output.paint("strong", `${title} [ID ${job.id}]`)}\n${renderPairs([
    ...placePairs(job, output),
    ...jobSettingsPairs(job, output),
  ])}`;
}

/** Where a job was from and where it went, in the words of its kind. */
function placePairs(job: JobRecord, output: Output): readonly Pair[] {
  const { from, to } = JOB_WORDS[job.kind];
  return [
    [output.say(from), printable(job.sourcePath)],
    [output.say(to), printable(job.destination)],
  ];
}

function head(job: JobRecord, output: Output): readonly Pair[] {
  const { language, paint } = output;
  const { status, endedAtMs } = job;
  const say = (words: Words): string => output.say(words);
  return [
    ["ID", `${job.id} (${say(JOB_WORDS[job.kind].name)})`],
    [say(JOB_COLUMN_WORDS.status), paint(toneOf(status), jobStatusLabel(status, language))],
    [say(JOB_COLUMN_WORDS.start), formatTime(startOf(job), language)],
    [say(JOB_COLUMN_WORDS.end), formatTime(endedAtMs, language)],
    [say({ ja: "所要時間", en: "Elapsed" }), elapsed(job)],
    ...placePairs(job, output),
    [say({ ja: "きっかけ", en: "Started" }), say(TRIGGERS[job.trigger])],
    ...jobSettingsPairs(job, output),
    ...(hasNumbers(job) ? progressPairs(job, output) : []),
  ];
}

function progressPairs(job: JobRecord, output: Output): readonly Pair[] {
  const { targets, done, left } = JOB_WORDS[job.kind];
  const say = (words: Words): string => output.say(words);
  const moved = fileCountText(job.transferredFileCount, output);
  const target = fileCountText(job.targetFileCount, output);
  // A deletion is listed by its targets (B1155), the others by what they saved (A1159).
  const numbers: readonly Pair[] =
    job.kind === "delete"
      ? [
          [say(targets), target],
          [say(JOB_COLUMN_WORDS.size), formatBytes(job.targetBytes)],
          [titled(say(done)), `${moved} (${formatBytes(job.transferredBytes)})`],
        ]
      : [
          [say({ ja: "ファイル数", en: "Files" }), moved],
          [say(JOB_COLUMN_WORDS.size), formatBytes(job.transferredBytes)],
          [say(targets), `${target} (${formatBytes(job.targetBytes)})`],
        ];
  return [
    ...numbers,
    ...(job.status === "not-run" ? [] : [doneOf(job, output)]),
    [titled(say(left)), formatCount(job.excludedCount)],
  ];
}

function doneOf(job: JobRecord, output: Output): Pair {
  return [output.say({ ja: "処理済み", en: "Done" }), processed(job, output)];
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

/** What a job was to do, as far as it was noted: what 再実行 does again (F32). */
function jobSettingsPairs({ settings }: JobRecord, output: Output): readonly Pair[] {
  const say = (words: Words): string => output.say(words);
  if (settings === null) return [];
  if (settings.kind === "backup") return comparisonPairs(settings, output);
  const { entryKind, generation, onConflict } = settings;
  return [
    [
      say({ ja: "復元するもの", en: "What" }),
      entryKind === "file"
        ? say({ ja: "ファイル", en: "a file" })
        : say({ ja: "フォルダ", en: "a folder" }),
    ],
    [
      say({ ja: "世代", en: "Generation" }),
      generation === null ? say({ ja: "最新", en: "the newest" }) : String(generation),
    ],
    [say({ ja: "同名のファイル", en: "Files in the way" }), say(CONFLICTS[onConflict])],
  ];
}

/** Words of a sentence as the title of a value. */
function titled(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
