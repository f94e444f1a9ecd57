import type { Generation } from "../../../protocol/http/schemas.ts";
import type { ListedEntry } from "../../ports/service.ts";
import { CALENDAR_MS_MAX } from "../../../terminal/format-time.ts";
import { instantText } from "./job-line.ts";
import type { LineMembers } from "./output-line.ts";

/** The members of a `generation` line; `path` as it was asked for. */
export function generationMembers(
  path: string,
  { generation, sizeBytes, modifiedAtNs, savedAt, sha256 }: Generation,
): LineMembers<"generation"> {
  const modifiedAt = nanosecondsText(modifiedAtNs);
  return { path, generation, sizeBytes, modifiedAt, modifiedAtNs, savedAt, sha256 };
}

/** The members of an `entry` line. */
export function entryMembers(entry: ListedEntry): LineMembers<"entry"> {
  const { path } = entry;
  if (entry.kind !== "file") {
    return {
      path,
      name: entry.kind === "folder" ? entry.name : "",
      entryKind: entry.kind,
      sizeBytes: null,
      modifiedAt: null,
      modifiedAtNs: null,
      sha256: null,
      generationCount: null,
      savedAt: entry.kind === "folder" ? entry.createdAt : null,
    };
  }
  const { name, sizeBytes, modifiedAtNs, sha256, generationCount, savedAt } = entry;
  return {
    path,
    name,
    entryKind: "file",
    sizeBytes,
    modifiedAt: nanosecondsText(modifiedAtNs),
    modifiedAtNs,
    sha256,
    generationCount,
    savedAt,
  };
}

/** An instant of nanoseconds as JSON lines have it; null beyond the calendar. */
function nanosecondsText(atNs: string): string | null {
  const atMs = Number(BigInt(atNs) / 1_000_000n);
  return Math.abs(atMs) <= CALENDAR_MS_MAX ? instantText(atMs) : null;
}
