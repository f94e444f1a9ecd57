import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import { makeState } from "./state-file.ts";

/** What the page is called that describes the tables, and its kin. */
const SCHEMA_PAGES = "SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'";

const PAGE_BYTES = 4_096;

/** Where in the head of a file the number of its pages stands. */
const PAGE_COUNT_AT = 28;

/**
 * Ways to read a damaged file, each a copy of its own in `work`: with the log beside it, without (it may be
 * another file's), and each with the description of the tables put right. A power loss or a bad disk often
 * spoils just the first page, which nothing can be read without. `setAside` is not touched.
 */
export function* patchedCopies(setAside: string, work: string): Generator<string, void> {
  const damaged = join(setAside, "agent.db");
  // Nothing can be read of a folder that stood in the place of the file.
  if (statSync(damaged, { throwIfNoEntry: false })?.isFile() !== true) return;
  const hasLog = existsSync(`${damaged}-wal`);
  for (const withLog of hasLog ? [true, false] : [false]) {
    yield copy(damaged, join(work, withLog ? "with-log" : "alone"), withLog);
  }
  const model = join(work, "model.db");
  makeState(model);
  for (const withLog of hasLog ? [true, false] : [false]) {
    const path = copy(damaged, join(work, withLog ? "patched-with-log" : "patched"), withLog);
    if (putSchemaRight(path, model)) yield path;
  }
}

function copy(damaged: string, folder: string, withLog: boolean): string {
  mkdirSync(folder, { mode: 0o700 });
  const path = join(folder, "agent.db");
  copyFileSync(damaged, path);
  if (withLog) copyFileSync(`${damaged}-wal`, `${path}-wal`);
  return path;
}

/**
 * Puts the pages that describe the tables in the place of those of the damaged file. They are the same in
 * every file that this version made from its beginning on.
 */
function putSchemaRight(path: string, modelPath: string): boolean {
  const bytes = readFileSync(path);
  const pageCount = Math.floor(bytes.length / PAGE_BYTES);
  if (pageCount === 0) return false;
  const model = readFileSync(modelPath);
  for (const page of schemaPagesOf(modelPath)) {
    if (page > pageCount) return false;
    model.copy(bytes, (page - 1) * PAGE_BYTES, (page - 1) * PAGE_BYTES, page * PAGE_BYTES);
  }
  bytes.writeUInt32BE(pageCount, PAGE_COUNT_AT);
  writeFileSync(path, bytes);
  return true;
}

function schemaPagesOf(path: string): readonly number[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    return database
      .prepare(SCHEMA_PAGES)
      .all()
      .map(({ pageno }) => Number(pageno));
  } finally {
    database.close();
  }
}
