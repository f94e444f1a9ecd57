import { expect, test } from "vitest";

import { ProcessBoundary } from "./process-boundary.ts";
import { SCHEMA_STEPS } from "../../../agent/state/schema.ts";
import { DURABILITY } from "./durability.ts";
import { DatabaseFile } from "./database-file.ts";
import { losses } from "./losses.ts";

const SETTING = { name: "compareUpload", value: 1 };
const ENDED = { id: 1, status: "completed" };
const RUNNING = { id: 2, status: "running", target_count: 0 };
const INDEXED = { key: "one" };

test("finds nothing where everything is as it was, or more", () => {
  const before = new Map([["setting", [SETTING]]]);
  const more = { ...SETTING, name: "more" };
  expect(losses(before, new Map([["setting", [SETTING, more]]]))).toEqual([]);
});

test("misses what people were told at any time", () => {
  const before = new Map<string, (typeof SETTING | typeof ENDED)[]>([
    ["setting", [SETTING]],
    ["job", [ENDED, RUNNING]],
  ]);
  const after = new Map([["job", [RUNNING]]]);
  // The ended job lacks its start and its end.
  expect(losses(before, after)).toEqual(["setting", "job", "job"]);
});

test("misses of a job under way that it began, and not how far it had come", () => {
  const before = new Map([["job", [RUNNING]]]);
  const behind = { ...RUNNING, status: "waiting", target_count: 7 };
  expect(losses(before, new Map([["job", [behind]]]))).toEqual([]);
  expect(losses(before, new Map())).toEqual(["job"]);
});

test("misses what a job under way noted only once it ended", () => {
  const tables = (job: object): Map<string, Record<string, number | string>[]> =>
    new Map([
      ["job", [{ ...job }]],
      ["file_index", [INDEXED]],
    ]);
  expect(losses(tables(RUNNING), new Map([["job", [RUNNING]]]))).toEqual([]);
  expect(losses(tables(ENDED), new Map([["job", [ENDED]]]))).toEqual(["file_index"]);
});

test("never misses what may be lost", () => {
  const before = new Map([["pending_upload", [{ key: "one", upload_url: "/uploads/2" }]]]);
  expect(
    losses(before, new Map([["pending_upload", [{ key: "one", upload_url: "/uploads/1" }]]])),
  ).toEqual([]);
});

test("refuses a table and a column of which nothing is said", () => {
  expect(() => losses(new Map([["a_new_table", [{ id: 1 }]]]), new Map())).toThrow("a_new_table");
  expect(() => losses(new Map([["setting", [{ a_new_column: 1 }]]]), new Map())).toThrow(
    "setting.a_new_column",
  );
});

test("the list has every table and column of the agent's database, and no other", () => {
  const file = new DatabaseFile(true);
  const database = file.connect(new ProcessBoundary());
  for (const step of SCHEMA_STEPS) database.exec(step);
  const found = file
    .look(
      `SELECT "table".name AS name, "column".name AS column
        FROM sqlite_master AS "table" JOIN pragma_table_info("table".name) AS "column"
        WHERE "table".type = 'table' AND "table".name NOT LIKE 'sqlite_%'`,
    )
    .map(({ name, column }) => `${String(name)}.${String(column)}`);
  file.dispose();
  const listed = Object.entries(DURABILITY).flatMap(([name, { columns }]) =>
    Object.keys(columns).map((column) => `${name}.${column}`),
  );
  expect(found.toSorted()).toEqual(listed.toSorted());
});

test("the list gives a reason for each table", () => {
  for (const { why } of Object.values(DURABILITY)) expect(why).toMatch(/\w/);
});
