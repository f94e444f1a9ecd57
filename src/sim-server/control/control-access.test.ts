import express from "express";
import request from "supertest";
import { expect, test } from "vitest";

import { problemSchema } from "../../protocol/http/problem.ts";
import { createStorageService } from "../storage/service/storage-service.ts";
import type { ControlAccess } from "./control-access.ts";
import { createControlApp } from "./control-app.ts";

interface Asked {
  readonly headers?: Readonly<Record<string, string>>;
  readonly access?: ControlAccess;
  /** Where the request says to come from. Default: as it comes, from this machine. */
  readonly address?: string;
}

/** What was answered, and whether it was done. */
async function resetBy({ headers = {}, access, address }: Asked): Promise<object> {
  const service = createStorageService({
    clock: { nowMs: () => 1_800_000_000_000 },
    entropy: { randomHex: () => "0" },
    accounts: [{ loginId: "demo", password: "secret" }],
  });
  service.faults.add({ kind: "reset" });
  const app = express();
  app.use((asked, _response, next) => {
    if (address !== undefined)
      Object.defineProperty(asked.socket, "remoteAddress", { value: address });
    next();
  });
  app.use("/_sim", createControlApp(service, undefined, access));
  const answer = await request(app)
    .post("/_sim/reset")
    .set({ host: "localhost:8080", ...headers });
  const { data } = problemSchema.safeParse(answer.body);
  return { status: answer.status, code: data?.code, isDone: service.faults.isEmpty };
}

const LISTENING: ControlAccess = { host: "192.168.1.5" };
const LET_IN: ControlAccess = { host: "0.0.0.0", remoteHosts: ["sim.example"] };

test.each<Asked>([
  {},
  { headers: { host: "127.0.0.1:8080" } },
  { headers: { host: "[::1]:8080" } },
  { headers: { host: "LOCALHOST" } },
  { headers: { host: "sim.localhost:1" } },
  { headers: { host: "192.168.1.5:8080" }, access: LISTENING },
  { headers: { host: "[fe80::1]:8080" }, access: { host: "fe80::1" } },
  { headers: { origin: "http://localhost:8080", "sec-fetch-site": "same-origin" } },
  { headers: { "sec-fetch-site": "none" } },
  { headers: { host: "sim.example:8080" }, access: LET_IN, address: "10.0.0.9" },
  { access: LISTENING, address: "::ffff:127.0.0.1" },
])("answers this machine, and others where a name for them is known: %j", async (asked) => {
  expect(await resetBy(asked)).toEqual({ status: 204, isDone: true });
});

test.each<Asked>([
  { headers: { host: "attacker.example:8080" } },
  { headers: { host: "localhost.attacker.example" } },
  { headers: { host: "127.0.0.1.attacker.example" } },
  { headers: { host: "192.168.1.5:8080" } },
  { headers: { host: "" } },
  { headers: { host: "0.0.0.0" } },
  { headers: { origin: "http://attacker.example" } },
  { headers: { origin: "http://localhost:3000" } },
  { headers: { origin: "https://localhost:8080" } },
  { headers: { origin: "null" } },
  { headers: { "sec-fetch-site": "cross-site" } },
  { headers: { "sec-fetch-site": "same-site" } },
  { address: "10.0.0.9" },
  { headers: { host: "192.168.1.5:8080" }, access: LISTENING, address: "192.168.1.9" },
  { headers: { host: "other.example" }, access: LET_IN, address: "10.0.0.9" },
  { headers: { origin: "http://attacker.example" }, access: LET_IN },
])("refuses what a web page or a stranger may have sent, and does nothing: %j", async (asked) => {
  const refused = { status: 403, code: "access-refused", isDone: false };
  expect(await resetBy(asked)).toEqual(refused);
});
