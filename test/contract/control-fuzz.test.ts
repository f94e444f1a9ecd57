import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";

import express from "express";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";

import { problemSchema } from "../../src/protocol/http/problem.ts";
import { createControlApp } from "../../src/sim-server/control/control-app.ts";
import { createMailServer, type MailServer } from "../../src/sim-server/smtp/mail-server.ts";
import { createHttpServer } from "../../src/sim-server/storage/http/http-server.ts";
import { controlRequests } from "./control-fuzz-arbitraries.ts";
import { makeService } from "./storage-client.ts";

let service: ReturnType<typeof makeService>;
let mail: MailServer;
let server: Server;
let url: string;

beforeAll(async () => {
  service = makeService({ memoryBytesMax: 64 * 2 ** 20 });
  mail = createMailServer({ clock: service.clock });
  const app = express();
  app.use("/_sim", createControlApp(service, mail));
  app.use(service.listener);
  server = createHttpServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  server.close();
  await once(server, "close");
});

test("answers any request to the control interface without a 500, and refuses with problems", async () => {
  await fc.assert(
    fc.asyncProperty(
      controlRequests([() => service.snapshot(), () => mail.snapshot()]),
      async ({ method, target: at, type, body: sent }) => {
        const answer = await fetch(url + at, {
          method,
          headers: { "content-type": type },
          ...(method === "GET" ? {} : { body: sent }),
        });
        const text = await answer.text();
        expect(answer.status).toBeLessThan(500);
        expect(answer.status < 400 || problemSchema.safeParse(JSON.parse(text)).success).toBe(true);
        // Whatever was let in, everything there is can still be shown, and taken back.
        for (const shown of [
          "health",
          "snapshot",
          "requests",
          "mails",
          "mail-snapshot",
          "faults",
        ]) {
          expect((await fetch(`${url}/_sim/${shown}`)).status).toBe(200);
        }
        const saved = service.snapshot();
        service.restore(saved);
        expect(service.snapshot()).toEqual(saved);
        service.faults.clear();
        expect((await fetch(`${url}/healthz`)).status).toBe(200);
        expect([...service.internalErrors, ...mail.internalErrors]).toEqual([]);
      },
    ),
    { numRuns: 400 },
  );
});

test("lets others take their turn while it sends and takes what is large", async () => {
  const manual = ["セキュリティ領域", "手動バックアップ"];
  service.reset();
  service.explorer("demo").put([...manual, "large"], randomBytes(40 * 2 ** 20));
  const type = "application/x-ndjson";
  let turnCount = 0;
  const ticking = setInterval(() => (turnCount += 1), 1);
  const lines = await (await fetch(`${url}/_sim/snapshot`, { headers: { accept: type } })).text();
  const put = { method: "PUT", headers: { "content-type": type }, body: lines };
  expect((await fetch(`${url}/_sim/snapshot`, put)).status).toBe(204);
  clearInterval(ticking);
  // No law by the clock: a machine may be busy. Held as a whole, there would be next to no turns.
  expect(turnCount).toBeGreaterThan(20);
});
