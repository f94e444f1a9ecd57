import { randomBytes } from "node:crypto";

import { afterEach, describe, expect, test } from "vitest";
import { HttpConnection } from "../../src/agent/adapters/http-service/http-connection.ts";
import { HttpService } from "../../src/agent/adapters/http-service/http-service.ts";
import { HttpSessionService } from "../../src/agent/adapters/http-service/http-session-service.ts";
import { NodeClock } from "../../src/agent/adapters/node-clock.ts";
import { NodeDialer } from "../../src/agent/adapters/node-dialer.ts";
import { sha256Hex } from "../../src/agent/core/sha256.ts";
import type { Service, SmallFile } from "../../src/agent/ports/service.ts";
import { MemoryService } from "../../src/agent/testing/memory-service.ts";
import { tinyHttpServer } from "../../src/agent/testing/tiny-server.ts";
import { destinationPath } from "../../src/protocol/service-path.ts";
import { createStorageService } from "../../src/sim-server/storage/service/storage-service.ts";

const QUOTA_BYTES = 1_000;
const DESTINATION = destinationPath("taro", "pc", "source");

const opened: AsyncDisposable[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

/** The agent's HTTP client before the simulated storage service, over a real port. */
async function storageService(): Promise<Service> {
  const storage = createStorageService({
    clock: { nowMs: () => Date.UTC(2026, 10, 21, 3) },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [{ loginId: "taro", password: "secret", quotaBytes: QUOTA_BYTES }],
    checkContract: true,
  });
  const server = await tinyHttpServer(storage.listener);
  const connection = new HttpConnection({
    serviceUrl: server.url,
    dialer: new NodeDialer(),
    clock: new NodeClock(),
    silenceMsMax: 5_000,
  });
  const stop = async (): Promise<void> => {
    connection.close();
    await server[Symbol.asyncDispose]();
    expect(storage.internalErrors).toEqual([]);
  };
  opened.push({ [Symbol.asyncDispose]: stop });
  const { token } = await new HttpSessionService(connection).login("taro", "secret", "pc");
  return new HttpService(connection, { token: () => token, renew: () => Promise.resolve(token) });
}

async function fakeService(): Promise<Service> {
  const service = new MemoryService();
  service.quotaBytes = QUOTA_BYTES;
  return service;
}

function file(text: string, given: Partial<SmallFile> = {}): SmallFile {
  const content = Buffer.from(text);
  const path = [...DESTINATION, "a.txt"];
  return {
    kind: "file",
    path,
    modifiedAtNs: 5n,
    mode: 0o640,
    content,
    sha256: sha256Hex(content),
    ...given,
  };
}

function refusedAs(code: string): unknown {
  const problem = expect.objectContaining({ code });
  return expect.objectContaining({ failure: { kind: "refused", problem } });
}

describe.each([
  ["the storage service over HTTP", storageService],
  ["the service of unit tests", fakeService],
])("%s", (_, makeService) => {
  /** A service with the destination in place. */
  async function ready(): Promise<Service> {
    const service = await makeService();
    await service.createFolder(DESTINATION);
    return service;
  }

  test("deletes a file with its generations, and says when it was gone already", async () => {
    const service = await ready();
    await service.putFile(file("one"));
    await service.putFile(file("two"));

    const path = [...DESTINATION, "a.txt"];
    expect(await service.deleteFile(path)).toBe(true);
    expect(await service.file(path)).toBeUndefined();
    expect(await service.listGenerations(path)).toBeUndefined();
    expect(await service.deleteFile(path)).toBe(false);
  });

  test("deletes a folder only when nothing is in it", async () => {
    const service = await ready();
    const [outer, inner] = [
      [...DESTINATION, "d"],
      [...DESTINATION, "d", "e"],
    ];
    await service.putFile(file("one", { path: [...inner, "a.txt"] }));

    expect(await service.deleteEmptyFolder(inner)).toBe("not-empty");
    await service.deleteFile([...inner, "a.txt"]);
    expect(await service.deleteEmptyFolder(outer)).toBe("not-empty");
    expect(await service.deleteEmptyFolder(inner)).toBe("deleted");
    expect(await service.deleteEmptyFolder(inner)).toBe("gone");
    expect(await service.deleteEmptyFolder(outer)).toBe("deleted");
    expect(await service.placeTag(DESTINATION)).toBeDefined();
  });

  test("lists all below a folder in order of key, whatever is asked for page by page", async () => {
    const service = await ready();
    for (const name of ["a.txt", "a", "a!"]) {
      await service.putFile(file(name, { path: [...DESTINATION, name] }));
    }
    await service.putFile(file("x", { path: [...DESTINATION, "a", "x"] }));

    const { entries } = await service.listPage(DESTINATION, { recursive: true });

    const prefix = `${DESTINATION.join("/")}/`;
    const keys = entries.map(
      ({ kind, path }) => path.slice(prefix.length) + (kind === "folder" ? "/" : ""),
    );
    expect(keys).toEqual(["a", "a!", "a.txt", "a/", "a/x"]);
  });

  test("has a folder once it was created, however often", async () => {
    const service = await makeService();
    expect(await service.placeTag(DESTINATION)).toBeUndefined();

    await service.createFolder(DESTINATION);
    await service.createFolder(DESTINATION);

    expect(await service.placeTag(DESTINATION)).toBeDefined();
  });

  test("takes and gives for one very folder only what is in it", async () => {
    const service = await ready();
    const tag = await service.placeTag(DESTINATION);
    if (tag === undefined) throw new Error("there is no destination");
    const placed = service.within(tag);

    await placed.putFile(file("one"));
    expect(await placed.deleteFile([...DESTINATION, "a.txt"])).toBe(true);
    expect(await placed.placeTag(DESTINATION)).toMatchObject({ folderId: tag.folderId });
    expect(placed.place.revision).toBeGreaterThanOrEqual(tag.revision);
    const elsewhere = service.within({ ...tag, folderId: "another" });
    expect(await elsewhere.placeTag(DESTINATION)).toBeUndefined();
    await expect(elsewhere.putFile(file("two"))).rejects.toEqual(refusedAs("folder-changed"));
    expect(await elsewhere.putBatch([file("two")])).toMatchObject([
      { outcome: "refused", problem: { code: "folder-changed" } },
    ]);
    const later = service.within({ ...tag, timeline: "another" });
    expect(await later.placeTag(DESTINATION)).toBeUndefined();
    await expect(later.putFile(file("two"))).rejects.toEqual(refusedAs("state-changed"));
    await expect(later.listPage(DESTINATION)).rejects.toEqual(refusedAs("state-changed"));
    expect(await service.file([...DESTINATION, "a.txt"])).toBeUndefined();
  });

  test("has a file as it was put, and none before", async () => {
    const service = await ready();
    const sent = file("content", { modifiedAtNs: -1_234_567_890_123_456_789n });
    expect(await service.file(sent.path)).toBeUndefined();

    await service.putFile(sent);

    expect(await service.file(sent.path)).toMatchObject({
      sizeBytes: 7,
      modifiedAtNs: "-1234567890123456789",
      sha256: sent.sha256,
    });
  });

  test("takes a put or a commit of what it has already for no new generation", async () => {
    const service = await ready();
    for (let count = 0; count < 3; count += 1) await service.putFile(file("content"));
    await service.putBatch([file("content")]);
    const { url } = await service.createUpload(file("").path, {
      sizeBytes: 7,
      modifiedAtNs: 5n,
      mode: 0o600,
    });
    await service.appendUpload(url, 0, Buffer.from("content"));
    await service.completeUpload(url, 7, file("content").sha256);

    expect(await service.contract()).toMatchObject({ usedBytes: 7, freeBytes: QUOTA_BYTES - 7 });
  });

  test("counts another content as another generation", async () => {
    const service = await ready();

    await service.putFile(file("content"));
    await service.putFile(file("more content"));

    expect(await service.contract()).toMatchObject({ usedBytes: 19 });
  });

  test("answers the parts of a batch one by one, in order", async () => {
    const service = await ready();
    const folder = { kind: "folder", path: [...DESTINATION, "d"] } as const;
    const tooLarge = file("x".repeat(QUOTA_BYTES + 1), { path: [...DESTINATION, "big"] });

    const results = await service.putBatch([file("content"), tooLarge, folder]);

    expect(results).toMatchObject([
      { outcome: "committed", file: { sha256: file("content").sha256 } },
      { outcome: "refused", problem: { code: "insufficient-capacity" } },
      { outcome: "committed", file: null },
    ]);
    expect(await service.placeTag(folder.path)).toBeDefined();
  });

  test("refuses what does not fit, at once and before a byte of it", async () => {
    const service = await ready();
    const large = file("x".repeat(QUOTA_BYTES + 1));

    await expect(service.putFile(large)).rejects.toEqual(refusedAs("insufficient-capacity"));
    const creating = service.createUpload(large.path, {
      sizeBytes: QUOTA_BYTES + 1,
      modifiedAtNs: 0n,
      mode: 0o600,
    });
    await expect(creating).rejects.toEqual(refusedAs("insufficient-capacity"));
    expect(await service.contract()).toMatchObject({ usedBytes: 0 });
  });

  test("refuses what goes into a destination that is gone", async () => {
    const service = await makeService();

    await expect(service.putFile(file("content"))).rejects.toEqual(refusedAs("parent-missing"));
    expect(await service.putBatch([file("content")])).toMatchObject([
      { outcome: "refused", problem: { code: "parent-missing" } },
    ]);
  });

  test("says of an upload how far it came, and commits it by its digest", async () => {
    const service = await ready();
    const { path, sha256 } = file("0123456789");
    const { url, appendBytesMax } = await service.createUpload(path, {
      sizeBytes: 10,
      modifiedAtNs: 5n,
      mode: 0o600,
    });

    expect(appendBytesMax).toBeGreaterThan(10);
    expect(await service.uploadOffset(url)).toBe(0);
    expect(await service.appendUpload(url, 0, Buffer.from("0123"))).toBe(4);
    expect(await service.uploadOffset(url)).toBe(4);
    expect(await service.appendUpload(url, 4, Buffer.from("456789"))).toBe(10);
    expect(await service.file(path)).toBeUndefined();
    expect(await service.completeUpload(url, 10, sha256)).toMatchObject({ sizeBytes: 10, sha256 });
    expect(await service.file(path)).toMatchObject({ sha256 });
  });

  test("refuses bytes at another offset and keeps the upload as it was", async () => {
    const service = await ready();
    const { url } = await service.createUpload(file("").path, {
      sizeBytes: 10,
      modifiedAtNs: 5n,
      mode: 0o600,
    });
    await service.appendUpload(url, 0, Buffer.from("0123"));

    const appending = service.appendUpload(url, 2, Buffer.from("23"));

    await expect(appending).rejects.toEqual(refusedAs("upload-offset-mismatch"));
    expect(await service.uploadOffset(url)).toBe(4);
  });

  test("commits nothing whose digest is another", async () => {
    const service = await ready();
    const { path } = file("");
    const { url } = await service.createUpload(path, {
      sizeBytes: 4,
      modifiedAtNs: 5n,
      mode: 0o600,
    });
    await service.appendUpload(url, 0, Buffer.from("0123"));

    const committing = service.completeUpload(url, 4, sha256Hex(Buffer.from("4567")));

    await expect(committing).rejects.toEqual(refusedAs("digest-mismatch"));
    expect(await service.file(path)).toBeUndefined();
  });

  test("forgets an upload that is given up, however often", async () => {
    const service = await ready();
    const { url } = await service.createUpload(file("").path, {
      sizeBytes: 10,
      modifiedAtNs: 5n,
      mode: 0o600,
    });

    await service.cancelUpload(url);
    await service.cancelUpload(url);

    expect(await service.uploadOffset(url)).toBeUndefined();
    const appending = service.appendUpload(url, 0, Buffer.from("0"));
    await expect(appending).rejects.toEqual(refusedAs("not-found"));
  });

  test("keeps names apart that differ only in normalisation or case (D12)", async () => {
    const service = await ready();
    const names = ["ガ", "カ\u3099", "a", "A", "%2F", "a b", "\u{1F600}"];

    for (const name of names) await service.putFile(file(name, { path: [...DESTINATION, name] }));

    for (const name of names) {
      const path = [...DESTINATION, name];
      expect(await service.file(path)).toMatchObject({
        sha256: file(name).sha256,
      });
    }
  });
});
