import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { afterAll, describe, expect, test } from "vitest";
import { memoryDatabase } from "../testing/fixtures.ts";
import { SCHEMA_STEPS } from "./schema.ts";
import { SettingsStore } from "./settings-store.ts";
import { StateDatabase, StateVersionError } from "./state-database.ts";

const root = mkdtempSync(join(tmpdir(), "state-database-"));

afterAll(() => rmSync(root, { recursive: true, force: true }));

function names(database: StateDatabase): unknown[] {
  return database.all("SELECT name FROM setting ORDER BY name").map((row) => row["name"]);
}

function put(database: StateDatabase, name: string): void {
  database.run("INSERT INTO setting (name, value) VALUES (?, '')", name);
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
    file.exec(`PRAGMA user_version = ${SCHEMA_STEPS.length + 1}`);

    expect(() => new StateDatabase(file)).toThrow(StateVersionError);
    expect(file.prepare("SELECT count(*) AS n FROM sqlite_schema").get()).toEqual({ n: 0 });
  });

  test("are made all or none: a step that fails leaves no half of itself", () => {
    const file = new DatabaseSync(":memory:");
    file.exec("CREATE TABLE job_file (other TEXT)");

    expect(() => new StateDatabase(file)).toThrow("job_file");

    const tables = file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    expect(tables.map((row) => row["name"])).toEqual(["job_file"]);
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
    ).toThrow("UNIQUE");
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
