import { expect, test } from "vitest";

import { renderTable } from "./render-table.ts";
import { textWidth } from "./text-width.ts";

test("aligns columns by the width of East Asian letters", () => {
  const table = renderTable(
    [{ title: "名前" }, { title: "サイズ", align: "right" }, { title: "状態" }],
    [
      ["資料", "1 B", "完了"],
      ["a.txt", "12.0 KB", "未完了"],
    ],
  );

  expect(table).toBe(
    ["名前    サイズ  状態", "資料       1 B  完了", "a.txt  12.0 KB  未完了"].join("\n"),
  );
});

test("shortens only a column that may shrink, from its beginning, when the terminal is narrow", () => {
  const path = "/home/taro/とても長いフォルダの名前/資料";

  const table = renderTable(
    [{ title: "Source", shrinks: true }, { title: "Status" }],
    [[path, "Incomplete (access denied)"]],
    { widthMax: 50 },
  );

  const row = table.split("\n")[1] ?? "";
  expect(textWidth(row)).toBeLessThanOrEqual(50);
  expect(row).toMatch(/^….*資料 +Incomplete \(access denied\)$/);
});
