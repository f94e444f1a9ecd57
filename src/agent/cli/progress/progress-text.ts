import { formatBytes, formatCount } from "../../../terminal/format-bytes.ts";
import { formatDuration } from "../../../terminal/format-time.ts";
import type { Language } from "../../../terminal/language.ts";
import type { ProgressReading } from "./progress-meter.ts";

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
