import type { SourceFolder } from "../../state/records.ts";
import { printable } from "../../../protocol/printable.ts";
import { instantText } from "./job-line.ts";
import type { Output } from "./output.ts";
import type { LineMembers } from "./output-line.ts";

/** A source folder and whether it is on a network drive (F11). */
export interface ShownSource {
  readonly source: SourceFolder;
  readonly isOnNetworkDrive: boolean;
}

/** The members of a `source` line. */
export function sourceMembers(
  event: LineMembers<"source">["event"],
  { source, isOnNetworkDrive }: ShownSource,
): LineMembers<"source"> {
  const { id, path, name, destination, addedAtMs } = source;
  const addedAt = instantText(addedAtMs);
  return { event, sourceId: id, path, name, destination, addedAt, isOnNetworkDrive };
}

/** A source in one line for people: its ID, path and place on the service. */
export function sourceText({ id, path, destination }: SourceFolder): string {
  return `[${id}] ${printable(path)} -> ${printable(destination)}`;
}

/** A source's path as lists show it: marked where it is on a network drive. */
export function sourcePathText({ source, isOnNetworkDrive }: ShownSource, output: Output): string {
  const path = printable(source.path);
  if (!isOnNetworkDrive) return path;
  return `${path} ${output.say({ ja: "[ネットワークドライブ]", en: "[network drive]" })}`;
}

/** What a person has to know about a source on a network drive (F13). */
export function networkDriveNote(output: Output): string {
  return output.say({
    ja: "ネットワークドライブ上のフォルダです。ツールを起動し、サインインしている間だけ自動でバックアップされます。",
    en: "It is on a network drive: it is backed up automatically only while you are signed in and the tool runs.",
  });
}
