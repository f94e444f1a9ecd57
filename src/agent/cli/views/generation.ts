import type { Generation } from "../../../protocol/http/schemas.ts";
import { formatBytes } from "../../../terminal/format-bytes.ts";
import { formatNanoseconds, formatTime } from "../../../terminal/format-time.ts";
import { renderTable } from "../../../terminal/render-table.ts";
import { nanosecondsText } from "../output/instant-text.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";

/** A kept generation of a file. */
export const GENERATION_LINE = lineKind(
  "generation",
  "schema.line-generation",
  ({ z, identifier, bytes, instant, nanoseconds, sha256 }) => ({
    path: z.string().describe("schema.generation-path"),
    generation: identifier.describe("schema.generation-number"),
    sizeBytes: bytes,
    modifiedAt: instant.nullable().describe("schema.generation-time"),
    modifiedAtNs: nanoseconds.describe("schema.generation-nanoseconds"),
    savedAt: instant,
    sha256,
  }),
);

/** The members of a `generation` line; `path` as it was asked for. */
export function generationMembers(
  path: string,
  { generation, sizeBytes, modifiedAtNs, savedAt, sha256 }: Generation,
): LineMembers<typeof GENERATION_LINE> {
  const modifiedAt = nanosecondsText(modifiedAtNs);
  return { path, generation, sizeBytes, modifiedAt, modifiedAtNs, savedAt, sha256 };
}

/** The generations of a file as a table, newest first (F22). */
export function renderGenerations(generations: readonly Generation[], output: Output): string {
  const { language, paint, widthMax } = output;
  return renderTable(
    [
      { title: output.say({ ja: "世代", en: "Generation" }), align: "right" },
      { title: output.say({ ja: "サイズ", en: "Size" }), align: "right" },
      { title: output.say({ ja: "更新日時", en: "Modified" }) },
      { title: output.say({ ja: "保存日時", en: "Saved" }) },
    ],
    generations.map(({ generation, sizeBytes, modifiedAtNs, savedAt }) => [
      String(generation),
      formatBytes(sizeBytes),
      formatNanoseconds(BigInt(modifiedAtNs), language),
      formatTime(Date.parse(savedAt), language),
    ]),
    { widthMax, styleTitles: (line) => paint("strong", line) },
  );
}
