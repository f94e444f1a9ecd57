import { describe, expect, test } from "vitest";
import { aSource, anIndexEntry, memoryDatabase } from "../testing/fixtures.ts";
import { AccountStore, type StoredAccount } from "../account/account-store.ts";
import { FileIndex } from "./file-index.ts";
import { JobHistory } from "./job-history.ts";
import { PendingUploads, type PendingUpload } from "./pending-uploads.ts";
import { DEFAULT_SETTINGS, SettingsStore } from "./settings-store.ts";
import { SourceStore } from "./source-store.ts";
import type { StateDatabase } from "./state-database.ts";

const ACCOUNT: StoredAccount = {
  serviceUrl: "https://backup.example",
  loginId: "taro",
  password: "open-sesame-9b1f",
  nickname: "太郎",
  token: "token-5c77",
};

/** Every value of every table but the named one, as text. */
function valuesOutside(database: StateDatabase, left: string): string[] {
  const tables = database.all("SELECT name FROM sqlite_schema WHERE type = 'table'");
  return tables
    .map((row) => String(row["name"]))
    .filter((name) => name !== left)
    .flatMap((name) => database.all(`SELECT * FROM ${name}`).flatMap((row) => Object.values(row)))
    .map(String);
}

describe("the settings", () => {
  test("are the defaults until somebody changes them", () => {
    const settings = new SettingsStore(memoryDatabase(), "pc");
    const changed = {
      deviceName: "営業部",
      includeHidden: false,
      compareUpload: true,
      compareDelete: true,
      usageNotice: false,
    };

    expect(settings.read()).toEqual({ ...DEFAULT_SETTINGS, deviceName: "pc" });
    settings.write(changed);
    expect(settings.read()).toEqual(changed);
  });
});

describe("the account", () => {
  test("is the one that logged in last, and nothing of it stays after logout", () => {
    const database = memoryDatabase();
    const accounts = new AccountStore(database);
    expect(accounts.read()).toBeUndefined();

    accounts.write({ ...ACCOUNT, loginId: "hanako" });
    accounts.write(ACCOUNT);
    expect(accounts.read()).toEqual(ACCOUNT);

    accounts.clear();
    expect(accounts.read()).toBeUndefined();
    expect(valuesOutside(database, "nothing").join("\n")).not.toContain(ACCOUNT.password);
  });

  test("has its secrets in its own table and in no other (I10)", () => {
    const database = memoryDatabase();
    new AccountStore(database).write(ACCOUNT);
    new SettingsStore(database, "pc").write({ ...DEFAULT_SETTINGS, deviceName: "pc" });
    const source = aSource(database);
    new JobHistory(database).start(
      {
        kind: "backup",
        trigger: "manual",
        sourceId: source.id,
        sourcePath: source.path,
        settings: null,
        destination: source.destination,
        startedAtMs: 0,
      },
      "B-RUN-1",
    );

    const values = valuesOutside(database, "account").join("\n");

    expect(values).toContain(source.path);
    for (const secret of [ACCOUNT.password, ACCOUNT.token]) expect(values).not.toContain(secret);
  });
});

describe("the sources", () => {
  test("are listed in the order they were added, and no path or name twice", () => {
    const database = memoryDatabase();
    const b = aSource(database, { path: "/b", name: "b" });
    const a = aSource(database, { path: "/a", name: "a" });

    expect(new SourceStore(database).list()).toEqual([b, a]);
    expect(() => aSource(database, { path: "/a", name: "c" })).toThrow("SQLite error");
    expect(() => aSource(database, { path: "/c", name: "a" })).toThrow("SQLite error");
  });

  test("take their index and notes with them, and leave their history", () => {
    const database = memoryDatabase();
    const source = aSource(database);
    const other = aSource(database, { path: "/other", name: "other" });
    const history = new JobHistory(database);
    const { path: sourcePath, destination, id: sourceId } = source;
    const started = {
      kind: "backup",
      trigger: "manual",
      sourceId,
      sourcePath,
      destination,
      startedAtMs: 5,
      settings: null,
    } as const;
    const job = history.start(started, "B-RUN-1");
    for (const { id } of [source, other]) new FileIndex(database, id).put(anIndexEntry());
    new PendingUploads(database, sourceId).put(aNote());

    new SourceStore(database).remove(sourceId);

    expect([...new FileIndex(database, sourceId).inOrder()]).toEqual([]);
    expect(new PendingUploads(database, sourceId).find("a.txt")).toBeUndefined();
    expect([...new FileIndex(database, other.id).inOrder()]).toEqual([anIndexEntry()]);
    expect(history.find(job.id)).toEqual({ ...job, sourceId: null });
  });

  test("never get the number of one that was removed", () => {
    const database = memoryDatabase();
    const first = aSource(database);
    new SourceStore(database).remove(first.id);

    expect(aSource(database).id).toBeGreaterThan(first.id);
  });
});

/** A note of a large file on its way. */
function aNote(given: Partial<PendingUpload> = {}): PendingUpload {
  return {
    key: "a.txt",
    sizeBytes: 5,
    modifiedAtNs: -9_007_199_254_740_993n,
    changedAtNs: 9_007_199_254_740_993n,
    deviceId: "disk",
    fileId: "disk:7",
    upload: { url: "/v1/uploads/1", appendBytesMax: 1_024 },
    ...given,
  };
}

describe("the notes of uploads", () => {
  test("come back as they were written, are replaced and removed by key", () => {
    const database = memoryDatabase();
    const pending = new PendingUploads(database, aSource(database).id);

    pending.put(aNote());
    expect(pending.find("a.txt")).toEqual(aNote());
    pending.put(aNote({ upload: null }));
    expect(pending.find("a.txt")).toEqual(aNote({ upload: null }));
    pending.remove("a.txt");
    expect(pending.find("a.txt")).toBeUndefined();
  });

  test("of one source are not another's", () => {
    const database = memoryDatabase();
    const pending = new PendingUploads(database, aSource(database).id);
    const other = aSource(database, { path: "/other", name: "other" });

    pending.put(aNote());

    expect(new PendingUploads(database, other.id).find("a.txt")).toBeUndefined();
  });
});
