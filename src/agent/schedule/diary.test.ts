import { DatabaseSync } from "node:sqlite";

import { expect, test } from "vitest";

import { StateDatabase } from "../state/state-database.ts";
import { Diary } from "./diary.ts";

/** A state file on a disk that a test fills up: no commit succeeds there. */
class FullableFile {
  isFull = false;
  readonly #file = new DatabaseSync(":memory:");
  readonly database = new StateDatabase({
    exec: (sql) => {
      if (this.isFull && sql === "COMMIT") {
        this.#file.exec("ROLLBACK");
        throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
      }
      this.#file.exec(sql);
    },
    prepare: (sql) => this.#file.prepare(sql),
    close: () => this.#file.close(),
  });
}

test("a line that finds no room counts, and is written in its order once there is some", () => {
  const file = new FullableFile();
  const diary = new Diary(file.database);
  diary.note("logged-in", 1);
  file.isFull = true;

  diary.note("tool-started", 2);
  diary.note("logged-out", 3);

  const lines = [
    { atMs: 1, event: "logged-in" },
    { atMs: 2, event: "tool-started" },
    { atMs: 3, event: "logged-out" },
  ];
  expect(diary.isBehind).toBe(true);
  expect(diary.entries()).toEqual(lines);
  expect(new Diary(file.database).entries()).toEqual(lines.slice(0, 1));

  file.isFull = false;
  diary.catchUp();

  expect(diary.isBehind).toBe(false);
  expect(new Diary(file.database).entries()).toEqual(lines);
});

test("what is wrong with the file beside its room is thrown", () => {
  const file = new FullableFile();
  const diary = new Diary(file.database);
  file.database.run("DROP TABLE diary");
  expect(() => diary.note("tool-started", 1)).toThrow("damaged");
});
