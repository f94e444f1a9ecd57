import type { Generation } from "../../../protocol/http/schemas.ts";
import type { Output } from "../output/output.ts";
import { formatBytes } from "../../../terminal/format-bytes.ts";
import { formatNanoseconds, formatTime } from "../../../terminal/format-time.ts";
import { renderTable } from "../../../terminal/render-table.ts";

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
