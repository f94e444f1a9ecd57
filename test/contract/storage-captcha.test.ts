import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import * as fc from "fast-check";
import express from "express";
import request from "supertest";
import { beforeEach, describe, expect, onTestFinished, test } from "vitest";

import type { CaptchaAnswer } from "../../src/protocol/http/schemas.ts";
import { createControlApp } from "../../src/sim-server/control/control-app.ts";
import { openDataFolder } from "../../src/sim-server/storage/data/open-data-folder.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import { json, makeService, StorageClient, type Answer, type TestClock } from "./storage-client.ts";

const MINUTE = 60_000;
const ACCOUNTS = ["demo", "other"].map((loginId) => ({ loginId, password: "correct" }));
let service: StorageService & { readonly clock: TestClock };
let client: StorageClient;

beforeEach(() => {
  service = makeService({ accounts: ACCOUNTS });
  client = new StorageClient(service);
});

async function giveWrongPasswords(loginId: string, times = 3): Promise<void> {
  for (let time = 0; time < times; time += 1) {
    expect((await client.login(loginId, "wrong")).status).toBe(401);
  }
}

/** The answer to the CAPTCHA that a refusal came with, as the control interface tells it. */
function answerTo(refusal: Answer): CaptchaAnswer {
  const { challengeId } = json(refusal);
  const captcha = service.captchas().find((each) => each.challengeId === challengeId);
  if (captcha === undefined) throw new Error("there is no such CAPTCHA");
  return { challengeId, answer: captcha.answer };
}

async function asked(loginId = "demo"): Promise<CaptchaAnswer> {
  return answerTo(await client.login(loginId, "correct"));
}

const codeOf = (answer: Answer): string =>
  answer.status === 201 ? "logged in" : json(answer).code;

describe("after three wrong passwords", () => {
  test("the right one is not enough: an image comes, whose characters are", async () => {
    await giveWrongPasswords("demo");

    const refusal = await client.login("demo", "correct");

    expect(refusal.status).toBe(403);
    expect(refusal.headers["cache-control"]).toBe("no-store");
    expect(json(refusal)).toMatchObject({
      code: "captcha-required",
      expiresAt: "2026-11-21T03:05:00.000Z",
    });
    const svg = Buffer.from(json(refusal).image.split(",")[1], "base64").toString();
    expect(svg).toMatch(/^<svg [^<>]*>(<(rect|path) [^<>]*\/>)+<\/svg>$/);
    const captcha = answerTo(refusal);
    expect(svg).not.toContain(captcha.answer);
    expect(captcha.answer).toMatch(/^[2-9A-HJ-NP-Z]{6}$/);
    expect(codeOf(await client.login("demo", "correct", captcha))).toBe("logged in");
  });

  test("the characters may come in lower case", async () => {
    await giveWrongPasswords("demo");
    const { challengeId, answer } = await asked();
    const lower = { challengeId, answer: answer.toLowerCase() };
    expect(codeOf(await client.login("demo", "correct", lower))).toBe("logged in");
  });

  test("a success resets: three more are free", async () => {
    await giveWrongPasswords("demo", 2);
    await client.login("demo", "correct");
    await giveWrongPasswords("demo");
    await client.login("demo", "correct", await asked());
    await giveWrongPasswords("demo", 2);
    expect(codeOf(await client.login("demo", "correct"))).toBe("logged in");
  });

  test("another login ID is untouched", async () => {
    await giveWrongPasswords("demo");
    expect(codeOf(await client.login("other", "correct"))).toBe("logged in");
  });

  test("a login ID that is nobody's is answered alike", async () => {
    for (const loginId of ["demo", "nobody"]) {
      await giveWrongPasswords(loginId);
      const refusal = await client.login(loginId, "wrong");
      expect(codeOf(refusal)).toBe("captcha-required");
      expect(codeOf(await client.login(loginId, "wrong", answerTo(refusal)))).toBe(
        "invalid-credentials",
      );
      expect(codeOf(await client.login(loginId, "wrong"))).toBe("captcha-required");
    }
  });

  test("sessions that there are go on", async () => {
    await client.login("demo", "correct");
    await giveWrongPasswords("demo");
    expect((await client.call("getContract", "GET", "/v1/contract")).status).toBe(200);
  });
});

describe("an answer", () => {
  beforeEach(() => giveWrongPasswords("demo"));

  test("that is wrong brings a new image, and the password is not looked at", async () => {
    const { challengeId } = await asked();
    for (const password of ["correct", "wrong"]) {
      const refusal = await client.login("demo", password, { challengeId, answer: "000000" });
      expect(refusal.status).toBe(403);
      expect(json(refusal).code).toBe("captcha-wrong");
      expect(json(refusal).challengeId).not.toBe(challengeId);
    }
    expect(service.snapshot().wrongPasswords).toEqual([{ loginId: "demo", count: 3 }]);
  });

  test("is taken once, right or wrong", async () => {
    const first = await asked();
    await client.login("demo", "wrong", first);
    expect(codeOf(await client.login("demo", "correct", first))).toBe("captcha-wrong");
    const second = await asked();
    await client.login("demo", "correct", { ...second, answer: "" });
    expect(codeOf(await client.login("demo", "correct", second))).toBe("captcha-wrong");
  });

  test("is taken for five minutes", async () => {
    const late = await asked();
    service.clock.ms += 5 * MINUTE;
    expect(service.captchas()).toEqual([]);
    expect(codeOf(await client.login("demo", "correct", late))).toBe("captcha-wrong");
    const inTime = await asked();
    service.clock.ms += 5 * MINUTE - 1;
    expect(codeOf(await client.login("demo", "correct", inTime))).toBe("logged in");
  });

  test("is taken for the login ID that was asked", async () => {
    await giveWrongPasswords("other");
    const captcha = await asked("other");
    expect(codeOf(await client.login("demo", "correct", captcha))).toBe("captcha-wrong");
    expect(codeOf(await client.login("other", "correct", captcha))).toBe("logged in");
  });

  test("with a wrong password counts as one more", async () => {
    expect(codeOf(await client.login("demo", "wrong", await asked()))).toBe("invalid-credentials");
    expect(service.snapshot().wrongPasswords).toEqual([{ loginId: "demo", count: 4 }]);
    expect(codeOf(await client.login("demo", "correct"))).toBe("captcha-required");
  });

  test("that nobody asked for is let be", async () => {
    const captcha = { challengeId: "x", answer: "y" };
    expect(codeOf(await client.login("other", "correct", captcha))).toBe("logged in");
  });

  test("is in no log, no snapshot, and told by the control interface alone", async () => {
    const captcha = await asked();
    const app = express().use(createControlApp(service));
    const told = await request(app).get("/captchas").expect(200);
    expect(told.body).toEqual({
      captchas: [{ ...captcha, loginId: "demo", expiresAt: "2026-11-21T03:05:00.000Z" }],
    });
    await client.login("demo", "wrong", captcha);
    const seen = JSON.stringify([service.requestLog.find(), service.snapshot()]);
    expect(seen).not.toContain(captcha.answer);
    await request(app).get("/captchas").expect(200, { captchas: [] });
  });
});

test("no token without an answer once three were wrong, whatever else happens", async () => {
  const act = fc.record({
    loginId: fc.constantFrom("demo", "other", "nobody"),
    password: fc.constantFrom("correct", "wrong", "wrong"),
    captcha: fc.constantFrom("none", "right", "wrong", "old", "foreign"),
    minutes: fc.constantFrom(0, 0, 3, 6),
    between: fc.constantFrom("nothing", "nothing", "snapshot", "password"),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(act, { maxLength: 30 }), async (acts) => {
      service = makeService({ accounts: ACCOUNTS });
      client = new StorageClient(service);
      /** Wrong passwords, and the last CAPTCHA with when it came, as a person would keep count. */
      const counts = new Map<string, number>();
      const last = new Map<string, { captcha: CaptchaAnswer; atMs: number }>();
      for (const { loginId, password, captcha, minutes, between } of acts) {
        if (between === "password") service.accounts.setPassword("demo", "correct");
        if (between === "snapshot") {
          service.restore(service.snapshot());
          last.clear();
        }
        service.clock.ms += minutes * MINUTE;
        const known = last.get(captcha === "foreign" ? "other" : loginId);
        const given =
          captcha === "none"
            ? undefined
            : { challengeId: "none", answer: "none", ...known?.captcha };
        if (captcha === "wrong" && given !== undefined) given.answer = "111111";
        const isAnswered =
          given !== undefined &&
          captcha !== "wrong" &&
          known !== undefined &&
          known === last.get(loginId) &&
          service.clock.ms - known.atMs < 5 * MINUTE;
        const mustAnswer = (counts.get(loginId) ?? 0) >= 3;

        const answer = await client.login(loginId, password, given);

        const isRight = password === "correct" && loginId !== "nobody";
        const isAskedAgain = mustAnswer && !isAnswered;
        const asking = given === undefined ? "captcha-required" : "captcha-wrong";
        const judged = isRight ? "logged in" : "invalid-credentials";
        expect(codeOf(answer)).toBe(isAskedAgain ? asking : judged);
        if (isAskedAgain) {
          last.set(loginId, { captcha: answerTo(answer), atMs: service.clock.ms });
        } else {
          counts.set(loginId, isRight ? 0 : (counts.get(loginId) ?? 0) + 1);
          if (mustAnswer || isRight) last.delete(loginId);
        }
      }
    }),
    { numRuns: 60 },
  );
});

describe("what is counted", () => {
  test("is in a snapshot, in both of its forms", async () => {
    await giveWrongPasswords("demo");
    await giveWrongPasswords("no\ud800body", 2);
    const before = service.snapshot();
    const records = service.records();
    expect(before.wrongPasswords).toEqual([
      { loginId: "demo", count: 3 },
      { loginId: "no\ud800body", count: 2 },
    ]);
    for (const form of ["one", "records"]) {
      service.reset();
      expect(codeOf(await client.login("demo", "correct"))).toBe("logged in");
      if (form === "one") service.restore(before);
      else await service.restoreRecords(records);
      expect(codeOf(await client.login("demo", "correct"))).toBe("captcha-required");
      expect(service.snapshot()).toEqual(before);
    }
    const { wrongPasswords: _, ...older } = before;
    service.restore(older);
    expect(service.snapshot().wrongPasswords).toEqual([]);
  });

  test("outlives a restart of a service that keeps its data", async () => {
    const folder = mkdtempSync(join(tmpdir(), "captcha-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const first = openDataFolder(folder);
    client = new StorageClient(makeService({ accounts: ACCOUNTS, data: first }));
    for (const loginId of ["demo", "no\ud800body"]) await giveWrongPasswords(loginId);
    await giveWrongPasswords("other", 2);
    await client.login("other", "correct");
    await first.close();

    const second = openDataFolder(folder);
    const again = makeService({ accounts: ACCOUNTS, data: second });
    client = new StorageClient(again);
    expect(codeOf(await client.login("demo", "correct"))).toBe("captcha-required");
    expect(codeOf(await client.login("no\ud800body", "correct"))).toBe("captcha-required");
    expect(codeOf(await client.login("other", "wrong"))).toBe("invalid-credentials");
    again.restore(again.snapshot());
    await again.settled();
    await second.close();

    const third = openDataFolder(folder);
    const { wrongPasswords } = makeService({ accounts: ACCOUNTS, data: third }).snapshot();
    expect(wrongPasswords).toEqual([
      { loginId: "demo", count: 3 },
      { loginId: "other", count: 1 },
      { loginId: "no\ud800body", count: 3 },
    ]);
    await third.close();
  });

  test("does not grow without end, and no flood of names frees an account", async () => {
    await giveWrongPasswords("demo");
    const { wrongPasswords: _, ...rest } = service.snapshot();
    const flood = Array.from({ length: 12_000 }, (_each, index) => ({
      loginId: `nobody-${index}`,
      count: 3,
    }));
    service.restore({ ...rest, wrongPasswords: [{ loginId: "demo", count: 3 }, ...flood] });

    const kept = service.snapshot().wrongPasswords;
    expect(kept.length).toBe(10_001);
    expect(kept.at(-1)).toEqual(flood.at(-1));
    expect(codeOf(await client.login("nobody-1", "wrong"))).toBe("invalid-credentials");
    expect(codeOf(await client.login("demo", "correct"))).toBe("captcha-required");
    for (let time = 0; time < 20; time += 1) await client.login("demo", "correct");
    expect(service.captchas().length).toBe(4);
  });
});

test("the same chance draws the same image", async () => {
  const images = [];
  for (let time = 0; time < 2; time += 1) {
    let count = 0;
    const randomHex = (byteCount: number): string =>
      Array.from({ length: byteCount }, () =>
        ((count++ * 37) % 256).toString(16).padStart(2, "0"),
      ).join("");
    client = new StorageClient(makeService({ entropy: { randomHex } }));
    await giveWrongPasswords("demo");
    images.push(json(await client.login("demo", "correct")).image);
  }
  expect(images[0]).toBe(images[1]);
});
