import { FILE_STATUS_LABELS, FILE_STATUS_LABELS_EN } from "../../../protocol/file-status.ts";
import type { DetailStatus } from "../../../protocol/job-record.ts";
import { STATUS_LABELS, STATUS_LABELS_EN, type Status } from "../../../protocol/status.ts";
import type { Language, Words } from "../../../terminal/language.ts";
import type { Tone } from "../../../terminal/style.ts";

const EXCLUDED: Words = { ja: "対象外", en: "Not a target" };

/** The label of a job's status; in Japanese to the letter as the product shows it (F30). */
export function jobStatusLabel(status: Status, language: Language): string {
  return (language === "ja" ? STATUS_LABELS : STATUS_LABELS_EN)[status];
}

/** The label of a row of the details (F31, D16). */
export function fileStatusLabel(status: DetailStatus, language: Language): string {
  if (status === "excluded") return EXCLUDED[language];
  return (language === "ja" ? FILE_STATUS_LABELS : FILE_STATUS_LABELS_EN)[status];
}

/** The colour a status is shown in. */
export function toneOf(status: Status | DetailStatus): Tone {
  switch (status) {
    case "completed":
      return "good";
    case "running":
    case "waiting":
    case "pending":
      return "active";
    case "no-difference":
    case "excluded":
      return "quiet";
    default:
      return "bad";
  }
}
