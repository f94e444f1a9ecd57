import { createHash, randomBytes } from "node:crypto";

import express from "express";
import request from "supertest";
import { beforeEach, expect, test } from "vitest";

import { createStorageService, type StorageService } from "../storage/service/storage-service.ts";
import type { StorageSnapshot } from "../storage/snapshot/storage-snapshot.ts";
import { createControlApp } from "./control-app.ts";

const MANUAL = ["セキュリティ領域", "手動バックアップ"];
const LINES = "application/x-ndjson";
let service: StorageService;
let app: ReturnType<typeof express>;

beforeEach(() => {
  service = createStorageService({
    clock: { nowMs: () => 1_800_000_000_000 },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [{ loginId: "demo", password: "secret" }],
    checkContract: true,
    memoryBytesMax: 64 * 2 ** 20,
  });
  app = express();
  app.use("/_sim", createControlApp(service));
  app.use(service.listener);
});

async function linesOfSnapshot(): Promise<string> {
  const answer = await request(app)
    .get("/_sim/snapshot")
    .set("accept", LINES)
    .buffer(true)
    .parse((response, done) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => done(null, Buffer.concat(chunks).toString()));
    })
    .expect(200);
  return String(answer.body);
}

async function putLines(lines: string): Promise<number> {
  return (await request(app).put("/_sim/snapshot").set("content-type", LINES).send(lines)).status;
}

test("takes a large snapshot as lines, and goes back to it", async () => {
  const large = randomBytes(6 * 2 ** 20);
  service.explorer("demo").put([...MANUAL, "large"], large);
  service.explorer("demo").put([...MANUAL, "empty"], "");
  service.explorer("demo").put([...MANUAL, "folder", "a"], "1");
  service.explorer("demo").put([...MANUAL, "folder", "a"], "22");
  const before = service.snapshot();
  await request(app).get("/_sim/snapshot").expect(406);
  const lines = await linesOfSnapshot();
  expect(Math.max(...lines.split("\n").map(({ length }) => length))).toBeLessThan(200_000);
  await request(app).post("/_sim/reset").expect(204);
  expect(await putLines(lines)).toBe(204);
  expect(service.snapshot()).toEqual(before);
  expect(
    service
      .explorer("demo")
      .read([...MANUAL, "large"])
      .equals(large),
  ).toBe(true);
});

test("refuses lines that are cut, changed or none, and changes nothing", async () => {
  service.explorer("demo").put([...MANUAL, "a"], "one");
  const before = service.snapshot();
  const lines = (await linesOfSnapshot()).trimEnd().split("\n");
  const without = (index: number): string => lines.toSpliced(index, 1).join("\n");
  for (const broken of [
    "",
    "{",
    ...lines.map((_line, index) => without(index)).slice(0, 3),
    without(lines.length - 1),
    [...lines, ...lines].join("\n"),
    lines.join("\n").replace("b25l", "b25m"),
    [lines[0], "x".repeat(2_000_000)].join("\n"),
  ]) {
    expect(await putLines(broken)).toBeGreaterThanOrEqual(400);
  }
  expect(service.snapshot()).toEqual(before);
});

test("keeps accounts of any name, and never lets one in whose password is not its own", async () => {
  const loginIds = ["__proto__", "constructor", "toString"];
  const accounts = loginIds.map((loginId) => ({ loginId, password: "x" }));
  const trees = JSON.parse(`{"__proto__": {"${MANUAL.join("/")}/a": "1"}}`) as object;
  await request(app).post("/_sim/seed").send({ accounts, trees }).expect(200);
  expect(
    service
      .explorer("__proto__")
      .read([...MANUAL, "a"])
      .toString(),
  ).toBe("1");
  const { text } = await request(app).get("/_sim/snapshot").expect(200);
  const putText = (json: string): request.Test =>
    request(app).put("/_sim/snapshot").set("content-type", "application/json").send(json);
  await putText(text).expect(204);
  for (const loginId of loginIds) {
    const login = { loginId, password: "x", deviceName: "pc" };
    await request(app).post("/v1/sessions").send(login).expect(201);
  }
  await putText(text.replace('"constructor":"x"', '"other":"x"')).expect(400);
  await putText(text.replace('"__proto__":"x"', '"other":"x"')).expect(400);
});

type Change = (snapshot: StorageSnapshot) => unknown;

const firstContract = (snapshot: StorageSnapshot): StorageSnapshot["contracts"][number] => {
  const [contract] = snapshot.contracts;
  if (contract === undefined) throw new Error("no contract");
  return contract;
};

const withFolder =
  (folder: object): Change =>
  (snapshot) =>
    firstContract(snapshot).folders.push({
      path: ["x"],
      id: "d77",
      createdAtMs: 0,
      writeOrder: 77,
      attributes: null,
      ...folder,
    });

const withFile =
  (generation: object, file: object = {}): Change =>
  (snapshot) => {
    const sha256 = createHash("sha256").update("").digest("hex");
    snapshot.contents[sha256] = "";
    const whole = {
      generation: 1,
      sizeBytes: 0,
      modifiedAtNs: "0",
      mode: null,
      savedAtMs: 0,
      sha256,
    };
    const generations = [{ ...whole, ...generation }];
    firstContract(snapshot).files.push({
      path: ["f"],
      id: "f78",
      writeOrder: 78,
      generations,
      ...file,
    });
  };

test("takes a folder and a file that are in order", async () => {
  const snapshot = service.snapshot();
  withFolder({})(snapshot);
  withFile({})(snapshot);
  await request(app).put("/_sim/snapshot").send(snapshot).expect(204);
  const names = service.explorer("demo").file(["f"])?.name;
  expect([names, service.explorer("demo").folderExists(["x"])]).toEqual(["f", true]);
});

test.each<[string, Change]>([
  ["a name ..", withFolder({ path: [".."] })],
  ["a name with a slash", withFolder({ path: ["a/b"] })],
  ["an empty path", withFolder({ path: [] })],
  ["a name with a NUL", withFolder({ path: ["a\0"] })],
  ["half a character", withFolder({ path: ["\ud800"] })],
  ["a path that is too deep", withFolder({ path: Array.from({ length: 600 }, () => "a") })],
  ["a folder in no folder", withFolder({ path: ["none", "a"] })],
  ["a time after the year 9999", withFolder({ createdAtMs: 9e15 })],
  ["a time before 1970", withFolder({ createdAtMs: -1 })],
  ["an id that is none", withFolder({ id: 'd1"\r\n' })],
  ["one id twice", withFolder({ id: "d1" })],
  ["one folder twice", withFolder({ path: [...MANUAL].slice(0, 1) })],
  ["an absurd time of a file", withFile({ savedAtMs: 1e15 })],
  ["a time that is no number", withFile({ modifiedAtNs: "soon" })],
  ["no generation", withFile({}, { generations: [] })],
  ["a file named ..", withFile({}, { path: [".."] })],
  [
    "a plan that is not on sale",
    (snapshot) => void Object.assign(firstContract(snapshot), { plan: "x" }),
  ],
  [
    "a login ID with a slash",
    (snapshot) => void Object.assign(snapshot.accounts[0] ?? {}, { loginId: "a/b" }),
  ],
  ["an account twice", (snapshot) => snapshot.accounts.push(...snapshot.accounts)],
  [
    "a password that is no text",
    (snapshot) => void Object.assign(snapshot.secrets.passwords, { demo: 1 }),
  ],
])("refuses a snapshot with %s, and changes nothing", async (_what, change) => {
  const before = service.snapshot();
  const snapshot = service.snapshot();
  change(snapshot);
  await request(app).put("/_sim/snapshot").send(snapshot).expect(400);
  expect(service.snapshot()).toEqual(before);
  await request(app).get("/healthz").expect(200);
});
