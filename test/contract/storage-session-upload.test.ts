import { hash } from "node:crypto";

import { beforeEach, describe, expect, test } from "vitest";

import { formatServicePath } from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  DESTINATION,
  digestOf,
  inDestination,
  json,
  makeService,
  StorageClient,
  type Answer,
} from "./storage-client.ts";

let service: StorageService;
let client: StorageClient;
const PATH = inDestination("大きい.bin");

beforeEach(async () => {
  service = makeService({
    accounts: [
      { loginId: "demo", password: "correct", quotaBytes: 100 },
      { loginId: "other", password: "correct" },
    ],
  });
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
});

function create(headers: Record<string, string>, path = PATH, body = ""): Promise<Answer> {
  const query = new URLSearchParams({ path: formatServicePath(path), modifiedAtNs: "42" });
  return client.call("createUpload", "POST", `/v1/uploads?${query.toString()}`, {
    headers: { "upload-complete": "?0", ...headers },
    body,
  });
}

function append(
  url: string,
  offset: number,
  complete: "?0" | "?1",
  body: string,
  headers = {},
): Promise<Answer> {
  return client.call("appendUpload", "PATCH", url, {
    headers: {
      "content-type": "application/partial-upload",
      "upload-offset": String(offset),
      "upload-complete": complete,
      ...headers,
    },
    body,
  });
}

describe("an upload to a path", () => {
  test("commits the file when it is complete, and not before", async () => {
    const { headers } = await create({ "upload-length": "10" });
    const url = headers["location"] ?? "";
    await append(url, 0, "?0", "01234");
    expect((await client.get(PATH)).status).toBe(404);
    const done = await append(url, 5, "?1", "56789", { "repr-digest": digestOf("0123456789") });
    expect(done.status).toBe(201);
    expect(json(done)).toMatchObject({
      sizeBytes: 10,
      modifiedAtNs: "42",
      sha256: hash("sha256", "0123456789"),
    });
    expect(done.headers).toMatchObject({ "upload-complete": "?1", etag: json(done).etag });
    expect((await client.get(PATH)).body.toString()).toBe("0123456789");
    const state = await client.call("headUpload", "HEAD", url);
    expect(state.headers).toMatchObject({ "upload-complete": "?1", etag: json(done).etag });
    expect(decodeURIComponent(state.headers["content-location"] ?? "")).toBe(
      `/v1/files/${formatServicePath(PATH)}`,
    );
  });

  test("in one request commits like a PUT, and a repetition adds no generation", async () => {
    const complete = { "upload-complete": "?1", "repr-digest": digestOf("whole") };
    expect((await create(complete, PATH, "whole")).status).toBe(201);
    const again = await create(complete, PATH, "whole");
    expect(again.status).toBe(200);
    expect(json(again).generationCount).toBe(1);
  });

  test("needs the digest of the whole, at its beginning or at its end", async () => {
    expect(json(await create({ "upload-complete": "?1" }, PATH, "whole")).code).toBe(
      "digest-required",
    );
    const url = (await create({})).headers["location"] ?? "";
    const refused = await append(url, 0, "?1", "whole");
    expect(json(refused).code).toBe("digest-required");
    expect(refused.headers["upload-complete"]).toBe("?0");
    expect((await append(url, 0, "?1", "whole", { "repr-digest": digestOf("whole") })).status).toBe(
      201,
    );
    const early = (await create({ "repr-digest": digestOf("x") })).headers["location"] ?? "";
    expect((await append(early, 0, "?1", "x", { "repr-digest": digestOf("y") })).status).toBe(400);
    expect((await append(early, 0, "?1", "x")).status).toBe(200);
  });

  test("is refused at once where the file could not be", async () => {
    expect(json(await create({}, inDestination("a:b"))).code).toBe("forbidden-name");
    expect(json(await create({}, ["x", "y"])).code).toBe("access-refused");
    const full = await create({ "upload-length": "101" });
    expect(json(full)).toMatchObject({
      code: "insufficient-capacity",
      requiredBytes: 101,
      freeBytes: 100,
    });
    expect(full.headers["upload-complete"]).toBe("?0");
    service.explorer("demo").delete("folder", DESTINATION);
    expect(json(await create({})).code).toBe("parent-missing");
    const incomplete = await client.call("createUpload", "POST", "/v1/uploads", {
      headers: { "upload-complete": "?0" },
    });
    expect(incomplete.status).toBe(400);
  });

  test("is refused at its end when the world has changed, with Upload-Complete: ?1", async () => {
    const url = (await create({ "upload-length": "80" })).headers["location"] ?? "";
    service.explorer("demo").put(inDestination("other"), "x".repeat(30));
    const body = "y".repeat(80);
    const full = await append(url, 0, "?1", body, { "repr-digest": digestOf(body) });
    expect(full.status).toBe(507);
    expect(full.headers["upload-complete"]).toBe("?1");
    expect((await client.call("headUpload", "HEAD", url)).status).toBe(404);
    expect(service.explorer("demo").usage().usedBytes).toBe(30);

    const lost = (await create({})).headers["location"] ?? "";
    service.explorer("demo").delete("folder", DESTINATION);
    const gone = await append(lost, 0, "?1", "x", { "repr-digest": digestOf("x") });
    expect(json(gone).code).toBe("parent-missing");
  });

  test("honours the preconditions it began with", async () => {
    const url = (await create({ "if-none-match": "*" })).headers["location"] ?? "";
    service.explorer("demo").put(PATH, "somebody else");
    const refused = await append(url, 0, "?1", "mine", { "repr-digest": digestOf("mine") });
    expect(refused.status).toBe(412);
    expect((await client.get(PATH)).body.toString()).toBe("somebody else");
  });

  test("belongs to its account", async () => {
    const url = (await create({})).headers["location"] ?? "";
    const other = await StorageClient.loggedIn(service, "other");
    expect((await other.call("headUpload", "HEAD", url)).status).toBe(404);
    expect((await other.call("cancelUpload", "DELETE", url)).status).toBe(404);
    other.token = null;
    expect((await other.call("headUpload", "HEAD", url)).status).toBe(401);
    expect((await client.call("headUpload", "HEAD", url)).status).toBe(204);
  });
});
