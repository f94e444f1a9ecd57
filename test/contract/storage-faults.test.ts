import { request as httpRequest } from "node:http";

import { beforeEach, describe, expect, test, vi } from "vitest";

import { formatServicePath } from "../../src/protocol/service-path.ts";
import type { StorageFault } from "../../src/sim-server/faults/storage-fault.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  BATCH_HEADERS,
  batchPart,
  connect,
  DESTINATION,
  digestOf,
  fileUrl,
  folderUrl,
  inDestination,
  json,
  makeService,
  StorageClient,
  type Answer,
} from "./storage-client.ts";

let service: StorageService;
let client: StorageClient;
const PATH = inDestination("a.txt");
/** How a broken connection or an unreadable answer shows at a client. */
const BROKEN = /socket hang up|aborted|Parse Error/;

beforeEach(async () => {
  service = makeService();
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
});

const plan = (fault: StorageFault): string => service.faults.add(fault);

/** A PUT past the contract check: what a fault answers need not be in the contract. */
function put(content = "hello", path = PATH): Promise<Answer> {
  return client.send("PUT", fileUrl(path), {
    headers: { "azukeru-modified-at-ns": "1", "repr-digest": digestOf(content) },
    body: content,
  });
}

const stored = (): string | undefined =>
  service.explorer("demo").file(PATH) && service.explorer("demo").read(PATH).toString();

const hits = (): number[] => service.faults.list().map(({ hitCount }) => hitCount);

describe("which requests a fault strikes", () => {
  test("is counted among those that match: from the nth on, so many times", async () => {
    plan({ kind: "status", status: 503, operation: "putFile", nth: 2, times: 2 });
    const statuses: number[] = [];
    for (let count = 0; count < 5; count += 1) {
      await client.call("getContract", "GET", "/v1/contract");
      statuses.push((await put(String(count))).status);
    }
    expect(statuses).toEqual([201, 503, 503, 200, 200]);
    expect(service.faults.list()[0]).toMatchObject({ matchCount: 5, hitCount: 2 });
  });

  test("goes on for ever when told so, until it is cleared", async () => {
    plan({ kind: "status", status: 500, times: "forever" });
    for (let count = 0; count < 3; count += 1) expect((await put()).status).toBe(500);
    service.faults.clear();
    expect((await put()).status).toBe(201);
  });

  test("is told by operations and by path, exact or glob", async () => {
    plan({
      kind: "status",
      status: 500,
      operation: ["getFile", "putFile"],
      path: formatServicePath(PATH),
      times: "forever",
    });
    plan({ kind: "status", status: 502, path: "**/書類/b*.txt", times: "forever" });
    expect((await put("x", inDestination("other"))).status).toBe(201);
    expect((await put()).status).toBe(500);
    expect((await client.send("GET", fileUrl(PATH))).status).toBe(500);
    expect((await client.send("HEAD", fileUrl(PATH))).status).toBe(404);
    expect((await put("x", inDestination("b1.txt"))).status).toBe(502);
    expect((await put("x", inDestination("b", "1.txt"))).status).toBe(201);
  });

  test("includes batches with such a part, moves, and uploads to the path", async () => {
    const path = formatServicePath(PATH);
    plan({ kind: "status", status: 500, path, times: "forever" });
    const batch = await client.send("POST", "/v1/batch-uploads", {
      headers: BATCH_HEADERS,
      body: Buffer.concat([
        batchPart(formatServicePath(inDestination("b")), "x"),
        batchPart(path, "x"),
      ]),
    });
    expect(batch.status).toBe(500);
    const move = await client.send("POST", "/v1/moves", {
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ kind: "file", from: "x", to: path }),
    });
    expect(move.status).toBe(500);
    const query = new URLSearchParams({ path, modifiedAtNs: "1" });
    const headers = { "upload-complete": "?0" };
    expect(
      (await client.send("POST", `/v1/uploads?${query.toString()}`, { headers, body: "" })).status,
    ).toBe(500);
    service.faults.clear();
    const created = await client.send("POST", `/v1/uploads?${query.toString()}`, {
      headers,
      body: "",
    });
    plan({ kind: "status", status: 500, path, operation: "headUpload" });
    expect((await client.send("HEAD", created.headers["location"] ?? "")).status).toBe(500);
    expect(service.explorer("demo").list(DESTINATION)).toEqual([]);
  });

  test("can be one part of a batch", async () => {
    const second = formatServicePath(inDestination("b"));
    plan({ kind: "status", status: 503, path: second, scope: "part", nth: 2 });
    const send = async (): Promise<string[]> => {
      const body = Buffer.concat([batchPart(formatServicePath(PATH), "x"), batchPart(second, "y")]);
      const answer = await client.call("batchUpload", "POST", "/v1/batch-uploads", {
        headers: BATCH_HEADERS,
        body,
      });
      return json(answer).results.map(
        (each: { outcome: string; problem?: { code: string } }) =>
          each.problem?.code ?? each.outcome,
      );
    };
    expect(await send()).toEqual(["committed", "committed"]);
    expect(await send()).toEqual(["committed", "service-unavailable"]);
    expect(await send()).toEqual(["committed", "committed"]);
    expect(hits()).toEqual([1]);
  });

  test("is refused when it does not fit the schema", () => {
    expect(() => plan({ kind: "status", status: 200 })).toThrow("status");
    expect(() => plan({ kind: "nonsense" } as unknown as StorageFault)).toThrow("kind");
    expect(service.faults.isEmpty).toBe(true);
  });
});

describe("what a fault does", () => {
  test("status: answers and does nothing", async () => {
    plan({ kind: "status", status: 429, retryAfterSeconds: 7 });
    const answer = await put();
    expect(answer.headers["retry-after"]).toBe("7");
    expect(json(answer)).toMatchObject({ status: 429, code: "too-many-requests" });
    plan({ kind: "status", status: 401, code: "session-expired" });
    expect(json(await put()).code).toBe("session-expired");
    plan({ kind: "status", status: 502 });
    const gateway = await put();
    expect([gateway.status, gateway.headers["content-type"]]).toEqual([
      502,
      "text/html; charset=utf-8",
    ]);
    expect(stored()).toBeUndefined();
  });

  test("block-page: answers as a security product does", async () => {
    plan({ kind: "block-page" });
    const answer = await put();
    expect([answer.status, answer.headers["content-type"]]).toEqual([
      403,
      "text/html; charset=utf-8",
    ]);
    expect(stored()).toBeUndefined();
  });

  test("reset: breaks the connection and does nothing, before the body or within it", async () => {
    plan({ kind: "reset" });
    await expect(put()).rejects.toThrow(BROKEN);
    plan({ kind: "reset", afterBytes: 3 });
    await expect(put()).rejects.toThrow(BROKEN);
    expect(stored()).toBeUndefined();
    expect(hits()).toEqual([1, 1]);
  });

  test("does not strike when fewer bytes come than it waits for", async () => {
    plan({ kind: "reset", afterBytes: 6 });
    expect((await put()).status).toBe(201);
    plan({ kind: "status", status: 503, afterBytes: 7 });
    expect((await put("hello!!")).status).toBe(503);
    expect(hits()).toEqual([0, 1]);
  });

  test("reset within an append keeps what had arrived", async () => {
    const query = new URLSearchParams({ path: formatServicePath(PATH), modifiedAtNs: "1" });
    const created = await client.send("POST", `/v1/uploads?${query.toString()}`, {
      headers: { "upload-complete": "?0" },
      body: "",
    });
    const url = created.headers["location"] ?? "";
    plan({ kind: "reset", operation: "appendUpload", afterBytes: 3 });
    const append = (offset: number, body: string): Promise<Answer> =>
      client.send("PATCH", url, {
        headers: {
          "content-type": "application/partial-upload",
          "upload-offset": String(offset),
          "upload-complete": "?1",
          "repr-digest": digestOf("hello"),
        },
        body,
      });
    await expect(append(0, "hello")).rejects.toThrow(BROKEN);
    expect((await client.send("HEAD", url)).headers["upload-offset"]).toBe("3");
    expect((await append(3, "lo")).status).toBe(201);
    expect(stored()).toBe("hello");
  });

  test("reset-after-commit: does the work, and nobody is told", async () => {
    plan({ kind: "reset-after-commit" });
    await expect(put()).rejects.toThrow(BROKEN);
    expect(stored()).toBe("hello");
  });

  test("truncate-response: the work is done, the answer is not whole", async () => {
    plan({ kind: "truncate-response", afterBytes: 20 });
    await expect(put()).rejects.toThrow(BROKEN);
    expect(stored()).toBe("hello");
    plan({ kind: "truncate-response", afterBytes: 1000 });
    await expect(client.send("GET", fileUrl(PATH))).rejects.toThrow(BROKEN);
    plan({ kind: "truncate-response" });
    const listing = { headers: { accept: "application/x-ndjson" } };
    await expect(client.send("GET", folderUrl(DESTINATION), listing)).rejects.toThrow(BROKEN);
    plan({ kind: "truncate-response" });
    await expect(client.send("DELETE", fileUrl(PATH))).rejects.toThrow(BROKEN);
    expect(stored()).toBeUndefined();
  });

  test("corrupt-response: a file does not have its digest, JSON is none, an empty answer no HTTP", async () => {
    await put();
    plan({ kind: "corrupt-response" });
    const file = await client.send("GET", fileUrl(PATH));
    expect(file.headers["repr-digest"]).toBe(digestOf("hello"));
    expect(digestOf(file.body)).not.toBe(digestOf("hello"));
    plan({ kind: "corrupt-response" });
    const contract = await client.send("GET", "/v1/contract");
    expect(() => json(contract)).toThrow("JSON");
    plan({ kind: "corrupt-response" });
    await expect(client.send("DELETE", fileUrl(PATH))).rejects.toThrow(BROKEN);
  });

  test("wrong-digest: every digest in the answer is another", async () => {
    plan({ kind: "wrong-digest" });
    const answer = await put();
    expect(answer.headers["repr-digest"]).not.toBe(digestOf("hello"));
    expect(json(answer).sha256).toBe("0".repeat(64));
    expect(stored()).toBe("hello");
  });

  test("corrupt-request-body: one bit differs from what was sent, in a batch of the content", async () => {
    plan({ kind: "corrupt-request-body", afterBytes: 2 });
    expect(json(await put()).code).toBe("digest-mismatch");
    plan({ kind: "corrupt-request-body", operation: "batchUpload", path: "**/b" });
    const body = Buffer.concat([
      batchPart(formatServicePath(PATH), "x"),
      batchPart(formatServicePath(inDestination("b")), "y"),
    ]);
    const answer = await client.call("batchUpload", "POST", "/v1/batch-uploads", {
      headers: BATCH_HEADERS,
      body,
    });
    expect(json(answer).results.map((each: { outcome: string }) => each.outcome)).toEqual([
      "committed",
      "refused",
    ]);
    expect(hits()).toEqual([1, 1]);
  });

  test("corrupt-request-body, resealed: the batch fits its Content-Digest, one part does not fit its own", async () => {
    const body = batchPart(formatServicePath(PATH), "x");
    const headers = { ...BATCH_HEADERS, "content-digest": digestOf(body) };
    const batch = () => client.call("batchUpload", "POST", "/v1/batch-uploads", { headers, body });
    plan({ kind: "corrupt-request-body" });
    expect(json(await batch()).code).toBe("digest-mismatch");
    plan({ kind: "corrupt-request-body", resealed: true });
    const [result] = json(await batch()).results;
    expect([result.outcome, result.problem.code]).toEqual(["refused", "digest-mismatch"]);
  });

  test("unknown-answer: 200 with a body outside the contract", async () => {
    plan({ kind: "unknown-answer" });
    const answer = await put();
    expect([answer.status, json(answer)]).toEqual([200, { unexpected: true }]);
    expect(stored()).toBeUndefined();
  });

  test("never-answer: does nothing and leaves the connection open", async () => {
    plan({ kind: "never-answer" });
    const outcome = await Promise.race([put().catch(() => "broken"), turns(50, "silence")]);
    expect(outcome).toBe("silence");
    expect(stored()).toBeUndefined();
    plan({ kind: "never-answer", afterBytes: 2 });
    expect(await Promise.race([put().catch(() => "broken"), turns(50, "silence")])).toBe("silence");
    expect(
      service.requestLog.find({ operationId: "putFile" }).map(({ outcome: each }) => each),
    ).toEqual(["silent", "silent"]);
  });

  test("delay and slow: wait on the global timers, virtual where those are", async () => {
    vi.useFakeTimers({ toFake: ["setTimeout"] });
    try {
      plan({ kind: "delay", delayMs: 60_000 });
      let answer: Answer | undefined;
      void put().then((given) => (answer = given));
      await turns(50, null);
      expect(answer).toBeUndefined();
      vi.advanceTimersByTime(60_000);
      await turns(50, null);
      expect(answer?.status).toBe(201);

      plan({ kind: "slow", bytesPerSecond: 1, operation: "getFile" });
      let slow: Answer | undefined;
      void client.get(PATH).then((given) => (slow = given));
      for (let second = 0; second < 4; second += 1) {
        await turns(20, null);
        vi.advanceTimersByTime(1000);
      }
      await turns(20, null);
      expect(slow).toBeUndefined();
      vi.advanceTimersByTime(1000);
      await turns(20, null);
      expect(slow?.body.toString()).toBe("hello");
    } finally {
      vi.useRealTimers();
    }
  });

  test("is written in the request log, and several work together", async () => {
    plan({ kind: "corrupt-request-body" });
    plan({ kind: "reset-after-commit" });
    await expect(put()).rejects.toThrow(BROKEN);
    expect(service.requestLog.find({ operationId: "putFile" })).toMatchObject([
      { outcome: "reset", faults: ["corrupt-request-body", "reset-after-commit"], loginId: "demo" },
    ]);
    expect(stored()).toBeUndefined();
  });
});

test("tells a client that waits for 100 Continue to go on only when its body is wanted", async () => {
  const server = service.createServer();
  const send = (path: string): Promise<string[]> =>
    new Promise((resolve, reject) => {
      const seen: string[] = [];
      const request = httpRequest({
        method: "PUT",
        path,
        headers: {
          authorization: `Bearer ${client.token}`,
          "azukeru-modified-at-ns": "1",
          "repr-digest": digestOf("hello"),
          expect: "100-continue",
          "content-length": 5,
        },
        createConnection: () => connect(server),
      });
      request.on("continue", () => {
        seen.push("continue");
        request.end("hello");
      });
      request.on("response", (response) => {
        seen.push(String(response.statusCode));
        request.destroy();
        resolve(seen);
      });
      request.on("error", reject);
      request.flushHeaders();
    });
  expect(await send(fileUrl(PATH))).toEqual(["continue", "201"]);
  expect(await send(fileUrl(inDestination("a:b")))).toEqual(["400"]);
});

async function turns<T>(count: number, value: T): Promise<T> {
  for (let turn = 0; turn < count; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  return value;
}
