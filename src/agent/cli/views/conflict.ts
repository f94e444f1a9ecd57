import type { Conflict } from "../../jobs/requests.ts";
import type { Output } from "../output/output.ts";
import { formatBytes } from "../../../terminal/format-bytes.ts";
import { formatNanoseconds } from "../../../terminal/format-time.ts";
import { printable } from "../../../messages/printable.ts";
import { padToWidth, textWidth } from "../../../terminal/text-width.ts";

/** A file that is in the way of a restore, beside the one that would take its place (F42). */
export function renderConflict({ path, existing, restored }: Conflict, output: Output): string {
  const rows = [
    [output.say({ ja: "いまあるファイル", en: "there now" }), existing],
    [output.say({ ja: "復元するファイル", en: "restored" }), restored],
  ] as const;
  const nameWidth = Math.max(...rows.map(([name]) => textWidth(name)));
  const sizeWidth = Math.max(...rows.map(([, file]) => formatBytes(file.sizeBytes).length));
  return [
    output.say({ ja: "同じ名前のファイルがあります", en: "A file of this name is there" }) +
      `: ${printable(path)}`,
    ...rows.map(([name, file]) =>
      [
        `  ${padToWidth(name, nameWidth, "left")}`,
        padToWidth(formatBytes(file.sizeBytes), sizeWidth, "right"),
        formatNanoseconds(file.modifiedAtNs, output.language),
      ].join("  "),
    ),
  ].join("\n");
}

/** What can be done about it. */
export function renderConflictQuestion(output: Output): string {
  return output.say({
    ja: "  o 上書きコピー, k 別名コピー, s コピーしない (大文字: 同処理を他のファイル／フォルダにも適用する): ",
    en: "  o overwrite, k keep both, s skip (capital letter: for all the rest): ",
  });
}
