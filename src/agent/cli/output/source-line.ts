import type { SourceFolder } from "../../state/records.ts";
import { instantText } from "./job-line.ts";
import type { LineMembers } from "./output-line.ts";
import { printable } from "../render/printable.ts";

/** The members of a `source` line. */
export function sourceMembers(
  event: LineMembers<"source">["event"],
  source: SourceFolder,
): LineMembers<"source"> {
  const { id, path, name, destination, addedAtMs } = source;
  return { event, sourceId: id, path, name, destination, addedAt: instantText(addedAtMs) };
}

/** A source in one line for people: its ID, path and place on the service. */
export function sourceText({ id, path, destination }: SourceFolder): string {
  return `[${id}] ${printable(path)} -> ${printable(destination)}`;
}
