import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import { formatDuration } from "../../../terminal/format-time.ts";
import type { Language } from "../../../terminal/language.ts";
import type { Progress } from "../../jobs/requests.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import { pick } from "../output/pick.ts";
import { roundedSeconds } from "../output/rounded-seconds.ts";

/** A moment of a running job. */
export const PROGRESS_LINE = lineKind(
  "progress",
  "schema.line-progress",
  ({ z, identifier, seconds, count, bytes }) => ({
    jobId: identifier,
    sourcePath: z.string(),
    elapsedSeconds: seconds,
    secondsLeft: seconds.nullable().describe("schema.progress-left"),
    filesDone: count,
    filesTotal: count.nullable().describe("schema.null-until-known"),
    bytesDone: bytes,
    bytesTotal: bytes.nullable().describe("schema.null-until-known"),
    bytesPerSecond: count.nullable().describe("schema.progress-speed"),
    ratio: z.number().min(0).max(1).nullable().describe("schema.progress-ratio"),
    currentPath: z.string().nullable(),
  }),
);

/** A moment of a job with what can be said about its speed. */
export interface ProgressReading {
  readonly progress: Progress;
  readonly elapsedSeconds: number;
  /** Over the last seconds, or since the start when nothing moved; null until it can be told. */
  readonly bytesPerSecond: number | null;
  /** Null until totals and speed are known. */
  readonly secondsLeft: number | null;
  /** From 0 to 1; null until totals are known. */
  readonly ratio: number | null;
}

/** The members of a `progress` line. */
export function progressMembers({
  progress,
  elapsedSeconds,
  secondsLeft,
  bytesPerSecond,
  ratio,
}: ProgressReading): LineMembers<typeof PROGRESS_LINE> {
  return {
    ...pick(progress, ["jobId", "sourcePath"]),
    elapsedSeconds: roundedSeconds(elapsedSeconds),
    secondsLeft: secondsLeft === null ? null : roundedSeconds(secondsLeft),
    ...pick(progress, ["filesDone", "filesTotal", "bytesDone", "bytesTotal"]),
    bytesPerSecond,
    ratio: ratio === null ? null : Math.floor(ratio * 10_000) / 10_000,
    currentPath: progress.currentPath,
  };
}

/**
 * What is told about a moment of a job, most important first: share, files, bytes, speed, time
 * left. A narrow line drops from the end.
 */
export function progressParts(reading: ProgressReading, language: Language): readonly string[] {
  const { progress, ratio, bytesPerSecond, secondsLeft } = reading;
  const { filesDone, filesTotal, bytesDone, bytesTotal } = progress;
  const of = (done: string, total: string | null): string =>
    total === null ? done : `${done}/${total}`;
  const files = of(formatCount(filesDone), filesTotal === null ? null : formatCount(filesTotal));
  const bytes = of(formatBytes(bytesDone), bytesTotal === null ? null : formatBytes(bytesTotal));
  const left = secondsLeft === null ? "-:--" : formatDuration(secondsLeft);
  return [
    ratio === null ? "  - %" : `${String(Math.floor(ratio * 100)).padStart(3)} %`,
    { ja: `${files} ファイル`, en: `${files} files` }[language],
    bytes,
    bytesPerSecond === null ? "- /s" : `${formatBytes(bytesPerSecond)}/s`,
    { ja: `残り ${left}`, en: `${left} left` }[language],
  ];
}
