import { randomBytes } from "node:crypto";

import express from "express";
import request from "supertest";
import { beforeEach, describe, expect, test } from "vitest";

import { problemSchema } from "../../protocol/http/problem.ts";
import { createStorageService, type StorageService } from "../storage/service/storage-service.ts";
import { createControlApp } from "./control-app.ts";

const MANUAL = "セキュリティ領域/手動バックアップ";
let service: StorageService;
let app: ReturnType<typeof express>;

beforeEach(() => {
  service = createStorageService({
    clock: { nowMs: () => 1_800_000_000_000 },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [{ loginId: "demo", password: "secret" }],
  });
  app = express();
  app.use("/_sim", createControlApp(service));
  app.use(service.listener);
});

describe("the control interface", () => {
  test("seeds accounts and files, and resets to the beginning", async () => {
    const seed = {
      accounts: [{ loginId: "second", password: "x", contractId: "demo" }],
      trees: {
        demo: {
          [`${MANUAL}/a.txt`]: "hello",
          [`${MANUAL}/b.bin`]: { base64: "AAEC" },
          [`${MANUAL}/empty`]: null,
        },
      },
    };
    const answer = await request(app).post("/_sim/seed").send(seed).expect(200);
    expect(answer.body).toEqual({ accounts: ["demo", "second"] });
    const explorer = service.explorer("second");
    expect(explorer.list(MANUAL.split("/")).map(({ name }) => name)).toEqual([
      "a.txt",
      "b.bin",
      "empty",
    ]);
    await request(app).post("/_sim/reset").expect(204);
    expect(service.accounts.all().length).toBe(1);
    expect(service.explorer("demo").usage().usedBytes).toBe(0);
  });

  test("seeds all or nothing", async () => {
    const before = service.snapshot();
    for (const seed of [
      {
        accounts: [
          { loginId: "x", password: "x" },
          { loginId: "demo", password: "x" },
        ],
      },
      { trees: { demo: { [`${MANUAL}/a`]: "1", "outside/b": "2" } } },
      { trees: { nobody: { [`${MANUAL}/a`]: "1" } } },
      { trees: { demo: { "a/../b": "1" } } },
      { accounts: [{ loginId: "x", password: "x", edition: "office-anshin", plan: "pro" }] },
      { more: 1 },
    ]) {
      const answer = await request(app).post("/_sim/seed").send(seed);
      expect(answer.status).toBeGreaterThanOrEqual(400);
      expect(problemSchema.parse(answer.body).status).toBe(answer.status);
    }
    expect(service.snapshot()).toEqual(before);
  });

  test("takes a snapshot and brings the service back to it, byte for byte", async () => {
    service.explorer("demo").put([...MANUAL.split("/"), "a"], "1", { modifiedAtNs: -5n });
    service.explorer("demo").put([...MANUAL.split("/"), "a"], "22");
    const login = { loginId: "demo", password: "secret", deviceName: "pc" };
    const { body: session } = await request(app).post("/v1/sessions").send(login).expect(201);
    const { body: snapshot } = await request(app).get("/_sim/snapshot").expect(200);
    await request(app).post("/_sim/reset").expect(204);
    await request(app).put("/_sim/snapshot").send(snapshot).expect(204);
    expect(service.snapshot()).toEqual(snapshot);
    const authorization = `Bearer ${session.token}`;
    await request(app).get("/v1/contract").set({ authorization }).expect(200);
    expect(
      service
        .explorer("demo")
        .read([...MANUAL.split("/"), "a"], 1)
        .toString(),
    ).toBe("1");
    expect(service.explorer("demo").usage().usedBytes).toBe(3);

    for (const broken of [
      {},
      { ...snapshot, version: 2 },
      { ...snapshot, contents: {} },
      { ...snapshot, contracts: [] },
    ]) {
      await request(app).put("/_sim/snapshot").send(broken).expect(400);
    }
    expect(service.snapshot()).toEqual(snapshot);
  });

  test("plans faults, shows what became of them, and takes them out", async () => {
    const faults = [
      { kind: "status", status: 503 },
      { kind: "reset", operation: "putFile" },
    ];
    const { body } = await request(app).post("/_sim/faults").send(faults).expect(201);
    await request(app).get("/healthz").expect(503);
    const { body: listed } = await request(app).get("/_sim/faults").expect(200);
    expect(listed.faults).toMatchObject([{ id: body.ids[0], hitCount: 1 }, { hitCount: 0 }]);
    await request(app).delete(`/_sim/faults/${body.ids[0]}`).expect(204);
    await request(app).delete(`/_sim/faults/${body.ids[0]}`).expect(404);
    await request(app).delete("/_sim/faults").expect(204);
    expect(service.faults.isEmpty).toBe(true);
    await request(app).post("/_sim/faults").send({ kind: "status", status: 200 }).expect(400);
  });

  test("shows the requests there were, and only those of the service", async () => {
    await request(app).get("/healthz");
    await request(app).get("/v1/contract");
    const { body } = await request(app).get("/_sim/requests?status=401").expect(200);
    expect(body.requests).toMatchObject([
      { number: 2, operationId: "getContract", problemCode: "session-required" },
    ]);
    const lines = await request(app)
      .get("/_sim/requests")
      .set("accept", "application/x-ndjson")
      .buffer(true)
      .parse((response, done) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => done(null, text));
      });
    expect(String(lines.body).split("\n").length).toBe(3);
    await request(app).get("/_sim/requests?operationId=nothing").expect(400);
    const login = { loginId: "demo", password: "secret", deviceName: "pc" };
    const { body: session } = await request(app).post("/v1/sessions").send(login);
    const folder = encodeURI(MANUAL);
    await request(app).get(`/v1/folders/${folder}`).set("authorization", `Bearer ${session.token}`);
    const found = await request(app).get(`/_sim/requests?path=${encodeURIComponent("*/手動*")}`);
    expect(found.body.requests).toMatchObject([
      { operationId: "getFolder", paths: [MANUAL], status: 200 },
    ]);
  });

  test("answers what it does not know, or cannot read, with problems", async () => {
    for (const answer of [
      await request(app).get("/_sim/nothing"),
      await request(app).post("/_sim/faults").set("content-type", "application/json").send("{"),
      await request(app).post("/_sim/seed").send("text"),
      await request(app).put("/_sim/snapshot"),
    ]) {
      expect(answer.headers["content-type"]).toContain("application/problem+json");
      expect(problemSchema.parse(answer.body).status).toBe(answer.status);
    }
  });

  test("is well whatever faults are planned", async () => {
    service.faults.add({ kind: "status", status: 503, times: "forever" });
    await request(app).get("/healthz").expect(503);
    const { body } = await request(app).get("/_sim/health").expect(200);
    expect(body).toEqual({ status: "ok" });
  });

  test("refuses more than it can look at without holding others up", async () => {
    const faults = Array.from({ length: 1_001 }, () => ({ kind: "reset" }));
    await request(app).post("/_sim/faults").send(faults).expect(413);
    expect(service.faults.isEmpty).toBe(true);
    const wild = { kind: "reset", path: "?".repeat(20_000) };
    await request(app).post("/_sim/faults").send(wild).expect(400);
    await request(app)
      .get(`/_sim/requests?path=${"*a".repeat(200)}`)
      .expect(400);
    const tree = { [`${MANUAL}/a`]: "a".repeat(5 * 2 ** 20) };
    const large = await request(app)
      .post("/_sim/seed")
      .send({ trees: { demo: tree } })
      .expect(413);
    expect(problemSchema.parse(large.body).code).toBe("content-too-large");
  });
});
