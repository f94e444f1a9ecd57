import { invalidArgument } from "../../command-line/invalid-argument.ts";
import { message } from "../../messages/message.ts";
import { FILE_STATUSES } from "../../protocol/file-status.ts";
import type { DetailStatus } from "../../protocol/job-record.ts";
import { LANGUAGES } from "../../terminal/language.ts";
import { fileStatusLabel } from "./views/status.ts";

const DETAIL_STATUSES: readonly DetailStatus[] = [...FILE_STATUSES, "excluded"];

/**
 * Reads the status of a row of the details: its code, or its label in either language, with brackets
 * and spaces of any width (`未完了(中断)`). What is none is a usage error.
 */
export function parseDetailStatus(text: string): DetailStatus {
  const wanted = plain(text);
  const found = DETAIL_STATUSES.find((status) =>
    [status, ...LANGUAGES.map((language) => fileStatusLabel(status, language))].some(
      (name) => plain(name) === wanted,
    ),
  );
  if (found !== undefined) return found;
  throw invalidArgument(message("usage.status", { values: DETAIL_STATUSES }));
}

function plain(text: string): string {
  return text.normalize("NFKC").replaceAll(/\s/g, "").toLowerCase();
}
