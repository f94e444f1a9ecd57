import { DatabaseSync } from "node:sqlite";

import type { MailSettings } from "../mail/checked-settings.ts";
import type { IndexEntry } from "../core/difference.ts";
import type { MailReport } from "../mail/text.ts";
import type { ComparedTarget } from "../jobs/backup/compare.ts";
import type { Target } from "../jobs/backup/scan-item.ts";
import type { MailServer } from "../ports/mailer.ts";
import type { DiskStat } from "../ports/source-disk.ts";
import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";
import type { SourceFolder } from "../state/records.ts";
import { StateDatabase } from "../state/state-database.ts";
import { SourceStore } from "../state/source-store.ts";
import { DEFAULT_TUNING, type Tuning } from "../tuning.ts";

/** An empty state database in memory. */
export function memoryDatabase(): StateDatabase {
  return new StateDatabase(new DatabaseSync(":memory:"));
}

/** Where `aSource` goes on the service. */
export const DESTINATION = "セキュリティ領域/自動バックアップ/管理者フォルダ(taro)/pc/source";

/** A source folder that the database knows. */
export function aSource(
  database: StateDatabase,
  given: Partial<Omit<SourceFolder, "id">> = {},
): SourceFolder {
  return new SourceStore(database).add({
    path: "/source",
    name: "source",
    destination: DESTINATION,
    addedAtMs: 0,
    ...given,
  });
}

/** The state of a settled file of 5 bytes. */
export function aStat(given: Partial<DiskStat> = {}): DiskStat {
  return {
    kind: "file",
    sizeBytes: 5,
    modifiedAtNs: 1_000n,
    changedAtNs: 1_000n,
    mode: 0o644,
    fileId: "disk:1",
    deviceId: "disk",
    ...given,
  };
}

/** What the index remembers of the file of `aStat`. */
export function anIndexEntry(given: Partial<IndexEntry> = {}): IndexEntry {
  return {
    key: "a.txt",
    sizeBytes: 5,
    modifiedAtNs: 1_000n,
    changedAtNs: 1_000n,
    mode: 0o644,
    sha256: "00".repeat(32),
    settled: true,
    deviceId: "disk",
    fileId: "disk:1",
    ...given,
  };
}

/** A file that is to be backed up; a key that ends in `/` makes it a folder. */
export function aTarget(given: { readonly key?: string; readonly stat?: DiskStat } = {}): Target {
  const { key = "a.txt", stat = aStat() } = given;
  const path = key.replace(/\/$/, "");
  const entryKind = key.endsWith("/") ? "folder" : "file";
  return { kind: "target", entryKind, key, path, diskPath: `/source/${path}`, stat };
}

/** A new file of some size, compared. */
export function aNewFile(sizeBytes: number, key = "a.txt"): ComparedTarget {
  const stat = aStat({ sizeBytes });
  return { ...aTarget({ key, stat }), known: undefined, isUnchanged: false, isModeSaved: false };
}

/** A completed row of the details. */
export function aJobFile(given: Partial<JobFileRecord> = {}): JobFileRecord {
  return {
    jobId: 1,
    position: 1,
    path: "a.txt",
    pathBase64: null,
    entryKind: "file",
    status: "completed",
    causes: [],
    sizeBytes: 5,
    detail: null,
    ...given,
  };
}

/** A completed backup of one new file, from 12:00:00 to 12:00:12 in Tokyo. */
export function aJob(given: Partial<JobRecord> = {}): JobRecord {
  return {
    id: 1,
    kind: "backup",
    trigger: "schedule",
    slotDay: 20_000,
    sourceId: 1,
    sourcePath: "/source",
    destination: DESTINATION,
    startedAtMs: Date.UTC(2026, 10, 21, 3, 0, 0),
    endedAtMs: Date.UTC(2026, 10, 21, 3, 0, 12),
    status: "completed",
    causes: ["B-OK-1"],
    settings: null,
    targetCount: 2,
    targetFileCount: 2,
    targetBytes: 4_096,
    processedCount: 2,
    transferredFileCount: 1,
    transferredBytes: 2_048,
    excludedCount: 0,
    detail: null,
    ...given,
  };
}

/** What a mail is to tell of these jobs, none with a file in trouble. */
export function aReport(jobs: readonly JobRecord[]): MailReport {
  return {
    deviceName: "営業部PC",
    zone: "Asia/Tokyo",
    jobs: jobs.map((job) => ({ job, troubledFiles: [], troubledFileCount: 0 })),
  };
}

/** Mail settings with a login. */
export function mailSettings(
  given: Partial<Omit<MailSettings, "server">> = {},
  server: Partial<MailServer> = {},
): MailSettings {
  return {
    server: {
      host: "smtp.example.com",
      port: 465,
      user: "taro",
      password: "mail-sesame-4f2c",
      secure: true,
      ...server,
    },
    from: "pc@example.com",
    to: ["taro@example.com"],
    ...given,
  };
}

/** Tuning with small sizes: batches up to 10 bytes a file, whole files up to 20, pieces of 8. */
export function smallTuning(given: Partial<Tuning> = {}): Tuning {
  return {
    ...DEFAULT_TUNING,
    batchedFileBytesMax: 10,
    wholeFileBytesMax: 20,
    appendBytes: 8,
    ...given,
  };
}

/** A file's content that `smallTuning` has in a batch. */
export const SMALL = "small";
/** A file's content that `smallTuning` has in one PUT. */
export const WHOLE = "sent by a PUT";
/** A file's content that `smallTuning` has in a resumable upload of four pieces. */
export const LARGE = "larger than what goes in a PUT";
