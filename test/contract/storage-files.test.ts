import { hash } from "node:crypto";

import { beforeEach, describe, expect, test } from "vitest";

import { formatServicePath, SECURITY_AREA } from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  DESTINATION,
  digestOf,
  fileUrl,
  folderUrl,
  inDestination,
  json,
  makeService,
  StorageClient,
  type TestClock,
} from "./storage-client.ts";

let service: StorageService & { readonly clock: TestClock };
let client: StorageClient;

beforeEach(async () => {
  service = makeService();
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
});

describe("PUT of a file", () => {
  test("commits it and answers with its entry, tag and digest", async () => {
    const answer = await client.put(inDestination("a.txt"), "hello");
    expect(answer.status).toBe(201);
    expect(json(answer)).toMatchObject({
      path: formatServicePath(inDestination("a.txt")),
      sizeBytes: 5,
      modifiedAtNs: "1000",
      savedAt: "2026-11-21T03:00:00.000Z",
      sha256: hash("sha256", "hello"),
      generationCount: 1,
    });
    expect(answer.headers["etag"]).toBe(json(answer).etag);
    expect(answer.headers["repr-digest"]).toBe(digestOf("hello"));
    expect(service.explorer("demo").read(inDestination("a.txt")).toString()).toBe("hello");
  });

  test("is the last write, also when it changes nothing", async () => {
    const first = json(await client.put(inDestination("a.txt"), "hello")).writeOrder;
    const other = json(await client.put(inDestination("b.txt"), "hello")).writeOrder;
    const again = json(await client.put(inDestination("a.txt"), "hello")).writeOrder;
    expect(other).toBeGreaterThan(first);
    expect(again).toBeGreaterThan(other);
  });

  test("adds no generation for what is the newest generation already", async () => {
    await client.put(inDestination("a.txt"), "hello");
    const again = await client.put(inDestination("a.txt"), "hello");
    expect(again.status).toBe(200);
    expect(json(again).generationCount).toBe(1);
    const touched = await client.put(inDestination("a.txt"), "hello", {
      "azukeru-modified-at-ns": "1001",
    });
    expect(json(touched).generationCount).toBe(2);
  });

  test("changes nothing without a digest, with a wrong one, or without a date", async () => {
    const before = service.snapshot();
    const path = inDestination("a.txt");
    const wrong = await client.put(path, "hello", { "repr-digest": digestOf("other") });
    expect(json(wrong).code).toBe("digest-mismatch");
    const both = await client.put(path, "hello", { "content-digest": digestOf("other") });
    expect(json(both).code).toBe("digest-mismatch");
    const none = await client.call("putFile", "PUT", fileUrl(path), {
      headers: { "azukeru-modified-at-ns": "1" },
      body: "hello",
    });
    expect(json(none).code).toBe("digest-required");
    const md5 = await client.put(path, "hello", { "repr-digest": "md5=:AAAA:" });
    expect(json(md5).code).toBe("digest-required");
    const garbage = await client.put(path, "hello", { "repr-digest": "sha-256=hello" });
    expect(json(garbage).code).toBe("invalid-request");
    const undated = await client.put(path, "hello", { "azukeru-modified-at-ns": "today" });
    expect(json(undated).code).toBe("invalid-request");
    expect(service.snapshot()).toEqual(before);
  });

  test("takes Content-Digest in place of Repr-Digest", async () => {
    const answer = await client.call("putFile", "PUT", fileUrl(inDestination("a")), {
      headers: { "azukeru-modified-at-ns": "1", "content-digest": digestOf("x") },
      body: "x",
    });
    expect(answer.status).toBe(201);
  });

  test("honours If-Match and If-None-Match", async () => {
    const path = inDestination("a.txt");
    const { etag } = json(await client.put(path, "1", { "if-none-match": "*" }));
    expect((await client.put(path, "2", { "if-none-match": "*" })).status).toBe(412);
    expect((await client.put(path, "2", { "if-match": '"other"' })).status).toBe(412);
    expect((await client.put(path, "2", { "if-match": `"other", ${etag}` })).status).toBe(200);
    // The tag is outdated, but the change was made already: the client asks again after a lost answer.
    expect((await client.put(path, "2", { "if-match": etag })).status).toBe(200);
    expect((await client.put(path, "3", { "if-match": etag })).status).toBe(412);
    expect((await client.put(inDestination("b"), "3", { "if-match": "*" })).status).toBe(412);
    expect((await client.put(inDestination("b"), "3", { "if-match": "a, b" })).status).toBe(400);
  });

  test("refuses forbidden names, paths outside the security area and paths that are none", async () => {
    const codes: string[] = [];
    for (const path of [
      inDestination("a:b"),
      inDestination(".hidden", "a"),
      ["マイフォルダ", "a"],
      [SECURITY_AREA],
    ]) {
      codes.push(json(await client.put(path, "x")).code);
    }
    const put = (target: string): ReturnType<StorageClient["send"]> =>
      client.call("putFile", "PUT", target, {
        headers: { "azukeru-modified-at-ns": "1", "repr-digest": digestOf("x") },
        body: "x",
      });
    for (const tail of ["", "a//b", "a/%2e%2e/b", "a/b%2Fc", "a/%00", "a/%ff", "a/%zz", "a/"]) {
      codes.push(json(await put(`/v1/files/${tail}`)).code);
    }
    expect(codes).toEqual([
      "forbidden-name",
      "forbidden-name",
      "access-refused",
      "access-refused",
      ...Array.from({ length: 8 }, () => "invalid-path"),
    ]);
    expect((await client.put(inDestination(".hidden"), "x")).status).toBe(201);
  });

  test("creates missing folders below the destination and never the destination itself", async () => {
    expect((await client.put(inDestination("x", "y", "a"), "1")).status).toBe(201);
    service.explorer("demo").delete("folder", DESTINATION);
    expect(json(await client.put(inDestination("x", "y", "a"), "1")).code).toBe("parent-missing");
    expect(service.explorer("demo").folderExists(DESTINATION)).toBe(false);
    const manual = [SECURITY_AREA, "手動バックアップ", "x", "a"];
    expect((await client.put(manual, "1")).status).toBe(201);
    expect(json(await client.put([SECURITY_AREA, "other", "a"], "1")).code).toBe("parent-missing");
  });

  test("keeps names exactly: NFC and NFD, upper and lower case, a file beside a folder", async () => {
    const names = ["ガ".normalize("NFC"), "ガ".normalize("NFD"), "A", "a", "😀", " a ", "a+b%20c"];
    for (const name of names) await client.put(inDestination(name), name);
    await client.putFolder(inDestination("a"));
    for (const name of names) {
      expect((await client.get(inDestination(name))).body.toString()).toBe(name);
    }
    const listed = service.explorer("demo").list(DESTINATION);
    expect(listed.map(({ name }) => name).toSorted()).toEqual([...names, "a"].toSorted());
  });

  test("refuses what is too large for one request before it is sent", async () => {
    const answer = await client.call("putFile", "PUT", fileUrl(inDestination("a")), {
      headers: {
        "azukeru-modified-at-ns": "1",
        "repr-digest": digestOf("x"),
        "content-length": String(64 * 2 ** 20 + 1),
      },
    });
    expect(answer.status).toBe(413);
  });
});

describe("generations and capacity", () => {
  test("keeps the newest, retrievable byte for byte, and frees the oldest in the same commit", async () => {
    service = makeService({
      accounts: [
        {
          loginId: "demo",
          password: "correct",
          edition: "flets-azukeru-pro",
          plan: "free",
          quotaBytes: 30,
        },
      ],
    });
    client = await StorageClient.loggedIn(service);
    await client.putFolder(DESTINATION);
    const path = inDestination("a");
    for (const letter of ["a", "b", "c"]) await client.put(path, letter.repeat(10));
    expect(service.explorer("demo").usage()).toEqual({
      quotaBytes: 30,
      usedBytes: 30,
      freeBytes: 0,
    });
    expect((await client.put(path, "d".repeat(10))).status).toBe(200);
    const refused = await client.put(path, "e".repeat(11));
    expect(refused.status).toBe(507);
    expect(json(refused)).toMatchObject({
      code: "insufficient-capacity",
      requiredBytes: 1,
      freeBytes: 0,
    });
    const { generations } = json(
      await client.call("listGenerations", "GET", fileUrl(path).replace("files", "generations")),
    );
    expect(generations.map((each: { generation: number }) => each.generation)).toEqual([4, 3, 2]);
    const second = await client.call("getFile", "GET", `${fileUrl(path)}?generation=2`);
    expect(second.body.toString()).toBe("b".repeat(10));
    const first = await client.call("getFile", "GET", `${fileUrl(path)}?generation=1`);
    expect(first.status).toBe(404);
  });

  test("counts every generation and gives everything back on deletion", async () => {
    for (const text of ["1", "22", "333"]) await client.put(inDestination("a"), text);
    await client.put(inDestination("b"), "333");
    expect(json(await client.call("getContract", "GET", "/v1/contract")).usedBytes).toBe(9);
    expect((await client.call("deleteFile", "DELETE", fileUrl(inDestination("a")))).status).toBe(
      204,
    );
    expect(service.explorer("demo").usage().usedBytes).toBe(3);
    const folder = folderUrl(DESTINATION);
    expect((await client.call("deleteFolder", "DELETE", folder)).status).toBe(204);
    expect(service.explorer("demo").usage().usedBytes).toBe(0);
    expect((await client.call("deleteFolder", "DELETE", folder)).status).toBe(404);
    expect((await client.get(inDestination("b"))).status).toBe(404);
  });
});

describe("GET of a file", () => {
  const path = inDestination("a.bin");
  let etag: string;

  beforeEach(async () => {
    etag = json(await client.put(path, "0123456789")).etag;
  });

  test("gives the bytes with their digests, tag and date", async () => {
    const { status, headers, body } = await client.get(path);
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: "0123456789" });
    expect(headers).toMatchObject({
      etag,
      "repr-digest": digestOf("0123456789"),
      "content-digest": digestOf("0123456789"),
      "azukeru-modified-at-ns": "1000",
      "content-length": "10",
    });
    const head = await client.call("headFile", "HEAD", fileUrl(path));
    for (const name of ["etag", "repr-digest", "content-digest", "content-length"]) {
      expect(head.headers[name]).toBe(headers[name]);
    }
    expect(head.body.length).toBe(0);
  });

  test.each([
    ["bytes=2-4", "234", "bytes 2-4/10"],
    ["bytes=8-", "89", "bytes 8-9/10"],
    ["bytes=-3", "789", "bytes 7-9/10"],
    ["bytes=5-99", "56789", "bytes 5-9/10"],
  ])(
    "gives the range %s with the digest of just those bytes",
    async (range, text, contentRange) => {
      const { status, headers, body } = await client.get(path, { range });
      expect({ status, body: body.toString() }).toEqual({ status: 206, body: text });
      expect(headers["content-range"]).toBe(contentRange);
      expect(headers["content-digest"]).toBe(digestOf(text));
      expect(headers["repr-digest"]).toBe(digestOf("0123456789"));
    },
  );

  test("refuses a range outside the file and ignores one it does not understand", async () => {
    expect((await client.get(path, { range: "bytes=10-" })).headers["content-range"]).toBe(
      "bytes */10",
    );
    expect((await client.get(path, { range: "bytes=-0" })).status).toBe(416);
    for (const range of ["bytes=1-2,4-5", "lines=1-2", "bytes=4-2", "bytes=-", "x"]) {
      expect((await client.get(path, { range })).status).toBe(200);
    }
  });

  test("gives a range only of the file the client means", async () => {
    const range = "bytes=0-1";
    expect((await client.get(path, { range, "if-range": etag })).status).toBe(206);
    expect((await client.get(path, { range, "if-range": '"other"' })).status).toBe(200);
  });

  test("answers 304 and 412 by the tags", async () => {
    expect((await client.get(path, { "if-none-match": etag })).status).toBe(304);
    expect((await client.get(path, { "if-none-match": `W/${etag}` })).status).toBe(304);
    expect((await client.get(path, { "if-match": '"other"' })).status).toBe(412);
    const head = { headers: { "if-none-match": "*" } };
    expect((await client.call("headFile", "HEAD", fileUrl(path), head)).status).toBe(304);
  });

  test("gives an empty file", async () => {
    await client.put(inDestination("empty"), "");
    const answer = await client.get(inDestination("empty"));
    expect(answer.status).toBe(200);
    expect(answer.body.length).toBe(0);
    expect((await client.get(inDestination("empty"), { range: "bytes=0-" })).status).toBe(416);
  });
});
