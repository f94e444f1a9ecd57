import { beforeEach, describe, expect, test } from "vitest";

import { LIMITS } from "../../src/protocol/limits.ts";
import { administratorFolder } from "../../src/protocol/service-path.ts";
import type { StorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import {
  DESTINATION,
  folderUrl,
  inDestination,
  json,
  makeService,
  StorageClient,
  type TestClock,
} from "./storage-client.ts";

const MINUTE = 60_000;
let service: StorageService & { readonly clock: TestClock };
let client: StorageClient;

beforeEach(async () => {
  service = makeService();
  client = await StorageClient.loggedIn(service);
});

const contract = (): ReturnType<StorageClient["send"]> =>
  client.call("getContract", "GET", "/v1/contract");

describe("a session", () => {
  test("shows who is logged in and makes the administrator's folder", async () => {
    const answer = await new StorageClient(service).login("demo", "correct");
    expect(json(answer)).toMatchObject({
      loginId: "demo",
      edition: "office-anshin",
      expiresAt: "2026-11-21T15:00:00.000Z",
    });
    expect(service.explorer("demo").folderExists(administratorFolder("demo"))).toBe(true);
    expect(json(await contract())).toMatchObject({
      loginId: "demo",
      plan: "standard",
      usedBytes: 0,
    });
  });

  test("is not begun with a wrong password or login ID, and the answers are the same", async () => {
    const wrong = await client.login("demo", "wrong");
    const unknown = await client.login("nobody", "wrong");
    expect(wrong.status).toBe(401);
    expect(unknown.body.equals(wrong.body)).toBe(true);
    expect(wrong.headers["www-authenticate"]).toMatch(/^Bearer/);
  });

  test("ends by logout: the token is worth nothing then", async () => {
    expect((await client.call("deleteSession", "DELETE", "/v1/sessions/current")).status).toBe(204);
    expect(json(await contract()).code).toBe("session-required");
  });

  test("expires when nobody uses it, and told so", async () => {
    service.clock.ms += LIMITS.sessionIdleMinutesMax * MINUTE - 1;
    expect((await contract()).status).toBe(200);
    service.clock.ms += LIMITS.sessionIdleMinutesMax * MINUTE;
    expect(json(await contract()).code).toBe("session-expired");
    expect(json(await contract()).code).toBe("session-expired");
  });

  test("expires of age however busy it is", async () => {
    for (let minutes = 0; minutes < LIMITS.sessionLifetimeHoursMax * 60; minutes += 20) {
      expect((await contract()).status).toBe(200);
      service.clock.ms += 20 * MINUTE;
    }
    expect(json(await contract()).code).toBe("session-expired");
  });

  test("can be made to expire", async () => {
    service.expireSessions("demo");
    expect(json(await contract()).code).toBe("session-expired");
  });

  test("is required, and not just any token", async () => {
    for (const token of [null, "x", `${client.token}x`, ""]) {
      client.token = token;
      expect(json(await contract()).code).toBe("session-required");
    }
  });

  test("shows only its own contract's files", async () => {
    service.accounts.add({ loginId: "other", password: "correct" });
    service.accounts.add({ loginId: "colleague", password: "correct", contractId: "demo" });
    await client.putFolder(DESTINATION);
    await client.put(inDestination("a"), "x");
    const other = await StorageClient.loggedIn(service, "other");
    expect((await other.get(inDestination("a"))).status).toBe(404);
    expect((await other.call("getFolder", "GET", folderUrl(DESTINATION))).status).toBe(404);
    const colleague = await StorageClient.loggedIn(service, "colleague");
    expect((await colleague.get(inDestination("a"))).status).toBe(200);
  });
});

describe("secrets", () => {
  test("are in no log, no answer but the login's, and in a snapshot under `secrets` alone", async () => {
    await client.login("demo", "hunter2-wrong");
    await client.putFolder(DESTINATION);
    const log = JSON.stringify(service.requestLog.find());
    const { secrets, ...rest } = service.snapshot();
    for (const secret of ["correct", "hunter2-wrong", client.token ?? ""]) {
      expect(log).not.toContain(secret);
      expect(JSON.stringify(rest)).not.toContain(secret);
    }
    expect(secrets.passwords["demo"]).toBe("correct");
  });
});

describe("a login request that does not fit", () => {
  test.each([
    ["application/json", "{", 400],
    ["application/json", '{"loginId":"demo"}', 400],
    ["application/json", '{"loginId":"demo","password":"x","deviceName":"d","more":1}', 400],
    ["application/json", "null", 400],
    ["text/plain", "{}", 415],
    ["application/json", `"${"x".repeat(300_000)}"`, 413],
  ])("is refused: %s %s", async (type, body, status) => {
    const headers = { "content-type": type };
    const answer = await client.call("createSession", "POST", "/v1/sessions", { headers, body });
    expect(answer.status).toBe(status);
    expect(answer.body.toString()).not.toContain("demo");
  });
});
