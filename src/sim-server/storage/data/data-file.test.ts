import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import * as fc from "fast-check";
import { expect, onTestFinished, test, vi } from "vitest";

import { MANUAL_BACKUP_FOLDER, SECURITY_AREA } from "../../../protocol/service-path.ts";
import { Upload } from "../stores/upload-store.ts";
import { createStorageService, type StorageService } from "../service/storage-service.ts";
import type { SnapshotRecord } from "../snapshot/snapshot-record.ts";
import { DataFile } from "./data-file.ts";
import { openDataFolder } from "./open-data-folder.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "data-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const clock = { nowMs: (): number => 1_800_000_000_000 };

function serviceOn(data: DataFile, chance = "0"): StorageService {
  return createStorageService({
    clock,
    entropy: { randomHex: (byteCount) => chance.repeat(byteCount * 2) },
    accounts: [
      { loginId: "demo", password: "correct" },
      { loginId: "other", password: "right", contractId: "demo" },
    ],
    data,
  });
}

/** What the service has, in an order of its own: contents are equal whatever pieces they are in. */
function facts(service: StorageService): unknown[] {
  const contents = new Map<string, Buffer[]>();
  const others: SnapshotRecord[] = [];
  for (const record of service.records()) {
    if (record.record !== "content") others.push(record);
    else contents.set(record.sha256, [...(contents.get(record.sha256) ?? []), record.bytes]);
  }
  return [
    ...[...contents].map(([sha256, all]) => [sha256, Buffer.concat(all).toString()]),
    ...others,
  ]
    .map((each) => JSON.stringify(each))
    .toSorted();
}

/** What a process that starts now would find: the files as the operating system has them. */
function afterKill(folder: string): unknown[] {
  const copy = temporaryFolder();
  for (const name of ["service.db", "service.db-wal"]) {
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(copy, name));
  }
  expect(piecesOfNobody(copy)).toBe(0);
  const data = openDataFolder(copy);
  const found = facts(serviceOn(data));
  void data.close();
  return found;
}

/** How many pieces are in the file that belong to no content and no upload: nobody would ever delete them. */
function piecesOfNobody(folder: string): number {
  const database = new DatabaseSync(join(folder, "service.db"));
  const row = database
    .prepare(
      `SELECT count(*) AS count FROM piece WHERE blob_id NOT IN (SELECT blob_id FROM content)
         AND blob_id NOT IN (SELECT blob_id FROM upload)`,
    )
    .get();
  database.close();
  return Number(row?.["count"]);
}

/** Comes back once in each turn of the loop until `done`. */
async function* turnsUntil(done: Promise<unknown>): AsyncGenerator<"turn"> {
  const over = done.then(() => "over" as const);
  const turn = async (): Promise<"turn"> => {
    await new Promise((resolve) => setImmediate(resolve));
    return "turn";
  };
  while ((await Promise.race([over, turn()])) === "turn") yield "turn";
}

const ROOT = [SECURITY_AREA, MANUAL_BACKUP_FOLDER];

const names = fc.array(fc.constantFrom("a", "b", "ファイル"), { minLength: 1, maxLength: 3 });
const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant("put" as const),
      path: names,
      text: fc.string({ maxLength: 5 }),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constantFrom("file" as const, "folder" as const), path: names }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constantFrom("mode" as const, "attributes" as const),
      path: names,
      mode: fc.constantFrom("0600", "0755"),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant("move" as const),
      kind: fc.constantFrom("file" as const, "folder" as const),
      path: names,
      to: names,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      do: fc.constantFrom(
        "password" as const,
        "quota" as const,
        "reset" as const,
        "restore" as const,
      ),
    }),
  },
);

function take(
  service: StorageService,
  each: typeof step extends fc.Arbitrary<infer S> ? S : never,
): void {
  const explorer = service.explorer("demo");
  switch (each.do) {
    case "put":
      explorer.put([...ROOT, ...each.path], each.text);
      return;
    case "move":
      explorer.rename(each.kind, [...ROOT, ...each.path], [...ROOT, ...each.to]);
      return;
    case "mode": {
      const { storage } = service.accounts.get("demo").contract;
      const path = [...ROOT, ...each.path];
      const [newest] = storage.file(path).generations;
      if (newest !== undefined) storage.setFileMode(path, { ...newest, mode: each.mode });
      return;
    }
    case "attributes": {
      const { storage } = service.accounts.get("demo").contract;
      const attributes = { modifiedAtNs: "1", mode: each.mode };
      storage.setFolderAttributes([...ROOT, ...each.path], attributes);
      return;
    }
    case "password":
      return service.accounts.setPassword("demo", "changed");
    case "quota":
      return service.accounts.setQuotaBytes("demo", explorer.usage().quotaBytes + 1);
    case "reset":
      return service.reset();
    case "restore":
      return service.restore(service.snapshot());
    default:
      explorer.delete(each.do, [...ROOT, ...each.path]);
  }
}

test("what was settled is there after a kill, whatever was done", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 15 }), async (steps) => {
      const folder = temporaryFolder();
      const data = openDataFolder(folder);
      const service = serviceOn(data);
      for (const each of steps) {
        try {
          take(service, each);
        } catch {
          // What the service refuses changes nothing.
        }
        await service.settled();
        expect(afterKill(folder)).toEqual(facts(service));
      }
      await data.close();
    }),
    { numRuns: 25 },
  );
});

test("what was not settled is gone whole, not in part", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  const service = serviceOn(data);
  await service.settled();
  const before = afterKill(folder);
  service.explorer("demo").put([...ROOT, "b", "c"], "text");
  expect(afterKill(folder)).toEqual(before);
  await data.close();
});

test("changes made while everything is written anew are kept too", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  const service = serviceOn(data);
  const explorer = service.explorer("demo");
  for (let index = 0; index < 5_000; index += 1) explorer.put([...ROOT, "many", `${index}`], "x");
  service.restore(service.snapshot());
  const settling = service.settled();
  await new Promise((resolve) => setImmediate(resolve));
  explorer.put([...ROOT, "many", "one more"], "y");
  explorer.delete("file", [...ROOT, "many", "17"]);
  await settling;
  await service.settled();
  expect(afterKill(folder)).toEqual(facts(service));
  await data.close();
});

test("a kill in the middle of much that is written finds what was there at one moment", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  const service = serviceOn(data);
  await service.settled();
  const moments = [JSON.stringify(facts(service))];
  const explorer = service.explorer("demo");
  // The same files again and again: what waits tells of contents that are gone since.
  for (let index = 0; index < 6; index += 1) {
    explorer.put([...ROOT, "many", `${index % 2}`], `${index}`.repeat(3 * 2 ** 20));
    explorer.put([...ROOT, "small"], `${index}`);
    moments.push(JSON.stringify(facts(service)));
    // Ends the moment, and nothing else.
    await Promise.resolve();
  }
  explorer.delete("file", [...ROOT, "many", "1"]);
  moments.push(JSON.stringify(facts(service)));
  const found = new Set<number>();
  for await (const _turn of turnsUntil(service.settled())) {
    found.add(moments.indexOf(JSON.stringify(afterKill(folder))));
  }
  expect(found).not.toContain(-1);
  // Not all in one: a transaction without end would be taken over in one go.
  expect(found.size).toBeGreaterThan(2);
  expect(afterKill(folder)).toEqual(facts(service));
  await data.close();
});

test("a content of many bytes is written in turns, with others in between", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  const service = serviceOn(data);
  await service.settled();
  service.explorer("demo").put([...ROOT, "large"], "x".repeat(8 * 2 ** 20));
  const turns = await Array.fromAsync(turnsUntil(service.settled()));
  expect(turns.length).toBeGreaterThanOrEqual(8);
  await data.close();
});

test("stores that are replaced while others are written down are kept before that is told", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  const service = serviceOn(data);
  const explorer = service.explorer("demo");
  for (let index = 0; index < 5_000; index += 1) explorer.put([...ROOT, "many", `${index}`], "x");
  service.restore(service.snapshot());
  const first = service.settled();
  await new Promise((resolve) => setImmediate(resolve));
  service.reset();
  await service.settled();
  expect(afterKill(folder)).toEqual(facts(service));
  await first;
  await data.close();
});

test("an upload is there with its bytes, and its file once it is complete", async () => {
  const folder = temporaryFolder();
  const first = openDataFolder(folder);
  const entropy = { randomHex: (byteCount: number): string => "1".repeat(byteCount * 2) };
  const state = { clock, entropy, memoryBytesMax: Number.POSITIVE_INFINITY };
  const service = serviceOn(first);
  await service.settled();
  await first.close();

  const second = openDataFolder(folder);
  const stores = second.load(state);
  if (stores === undefined) throw new Error("nothing was kept");
  stores.journal.to = second;
  const account = stores.accounts.get("demo");
  const place = { folderId: "d1", timeline: "t", revision: 1 };
  const preconditions = { place, ifMatch: null, ifNoneMatch: "*" } as const;
  const target = { account, path: ["a", "b"], modifiedAtNs: "1", mode: "0640", preconditions };
  const { memory, journal } = stores;
  const upload = new Upload({
    id: "u1",
    target,
    sha256: null,
    lengthBytes: 6,
    nowMs: clock.nowMs(),
    memory,
    journal,
  });
  stores.uploads.add(upload);
  upload.append(Buffer.from("abc"));
  await second.close();

  const third = openDataFolder(folder);
  const again = third.load(state);
  const found = again?.uploads.get("u1");
  expect(found).toMatchObject({
    offset: 3,
    lengthBytes: 6,
    target: { path: ["a", "b"], preconditions },
  });
  expect(Buffer.concat([...(found?.chunks ?? [])]).toString()).toBe("abc");
  if (again === undefined || found === undefined) throw new Error("no upload was kept");
  again.journal.to = third;
  found.append(Buffer.from("def"));
  const { storage } = again.accounts.get("demo").contract;
  storage.tree.ensureFolder(["a"], 0);
  const sha256 = found.digest();
  found.handOver();
  const bytes = { sizeBytes: 6, chunks: found.chunks };
  storage.commitFile({ path: ["a", "b"], bytes, sha256, modifiedAtNs: "1", anyName: true });
  found.result = { sha256, etag: null };
  found.dropBytes();
  again.uploads.touch(found);
  await third.close();

  const last = openDataFolder(folder);
  const after = last.load(state);
  expect(after?.uploads.get("u1")).toMatchObject({ offset: 6, result: { sha256 } });
  const stored = after?.accounts.get("demo").contract.storage;
  const generation = stored?.file(["a", "b"]).generations[0];
  expect(generation && Buffer.concat([...(stored?.read(generation).chunks ?? [])]).toString()).toBe(
    "abcdef",
  );
  await last.close();
});

test("accounts that are kept already stay as they are, and new ones are added", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  const service = serviceOn(data);
  service.accounts.setPassword("demo", "changed");
  await service.settled();
  await data.close();
  const again = serviceOn(openDataFolder(folder));
  expect(again.accounts.authenticate("demo", "changed")?.loginId).toBe("demo");
  expect(again.accounts.authenticate("demo", "correct")).toBeUndefined();
});

test("is for its owner alone", async () => {
  const folder = join(temporaryFolder(), "new");
  const data = openDataFolder(folder);
  expect(statSync(folder).mode & 0o777).toBe(0o700);
  expect(statSync(join(folder, "service.db")).mode & 0o777).toBe(0o600);
  await data.close();
});

test("a folder in use, or with something else in it, is refused by name", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  expect(() => openDataFolder(folder)).toThrow(
    `${join(folder, "service.db")} cannot be used: another process uses it`,
  );
  await data.close();

  const foreign = temporaryFolder();
  const database = new DatabaseSync(join(foreign, "service.db"));
  database.exec("CREATE TABLE other (a)");
  database.close();
  expect(() => openDataFolder(foreign)).toThrow("it is the file of another program");

  const damaged = temporaryFolder();
  writeFileSync(
    join(damaged, "service.db"),
    "no database at all, but longer than a header ".repeat(100),
  );
  expect(() => openDataFolder(damaged)).toThrow("file is not a database");
});

test("a change that cannot be written is refused, and all of it is written once it can be", async () => {
  const folder = temporaryFolder();
  const data = openDataFolder(folder);
  const service = serviceOn(data);
  await service.settled();
  const commit = vi.spyOn(DatabaseSync.prototype, "exec").mockImplementation(function (
    this: DatabaseSync,
    sql,
  ) {
    if (sql === "COMMIT")
      throw Object.assign(new Error("database or disk is full"), { errcode: 13 });
    this.prepare(sql).run();
  });
  try {
    service.explorer("demo").put([...ROOT, "a"], "text");
    await expect(service.settled()).rejects.toMatchObject({ code: "service-unavailable" });
    await expect(service.settled()).rejects.toThrow("disk is full");
  } finally {
    commit.mockRestore();
  }
  service.explorer("demo").put([...ROOT, "b"], "more");
  await service.settled();
  expect(afterKill(folder)).toEqual(facts(service));
  await data.close();
});

test("what a client knows of a folder holds over a restart, and not for an older copy of the folder", async () => {
  const folder = temporaryFolder();
  const first = openDataFolder(folder);
  const service = serviceOn(first);
  const { storage } = service.accounts.get("demo").contract;
  storage.createFolder(["セキュリティ領域", "a"], "area");
  await service.settled();
  await first.close();
  const older = temporaryFolder();
  cpSync(folder, older, { recursive: true });

  const second = openDataFolder(folder);
  const again = serviceOn(second, "1");
  const later = again.accounts.get("demo").contract.storage;
  const at = ["セキュリティ領域", "a"];
  later.assertPlace(at, storage.placeTag(storage.folder(at)));
  later.createFolder([...at, "b"], "area");
  const known = later.placeTag(later.folder(at));
  await again.settled();
  await second.close();

  const third = openDataFolder(older);
  const copy = serviceOn(third, "2").accounts.get("demo").contract.storage;
  copy.createFolder([...at, "c"], "area");
  copy.createFolder([...at, "d"], "area");
  expect(() => copy.assertPlace(at, known)).toThrow("put back");
  await third.close();
});

test("a service that is started again in its place has what was settled, and writes on where it stopped", async () => {
  const file = new DataFile(":memory:");
  const service = serviceOn(file);
  const explorer = service.explorer("demo");
  const at = (name: string): string[] => [SECURITY_AREA, MANUAL_BACKUP_FOLDER, name];
  explorer.put(at("a"), "one");
  await service.settled();
  explorer.put(at("b"), "never settled");
  service.restart();
  expect(explorer.file(at("b"))).toBeUndefined();
  explorer.put(at("c"), "three");
  await service.settled();
  service.restart();
  expect(String(explorer.read(at("a")))).toBe("one");
  expect(String(explorer.read(at("c")))).toBe("three");
  await file.close();
});

test("a service that keeps nothing cannot be started again", () => {
  const service = createStorageService({ clock, entropy: { randomHex: () => "0" } });
  expect(() => service.restart()).toThrow("nothing to start from");
});
