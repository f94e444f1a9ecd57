import type { JobRecord } from "../../../../protocol/job-record.ts";
import { printable } from "../../../../messages/printable.ts";
import { formatBytes, formatCount } from "../../../../terminal/format-bytes.ts";
import { formatDuration } from "../../../../terminal/format-time.ts";
import type { Output } from "../../output/output.ts";
import { renderCauses } from "../cause.ts";
import { filePathText } from "../file.ts";
import { fileStatusLabel, jobStatusLabel, toneOf } from "../status.ts";
import { JOB_WORDS, aboutJob } from "./job.ts";
import type { TroubledFiles } from "./troubled-files.ts";
import { renderMessage } from "../../../../messages/render-message.ts";

interface EndedJobDetails {
  readonly troubled: TroubledFiles;
  /** A command line that shows all of them. */
  readonly detailsCommand: string;
  /** A command line that runs the job again. */
  readonly rerunCommand: string;
  /** Whether these causes were told with an earlier job of the same run, and need not be again. */
  readonly areCausesTold: boolean;
}

/**
 * A job that just ended: its status and numbers, and when it did not complete, why, what to do, and
 * which files it is about. What a restore left as it was is told with the command that lists it.
 */
export function renderEndedJob(
  job: JobRecord,
  { troubled, detailsCommand, rerunCommand, areCausesTold }: EndedJobDetails,
  output: Output,
): string {
  const { language, paint } = output;
  const label = jobStatusLabel(job.status, language);
  const title = `${paint(toneOf(job.status), label)}  ${paint("strong", placeText(job, output))}`;
  if (job.status === "completed") {
    const skipped = job.kind === "restore" && job.excludedCount > 0;
    const hint = `  ${output.say({ ja: "残したもの", en: "Left" })}: ${detailsCommand} --status excluded`;
    // A deletion that held something until a person confirms says so.
    const remark = job.detail === null ? [] : [`  ${renderMessage(job.detail, language)}`];
    return [title, numbers(job, output), ...remark, ...(skipped ? [hint] : [])].join("\n");
  }
  return [
    `${title}  ${paint("quiet", `[ID ${job.id}]`)}`,
    ...(job.status === "not-run" ? [] : [numbers(job, output)]),
    ...(job.detail === null ? [] : [`  ${renderMessage(job.detail, language)}`]),
    ...(job.causes.length === 0 ? [] : [causeText(job, areCausesTold, output)]),
    ...unreachedLines(job, troubled, { rerunCommand, output }),
    ...troubledLines(job, troubled, output),
    `  ${output.say({ ja: "詳細", en: "Details" })}: ${detailsCommand}`,
  ].join("\n");
}

/** What the job was about; a deletion says so, since its backup has the same source. */
function placeText(job: JobRecord, output: Output): string {
  const source = printable(job.sourcePath);
  if (job.kind === "restore") return `${source} -> ${printable(job.destination)}`;
  if (job.kind === "backup") return source;
  return output.say({ ja: `差分比較削除 ${source}`, en: `deletion for ${source}` });
}

function numbers(job: JobRecord, output: Output): string {
  const { done, left } = JOB_WORDS[job.kind];
  const count = formatCount(job.transferredFileCount);
  const size = formatBytes(job.transferredBytes);
  const targets = formatCount(job.targetCount);
  const elapsed =
    job.endedAtMs === null ? "-" : formatDuration((job.endedAtMs - job.startedAtMs) / 1000);
  const excluded =
    job.excludedCount === 0
      ? { ja: "", en: "" }
      : {
          ja: `、${left.ja} ${formatCount(job.excludedCount)} 件`,
          en: `, ${formatCount(job.excludedCount)} ${left.en}`,
        };
  return output.say({
    ja: `  対象 ${targets} 件、${done.ja} ${count} ファイル (${size})${excluded.ja}、所要時間 ${elapsed}`,
    en: `  ${targets} targets, ${count} files ${done.en} (${size})${excluded.en}, in ${elapsed}`,
  });
}

function causeText(job: JobRecord, areTold: boolean, output: Output): string {
  if (!areTold) return renderCauses(job.causes, aboutJob(job), output);
  const ids = job.causes.join(", ");
  return `  ${output.say({ ja: `原因と対処は上と同じです [${ids}]`, en: `Cause and what to do: as above [${ids}]` })}`;
}

/** What a job that stopped did not come to, in one line and not in one for each. */
function unreachedLines(
  job: JobRecord,
  troubled: TroubledFiles,
  { rerunCommand, output }: { readonly rerunCommand: string; readonly output: Output },
): string[] {
  const count = troubled.unreachedCount(job);
  if (count === 0) return [];
  const text = formatCount(count);
  const line = output.say({
    ja: `${text}件は処理していません`,
    en: `${text} ${count === 1 ? "file" : "files"} not reached`,
  });
  const again = output.say({ ja: "再実行", en: "Run again" });
  return [`  ${line}`, ...(job.kind === "delete" ? [] : [`  ${again}: ${rerunCommand}`])];
}

function troubledLines(job: JobRecord, troubled: TroubledFiles, output: Output): string[] {
  const { named, unnamedCount } = troubled.others(job);
  if (named.length === 0) return [];
  const rows = named.map((row) => {
    const reason = row.detail === null ? "" : ` - ${renderMessage(row.detail, output.language)}`;
    const label = output.paint(toneOf(row.status), fileStatusLabel(row.status, output.language));
    return `    ${label}  ${filePathText(row)}${reason}`;
  });
  const rest = formatCount(unnamedCount);
  return [
    `  ${output.say(JOB_WORDS[job.kind].troubled)}:`,
    ...rows,
    ...(unnamedCount === 0
      ? []
      : [output.say({ ja: `    ほか ${rest} 件`, en: `    and ${rest} more` })]),
  ];
}
