import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import { COMPLETED, type FileOutcome } from "../../core/file-outcome.ts";
import { JOB_CAUSES } from "../../core/job-causes.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import { RowRecorder, type JobTotals, type RowRecorderOptions } from "../row-recorder.ts";
import type { FileToRestore, LeftOut, RestoreItem } from "./restore-item.ts";
import type { SettledEntry } from "./settled-entry.ts";
import type { Message } from "../../../messages/message.ts";

/** Writes what happens in a restore: rows of the details and counters. */
export class RestoreRecorder extends RowRecorder<RestoreCauseId> {
  #processedBytes = 0;
  readonly #underWayBytes = new Map<number, number>();
  #expected: JobTotals = { fileCount: 0, sizeBytes: 0 };
  #isAllExpected = false;

  constructor(options: RowRecorderOptions) {
    super(options, JOB_CAUSES.restore);
  }

  /** Size of the files that have their final status, and what is done of those under way. */
  protected override get bytesDone(): number {
    return this.#underWayBytes.values().reduce((sum, bytes) => sum + bytes, this.#processedBytes);
  }

  /** Null until the plan came to its end. */
  protected override get totals(): JobTotals | null {
    return this.#isAllExpected ? this.#expected : null;
  }

  /** Something was planned. */
  expect(item: RestoreItem): void {
    this.#expectMore(1, item.kind === "file" ? item.sizeBytes : 0);
  }

  /** Everything was planned. */
  expectNoMore(): void {
    this.#isAllExpected = true;
  }

  /** A file's turn has come: writes its pending row and resolves to the position of its final one. */
  begin(file: FileToRestore): number {
    this.count({ targetCount: 1, targetFileCount: 1, targetBytes: file.sizeBytes });
    const position = this.putPending(rowOf(file));
    this.flushWhenDue();
    return position;
  }

  /** So much of a file has come; only for progress. */
  advance(file: FileToRestore, position: number, doneBytes: number): void {
    this.#underWayBytes.set(position, doneBytes);
    this.tellProgress(file.path);
  }

  /** A file was fetched and stands where it belongs; `sizeBytes` is what came. */
  restored(file: FileToRestore, position: number, sizeBytes: number, detail: Message | null): void {
    this.count({
      targetBytes: sizeBytes - file.sizeBytes,
      transferredFileCount: 1,
      transferredBytes: sizeBytes,
    });
    this.#finish({ ...rowOf(file), sizeBytes }, { ...COMPLETED, detail }, position);
  }

  /** A file got its final status without being fetched whole. */
  finish(file: FileToRestore, position: number, outcome: FileOutcome<RestoreCauseId>): void {
    this.#finish(rowOf(file), outcome, position);
  }

  /** A file was left out, because of what stands in its place. */
  exclude(file: FileToRestore, position: number, detail: Message): void {
    this.#underWayBytes.delete(position);
    this.#expectMore(-1, -file.sizeBytes);
    this.count({
      targetCount: -1,
      targetFileCount: -1,
      targetBytes: -file.sizeBytes,
      excludedCount: 1,
    });
    this.putExcluded({ ...rowOf(file), detail }, position);
    this.flushWhenDue();
  }

  /** Writes the row of what is not restored. */
  leaveOut({ row, why }: LeftOut): void {
    this.#expectMore(-1, 0);
    this.count({ excludedCount: 1 });
    this.putExcluded({ ...row, detail: why });
    this.flushWhenDue();
  }

  /** Writes the row of what has its outcome already. */
  settle({ row, outcome }: SettledEntry): void {
    this.count({ targetCount: 1, processedCount: 1 });
    this.putFinal(row, outcome);
    this.flushWhenDue();
  }

  #expectMore(count: number, bytes: number): void {
    const { fileCount, sizeBytes } = this.#expected;
    this.#expected = { fileCount: fileCount + count, sizeBytes: sizeBytes + bytes };
  }

  #finish(
    row: Pick<JobFileRecord, "path" | "entryKind" | "sizeBytes">,
    outcome: FileOutcome<RestoreCauseId>,
    position: number,
  ): void {
    this.#underWayBytes.delete(position);
    this.#processedBytes += row.sizeBytes;
    this.count({ processedCount: 1 });
    this.putFinal(row, outcome, position);
    this.flushWhenDue();
  }
}

function rowOf(file: FileToRestore): Pick<JobFileRecord, "path" | "entryKind" | "sizeBytes"> {
  return { path: file.path, entryKind: "file", sizeBytes: file.sizeBytes };
}
