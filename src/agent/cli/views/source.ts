import { printable } from "../../../messages/printable.ts";
import { formatTime } from "../../../terminal/format-time.ts";
import { renderTable } from "../../../terminal/render-table.ts";
import type { SourceFolder } from "../../state/records.ts";
import { instantText } from "../output/instant-text.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";

/** A source folder. */
export const SOURCE_LINE = lineKind(
  "source",
  "schema.line-source",
  ({ z, identifier, instant }) => ({
    event: z.enum(["listed", "added", "removed"]),
    sourceId: identifier,
    path: z.string(),
    name: z.string().describe("schema.source-name"),
    destination: z.string().describe("schema.service-place"),
    addedAt: instant,
    isOnNetworkDrive: z.boolean().describe("schema.source-network"),
  }),
);

/** A source folder and whether it is on a network drive (F11). */
export interface ShownSource {
  readonly source: SourceFolder;
  readonly isOnNetworkDrive: boolean;
}

/** The members of a `source` line. */
export function sourceMembers(
  event: LineMembers<typeof SOURCE_LINE>["event"],
  { source, isOnNetworkDrive }: ShownSource,
): LineMembers<typeof SOURCE_LINE> {
  const { id, path, name, destination, addedAtMs } = source;
  const addedAt = instantText(addedAtMs);
  return { event, sourceId: id, path, name, destination, addedAt, isOnNetworkDrive };
}

/** The source folders as a table, places whole and last, so that they can be copied. */
export function renderSources(sources: readonly ShownSource[], output: Output): string {
  if (sources.length === 0) {
    return output.say({
      ja: "バックアップ元はまだありません。azukeru-agent source add フォルダ で追加してください。",
      en: "No source folder yet. Add one with azukeru-agent source add FOLDER.",
    });
  }
  return renderTable(
    [
      { title: "ID", align: "right" },
      { title: output.say({ ja: "追加日時", en: "Added" }) },
      { title: output.say({ ja: "バックアップ元", en: "Source" }) },
      { title: output.say({ ja: "バックアップ先", en: "Destination" }) },
    ],
    sources.map((shown) => [
      String(shown.source.id),
      formatTime(shown.source.addedAtMs, output.language),
      sourcePathText(shown, output),
      printable(shown.source.destination),
    ]),
    { styleTitles: (line) => output.paint("strong", line) },
  );
}

/** A source in one line for people: its ID, path and place on the service. */
export function sourceText({ id, path, destination }: SourceFolder): string {
  return `[${id}] ${printable(path)} -> ${printable(destination)}`;
}

/** A source's path as lists show it: marked where it is on a network drive. */
function sourcePathText({ source, isOnNetworkDrive }: ShownSource, output: Output): string {
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
