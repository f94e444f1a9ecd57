import type { JobRecord } from "../../state/records.ts";
import { formatBytes, formatCount } from "./format-bytes.ts";
import { formatDuration } from "./format-time.ts";
import type { Output } from "../output/output.ts";
import { printable } from "./printable.ts";
import { renderCauses } from "./render-causes.ts";
import { filePathText } from "./render-files.ts";
import { fileStatusLabel, jobStatusLabel } from "./status-words.ts";
import { toneOf } from "./style.ts";
import type { TroubledFiles } from "./troubled-files.ts";

/**
 * A backup that just ended: its status and numbers, and when it did not complete, why, what to do,
 * and which files it is about.
 */
export function renderEndedJob(
  job: JobRecord,
  troubled: TroubledFiles,
  detailsCommand: string,
  output: Output,
): string {
  const { language, paint } = output;
  const label = jobStatusLabel(job.status, language);
  const title = `${paint(toneOf(job.status), label)}  ${paint("strong", printable(job.sourcePath))}`;
  if (job.status === "completed") return [title, numbers(job, output)].join("\n");
  return [
    `${title}  ${paint("quiet", `[ID ${job.id}]`)}`,
    numbers(job, output),
    ...(job.detail === null ? [] : [`  ${printable(job.detail)}`]),
    ...(job.causes.length === 0 ? [] : [renderCauses(job.causes, language, paint)]),
    ...troubledLines(troubled, output),
    `  ${output.say({ ja: "詳細", en: "Details" })}: ${detailsCommand}`,
  ].join("\n");
}

function numbers(job: JobRecord, output: Output): string {
  const count = formatCount(job.transferredFileCount);
  const size = formatBytes(job.transferredBytes);
  const targets = formatCount(job.targetCount);
  const elapsed =
    job.endedAtMs === null ? "-" : formatDuration((job.endedAtMs - job.startedAtMs) / 1000);
  const excluded =
    job.excludedCount === 0
      ? { ja: "", en: "" }
      : {
          ja: `、対象外 ${formatCount(job.excludedCount)} 件`,
          en: `, ${formatCount(job.excludedCount)} not targets`,
        };
  return output.say({
    ja: `  対象 ${targets} 件、転送 ${count} ファイル (${size})${excluded.ja}、所要時間 ${elapsed}`,
    en: `  ${targets} targets, ${count} files transferred (${size})${excluded.en}, in ${elapsed}`,
  });
}

function troubledLines({ named, unnamedCount }: TroubledFiles, output: Output): string[] {
  if (named.length === 0) return [];
  const rows = named.map((row) => {
    const reason = row.detail === null ? "" : ` - ${printable(row.detail)}`;
    const label = output.paint(toneOf(row.status), fileStatusLabel(row.status, output.language));
    return `    ${label}  ${filePathText(row)}${reason}`;
  });
  const rest = formatCount(unnamedCount);
  return [
    `  ${output.say({ ja: "バックアップできなかったもの", en: "Not backed up" })}:`,
    ...rows,
    ...(unnamedCount === 0
      ? []
      : [output.say({ ja: `    ほか ${rest} 件`, en: `    and ${rest} more` })]),
  ];
}
