import { describe, expect, test } from "vitest";

import { DatabaseFile } from "./database-file.ts";
import { ProcessBoundary, ProcessGoneError } from "./process-boundary.ts";

function fileWithTable(keepsChanges: boolean): DatabaseFile {
  const file = new DatabaseFile(keepsChanges);
  const database = file.connect(new ProcessBoundary());
  database.exec("CREATE TABLE IF NOT EXISTS note (text TEXT)");
  return file;
}

function notesOf(file: DatabaseFile): unknown[] {
  const rows = file
    .connect(new ProcessBoundary())
    .prepare("SELECT text FROM note ORDER BY rowid")
    .all();
  return rows.map(({ text }) => text);
}

function note(file: DatabaseFile, synchronous: "FULL" | "NORMAL", text: string): void {
  const database = file.connect(new ProcessBoundary());
  database.exec(`PRAGMA synchronous = ${synchronous}`);
  database.exec("BEGIN IMMEDIATE");
  database.prepare("INSERT INTO note (text) VALUES (?)").run(text);
  database.exec("COMMIT");
}

describe("DatabaseFile", () => {
  test("keeps what was committed when the process is killed, and undoes what was not", () => {
    const file = fileWithTable(false);
    note(file, "NORMAL", "committed");
    const database = file.connect(new ProcessBoundary());
    database.exec("BEGIN IMMEDIATE");
    database.prepare("INSERT INTO note (text) VALUES (?)").run("half done");
    file.rollBack();
    expect(notesOf(file)).toEqual(["committed"]);
  });

  test("loses with the power what was committed without a sync since the last one with", () => {
    const file = fileWithTable(true);
    note(file, "NORMAL", "synced by the next");
    note(file, "FULL", "synced");
    note(file, "NORMAL", "lost");
    file.losePower();
    expect(notesOf(file)).toEqual(["synced by the next", "synced"]);
  });

  test("answers nothing more to a process that is gone", () => {
    const file = fileWithTable(false);
    const boundary = new ProcessBoundary();
    const database = file.connect(boundary);
    boundary.close();
    expect(() => database.exec("SELECT 1")).toThrow(ProcessGoneError);
  });

  test("is empty when it comes from an earlier scenario", () => {
    const file = fileWithTable(false);
    note(file, "FULL", "of an earlier scenario");
    file.dispose();
    expect(notesOf(fileWithTable(false))).toEqual([]);
  });
});
