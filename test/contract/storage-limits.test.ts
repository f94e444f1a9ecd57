import { describe, expect, test } from "vitest";

import { LIMITS } from "../../src/protocol/limits.ts";
import { formatServicePath, type ServicePath } from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  BATCH_HEADERS,
  batchPart,
  DESTINATION,
  digestOf,
  inDestination,
  json,
  makeService,
  StorageClient,
  type Answer,
} from "./storage-client.ts";

/** A folder so many names below the destination. */
function nested(depth: number, name = "d"): ServicePath {
  return inDestination(...Array.from({ length: depth }, () => name));
}

async function clientOf(service: StorageService): Promise<StorageClient> {
  const client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
  return client;
}

describe("how deep a path is", () => {
  const deepest = LIMITS.pathNameCountMax - DESTINATION.length;

  test("is limited for folders and files, in every way to make one", async () => {
    const service = makeService();
    const client = await clientOf(service);
    expect((await client.putFolder(nested(deepest))).status).toBe(201);
    expect((await client.put(nested(deepest, "f"), "x")).status).toBe(201);
    for (const answer of [
      await client.putFolder(nested(deepest + 1)),
      await client.put(nested(deepest + 1, "f"), "x"),
    ]) {
      expect(json(answer).code).toBe("invalid-path");
    }
    await client.putFolder(inDestination("other", "one"));
    const body = JSON.stringify({
      kind: "folder",
      from: formatServicePath(inDestination("other")),
      to: formatServicePath(nested(deepest)).slice(0, -1) + "e",
    });
    const headers = { "content-type": "application/json" };
    const moved = await client.call("moveEntry", "POST", "/v1/moves", { headers, body });
    expect(json(moved).code).toBe("invalid-path");
  });

  test("is what keeps a batch of thousands of nested folders out", async () => {
    const service = makeService();
    const client = await clientOf(service);
    const parts = Array.from({ length: LIMITS.batchPartCountMax }, (_, index) => {
      const path = formatServicePath(inDestination(String(index), ...nested(8_000)));
      return Buffer.from(`${JSON.stringify({ kind: "folder", path })}\n`);
    });
    const answer = await client.call("batchUpload", "POST", "/v1/batch-uploads", {
      headers: BATCH_HEADERS,
      body: Buffer.concat(parts),
    });
    const codes = json(answer).results.map(
      (result: { problem?: { code: string } }) => result.problem?.code,
    );
    expect(new Set(codes)).toEqual(new Set(["invalid-path"]));
    expect(service.explorer("demo").list(DESTINATION)).toEqual([]);
  });
});

describe("what a service holds in memory", () => {
  const MAX = 1_000;

  async function memoryClient(): Promise<StorageClient> {
    return clientOf(makeService({ memoryBytesMax: MAX }));
  }

  function begin(client: StorageClient, name: string, content: string): Promise<Answer> {
    const path = encodeURIComponent(formatServicePath(inDestination(name)));
    return client.call("createUpload", "POST", `/v1/uploads?path=${path}&modifiedAtNs=1`, {
      headers: { "upload-complete": "?0" },
      body: content,
    });
  }

  test("is limited for files, and free again when they are gone", async () => {
    const client = await memoryClient();
    expect((await client.put(inDestination("a"), "a".repeat(400))).status).toBe(201);
    expect((await client.put(inDestination("same"), "a".repeat(400))).status).toBe(201);
    const refused = await client.put(inDestination("b"), "b".repeat(601));
    expect([refused.status, json(refused).code]).toEqual([507, "insufficient-capacity"]);
    const batch = { headers: BATCH_HEADERS, body: batchPart("x", "c".repeat(601)) };
    const batched = await client.call("batchUpload", "POST", "/v1/batch-uploads", batch);
    expect(batched.status).toBe(507);
    for (const name of ["a", "same"]) {
      await client.send("DELETE", `/v1/files/${encodeURI(formatServicePath(inDestination(name)))}`);
    }
    expect((await client.put(inDestination("b"), "b".repeat(500))).status).toBe(201);
  });

  test("is limited for unfinished uploads, and free when they are given up or committed", async () => {
    const client = await memoryClient();
    const first = await begin(client, "a", "a".repeat(700));
    expect(first.status).toBe(201);
    expect((await begin(client, "b", "b".repeat(400))).status).toBe(507);
    const target = first.headers["location"] ?? "";
    const rest = (content: string): Promise<Answer> =>
      client.call("appendUpload", "PATCH", target, {
        headers: {
          "content-type": "application/partial-upload",
          "upload-offset": "700",
          "upload-complete": "?1",
          "repr-digest": digestOf("a".repeat(700) + content),
        },
        body: content,
      });
    expect((await rest("c".repeat(300))).status).toBe(201);
    expect((await begin(client, "b", "b")).status).toBe(507);
    await client.send("DELETE", `/v1/files/${encodeURI(formatServicePath(inDestination("a")))}`);
    const second = await begin(client, "b", "b".repeat(1_000));
    expect(second.status).toBe(201);
    await client.call("cancelUpload", "DELETE", second.headers["location"] ?? "");
    expect((await begin(client, "b", "b".repeat(1_000))).status).toBe(201);
  });

  test("is free again for others when nobody has gone on with an upload for long enough", async () => {
    const service = makeService({ memoryBytesMax: MAX });
    const client = await clientOf(service);
    expect((await begin(client, "a", "a".repeat(700))).status).toBe(201);
    service.clock.ms += LIMITS.uploadIdleHoursMax * 3_600_000 - 1;
    await client.login("demo", "correct");
    expect((await client.put(inDestination("b"), "b".repeat(400))).status).toBe(507);
    service.clock.ms += 1;
    expect((await client.put(inDestination("b"), "b".repeat(400))).status).toBe(201);
    expect(service.memoryUsedBytes).toBe(400);
  });

  test("is the contents themselves, however much came with them", async () => {
    const service = makeService();
    const client = await clientOf(service);
    const name = "a name of a good length";
    await client.put(inDestination(name), "a");
    await client.call("batchUpload", "POST", "/v1/batch-uploads", {
      headers: BATCH_HEADERS,
      body: batchPart(formatServicePath(inDestination("batch")), "b".repeat(90)),
    });
    const { storage } = service.accounts.get("demo").contract;
    const sizes = [name, "batch"].map((each) => {
      const [newest] = storage.file(inDestination(each)).generations;
      return newest && storage.read(newest).chunks.map(({ buffer }) => buffer.byteLength);
    });
    expect(sizes).toEqual([[1], [90]]);
  });
});
