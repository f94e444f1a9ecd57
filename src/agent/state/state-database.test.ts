import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterAll, describe, expect, test } from "vitest";
import { memoryDatabase } from "../testing/fixtures.ts";
import { JobDetails } from "./job-details.ts";
import { JobHistory } from "./job-history.ts";
import { SCHEMA_STEPS } from "./schema.ts";
import { SettingsStore } from "./settings-store.ts";
import { StateDatabase } from "./state-database.ts";

const root = mkdtempSync(join(tmpdir(), "state-database-"));

afterAll(() => rmSync(root, { recursive: true, force: true }));

function names(database: StateDatabase): unknown[] {
  return database.all("SELECT name FROM setting ORDER BY name").map((row) => row["name"]);
}

function put(database: StateDatabase, name: string): void {
  database.run("INSERT INTO setting (name, value) VALUES (?, '')", name);
}

function withCode(code: string): unknown {
  return expect.objectContaining({ name: "AgentError", code });
}

describe("the tables", () => {
  test("are made in a new database, and opening it again changes nothing", () => {
    const file = new DatabaseSync(":memory:");
    const database = new StateDatabase(file);
    put(database, "kept");

    const again = new StateDatabase(file);

    expect(names(again)).toEqual(["kept"]);
    expect(again.get("PRAGMA user_version")).toEqual({ user_version: SCHEMA_STEPS.length });
  });

  test("of a newer agent are refused and left as they are", () => {
    const file = new DatabaseSync(":memory:");
    for (const sql of SCHEMA_STEPS) file.exec(sql);
    file.exec(`CREATE TABLE later (a); PRAGMA user_version = ${SCHEMA_STEPS.length + 1}`);
    const schema = (): unknown => file.prepare("SELECT * FROM sqlite_schema").all();
    const before = schema();

    expect(() => new StateDatabase(file)).toThrow(withCode("state-newer"));
    expect(schema()).toEqual(before);
  });

  test.each([1, 2])("of step %i keep their jobs and rows, and every page is found", (step) => {
    const file = new DatabaseSync(":memory:");
    for (const sql of SCHEMA_STEPS.slice(0, step)) file.exec(sql);
    file.exec(`PRAGMA user_version = ${step}`);
    file.exec(`INSERT INTO job (kind, trigger, source_path, destination, started_at_ms, status, causes)
      VALUES ('backup', 'manual', '/s', 'd', 1, 'running', 'B-RUN-1')`);
    const insert = file.prepare(
      `INSERT INTO job_file (job_id, position, path, entry_kind, status, causes, size_bytes)
       VALUES (1, ?, ?, 'file', ?, '', 1)`,
    );
    for (let position = 1; position <= 2_500; position += 1) {
      insert.run(position, `${position}.txt`, position % 2 === 0 ? "completed" : "pending");
    }

    const database = new StateDatabase(file);

    const details = new JobDetails(database);
    expect(new JobHistory(database).list("backup", 1)).toMatchObject({ rowCount: 1 });
    expect(new JobHistory(database).find(1)).toMatchObject({ settings: null, targetBytes: 0 });
    expect(details.list(1, 13, "completed")).toMatchObject({ rowCount: 1_250, pageCount: 13 });
    expect(details.list(1, 13, "completed").rows.at(-1)).toMatchObject({ position: 2_500 });
    details.settlePending(1, { status: "unexpected", causes: ["B-UX-7"], detail: null });
    expect(details.list(1, 1, "unexpected").rowCount).toBe(1_250);
    expect(details.list(1, 1, "pending").rowCount).toBe(0);
  });

  test("are made all or none: a step that fails leaves no half of itself", () => {
    const file = new DatabaseSync(":memory:");
    file.exec(SCHEMA_STEPS[0] ?? "");
    file.exec("CREATE TABLE gone_entry (other TEXT); PRAGMA user_version = 1");

    expect(() => new StateDatabase(file)).toThrow("SQLite error 1");

    expect(file.prepare("PRAGMA user_version").get()).toEqual({ user_version: 1 });
    expect(file.prepare("PRAGMA table_info(source)").all()).not.toContainEqual(
      expect.objectContaining({ name: "device_id" }),
    );
  });

  test.each([
    ["no table of the tool", "CREATE TABLE note (text TEXT)"],
    ["its version only", `PRAGMA user_version = ${SCHEMA_STEPS.length}`],
  ])("of another program are refused and left as they are: %s", (_, sql) => {
    const file = new DatabaseSync(":memory:");
    file.exec(sql);
    const schema = (): unknown => file.prepare("SELECT * FROM sqlite_schema").all();
    const before = schema();

    expect(() => new StateDatabase(file)).toThrow(withCode("state-foreign"));
    expect(schema()).toEqual(before);
  });

  test("that are not to the letter what the steps make are damaged", () => {
    const file = new DatabaseSync(":memory:");
    for (const sql of SCHEMA_STEPS) file.exec(sql);
    file.exec(`PRAGMA user_version = ${SCHEMA_STEPS.length}; DROP INDEX job_running`);
    const port = {
      exec: (sql: string) => file.exec(sql),
      prepare: (sql: string) => file.prepare(sql),
      close: () => file.close(),
      inMemory: () => new DatabaseSync(":memory:"),
    };

    expect(() => new StateDatabase(port)).toThrow(withCode("state-damaged"));
  });
});

describe("a snapshot", () => {
  test("is one state, whatever another process writes meanwhile", () => {
    const path = join(root, "snapshot.db");
    const [reader, writer] = [path, path].map((one) => new StateDatabase(new DatabaseSync(one)));

    const seen = reader?.snapshot(() => {
      const before = names(reader);
      writer?.transaction("streaming", () => put(writer, "a"));
      return [before, names(reader)];
    });

    expect(seen).toEqual([[], []]);
    expect(reader && names(reader)).toEqual(["a"]);
  });

  test("that throws leaves the database ready for the next", () => {
    const database = memoryDatabase();

    expect(() =>
      database.snapshot(() => {
        throw new Error("broken");
      }),
    ).toThrow("broken");

    expect(database.snapshot(() => names(database))).toEqual([]);
  });

  test("inside a transaction reads what that has written", () => {
    const database = new StateDatabase(new DatabaseSync(":memory:"));

    const seen = database.transaction("streaming", () => {
      database.run("INSERT INTO setting (name, value) VALUES ('a', 'on')");
      return database.snapshot(() => database.all("SELECT name FROM setting").length);
    });

    expect(seen).toBe(1);
  });
});

describe("a transaction", () => {
  test("keeps what it did and gives its result", () => {
    const database = memoryDatabase();

    const result = database.transaction("streaming", () => {
      put(database, "a");
      return 7;
    });

    expect(result).toBe(7);
    expect(names(database)).toEqual(["a"]);
  });

  test("that throws undoes all of itself, and the next one works", () => {
    const database = memoryDatabase();

    expect(() =>
      database.transaction("streaming", () => {
        put(database, "a");
        put(database, "a");
      }),
    ).toThrow("SQLite error");
    database.transaction("acknowledged", () => put(database, "b"));

    expect(names(database)).toEqual(["b"]);
  });

  test("is written as safely as it promises, whatever came before it", () => {
    const database = memoryDatabase();
    const level = (): unknown => Object.values(database.get("PRAGMA synchronous") ?? {})[0];
    const FULL = 2;
    const NORMAL = 1;

    const levels = (["acknowledged", "streaming", "streaming", "acknowledged"] as const).map(
      (durability) => database.transaction(durability, level),
    );

    expect(levels).toEqual([FULL, NORMAL, NORMAL, FULL]);
  });

  test("that was acknowledged is there for whoever opens the file next", () => {
    const path = join(root, "agent.db");
    const first = new SettingsStore(new StateDatabase(new DatabaseSync(path)), "default");

    first.write({ ...first.read(), deviceName: "pc" });

    const second = new StateDatabase(new DatabaseSync(path));
    expect(names(second)).toContain("deviceName");
  });
});
