import { hash } from "node:crypto";

import { beforeEach, describe, expect, test } from "vitest";

import { encodeServicePath, formatServicePath } from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  BATCH_HEADERS,
  batchPart,
  DESTINATION,
  inDestination,
  json,
  makeService,
  StorageClient,
  type Answer,
} from "./storage-client.ts";

let service: StorageService;
let client: StorageClient;

beforeEach(async () => {
  service = makeService({ accounts: [{ loginId: "demo", password: "correct", quotaBytes: 100 }] });
  client = await StorageClient.loggedIn(service);
  await client.putFolder(DESTINATION);
});

const at = (...names: string[]): string => formatServicePath(inDestination(...names));

function send(...parts: (Buffer | string)[]): Promise<Answer> {
  const body = Buffer.concat(parts.map((part) => Buffer.from(part)));
  return client.call("batchUpload", "POST", "/v1/batch-uploads", { headers: BATCH_HEADERS, body });
}

describe("a batch", () => {
  test("commits each part whole or not at all, in their order", async () => {
    const answer = await send(
      batchPart(at("a"), "line\n{}\n"),
      `{"kind":"folder","path":"${at("empty")}"}\n`,
      batchPart(at("wrong"), "x", { sha256: "0".repeat(64) }),
      batchPart(at("big"), "x".repeat(101)),
      batchPart(at("b", "c"), ""),
      batchPart(at("a:b"), "x"),
      batchPart("a//b", "x"),
      batchPart(at("a"), "line\n{}\n"),
    );
    const results = json(answer).results.map(
      (result: { outcome: string; problem?: { code: string } }) =>
        result.problem?.code ?? result.outcome,
    );
    expect(results).toEqual([
      "committed",
      "committed",
      "digest-mismatch",
      "insufficient-capacity",
      "committed",
      "forbidden-name",
      "invalid-path",
      "committed",
    ]);
    const explorer = service.explorer("demo");
    expect(explorer.list(DESTINATION).map(({ path }) => path)).toEqual([
      at("a"),
      at("b"),
      at("b", "c"),
      at("empty"),
    ]);
    expect(explorer.read(inDestination("a")).toString()).toBe("line\n{}\n");
    expect(explorer.generations(inDestination("a")).length).toBe(1);
  });

  test("does not make a destination folder anew", async () => {
    service.explorer("demo").delete("folder", DESTINATION);
    const { results } = json(
      await send(batchPart(at("a"), "x"), `{"kind":"folder","path":"${at("d")}"}\n`),
    );
    expect(results.map((each: { problem: { code: string } }) => each.problem.code)).toEqual([
      "parent-missing",
      "parent-missing",
    ]);
  });

  test("that is malformed anywhere commits nothing", async () => {
    const good = batchPart(at("a"), "x");
    const before = service.snapshot();
    for (const bad of [
      "{}\n",
      "no json\n",
      "no end",
      batchPart(at("b"), "xyz").subarray(0, -1),
      batchPart(at("b"), "x", { sizeBytes: -1 }),
      batchPart(at("b"), "x", { sizeBytes: 300_000 }),
      batchPart(at("b"), "x", { extra: true }),
      Buffer.from([0xff, 0x0a]),
      "x".repeat(40_000),
    ]) {
      expect((await send(good, bad)).status).toBe(400);
    }
    const many = Array.from({ length: 257 }, (_, index) => batchPart(at(`f${index}`), ""));
    expect((await send(...many)).status).toBe(413);
    const heavy = Array.from({ length: 33 }, (_, index) =>
      batchPart(at(`f${index}`), Buffer.alloc(262_144)),
    );
    expect((await send(...heavy)).status).toBe(413);
    expect(service.snapshot()).toEqual(before);
  });

  test("may be empty, has its own media type, and its Content-Digest is checked", async () => {
    expect(json(await send())).toEqual({ results: [] });
    const target = ["batchUpload", "POST", "/v1/batch-uploads"] as const;
    expect((await client.call(...target, { body: "x" })).status).toBe(415);
    const headers = {
      ...BATCH_HEADERS,
      "content-digest": `sha-256=:${Buffer.alloc(32).toString("base64")}:`,
    };
    const refused = await client.call(...target, { headers, body: batchPart(at("a"), "x") });
    expect(json(refused).code).toBe("digest-mismatch");
    expect(service.explorer("demo").usage().usedBytes).toBe(0);
  });
});

describe("attributes in a batch", () => {
  const attributes = (kind: string, path: string, more: object): string =>
    `${JSON.stringify({ kind, path, modifiedAtNs: "5", ...more })}\n`;
  const codes = (answer: Answer): string[] =>
    json(answer).results.map(
      (result: { outcome: string; problem?: { code: string } }) =>
        result.problem?.code ?? result.outcome,
    );

  test("give a file another mode, and no generation", async () => {
    await send(batchPart(at("a"), "x", { modifiedAtNs: "5", mode: "0644" }));
    const sha256 = hash("sha256", "x");
    const mode = "0600";

    const answer = await send(
      attributes("file-attributes", at("a"), { sha256, mode }),
      attributes("file-attributes", at("a"), { sha256: "0".repeat(64), mode: "0777" }),
      attributes("file-attributes", at("a"), { sha256, mode: "0777", modifiedAtNs: "6" }),
      attributes("file-attributes", at("b"), { sha256, mode }),
    );

    expect(codes(answer)).toEqual([
      "committed",
      "precondition-failed",
      "precondition-failed",
      "not-found",
    ]);
    const stored = service.explorer("demo").generations([...DESTINATION, "a"]);
    expect(stored).toMatchObject([{ generation: 1, mode: "0600" }]);
    const head = await client.call(
      "headFile",
      "HEAD",
      `/v1/files/${encodeServicePath([...DESTINATION, "a"])}`,
    );
    expect(head.headers["azukeru-mode"]).toBe("0600");
  });

  test("are said of a folder that is there, and make none", async () => {
    await send(batchPart(at("d", "a"), "x"));

    const answer = await send(
      attributes("folder-attributes", at("d"), { mode: "0750" }),
      attributes("folder-attributes", at("none"), { mode: "0750" }),
    );

    expect(codes(answer)).toEqual(["committed", "not-found"]);
    expect(json(answer).results[0].entry).toMatchObject({ mode: "0750", modifiedAtNs: "5" });
    expect(service.explorer("demo").folderExists([...DESTINATION, "none"])).toBe(false);
  });
});
