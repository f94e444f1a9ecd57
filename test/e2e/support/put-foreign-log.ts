import { copyFileSync, rmSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

/** Puts the write-ahead log of another program's database beside the state file at `path`. */
export function putForeignLog(path: string): void {
  const other = new DatabaseSync(`${path}.other`);
  other.exec("PRAGMA journal_mode = WAL; CREATE TABLE note (text TEXT)");
  for (let number = 0; number < 300; number += 1) {
    other.exec(`INSERT INTO note VALUES ('${"x".repeat(200)}')`);
  }
  copyFileSync(`${path}.other-wal`, `${path}-wal`);
  other.close();
  rmSync(`${path}.other`);
}
