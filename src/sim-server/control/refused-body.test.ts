import { once } from "node:events";
import { Agent, createServer, request, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";

import { expect, onTestFinished, test } from "vitest";

import { createMailServer } from "../smtp/mail-server.ts";
import { createStorageService } from "../storage/service/storage-service.ts";
import { createControlApp } from "./control-app.ts";

test.each([
  ["a line that is too long", "x".repeat(2 ** 21), 413],
  ["a first line that is none", "no line\n".repeat(2 ** 18), 400],
])(
  "behind %s the connection carries the next request",
  async (_, body, status) => {
    const clock = { nowMs: () => 0 };
    const service = createStorageService({ clock, entropy: { randomHex: () => "0" } });
    const app = createControlApp(service, createMailServer({ clock }));
    const server = createServer(app).listen(0, "127.0.0.1");
    await once(server, "listening");
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    onTestFinished(() => {
      agent.destroy();
      server.closeAllConnections();
      server.close();
    });
    const { port } = server.address() as AddressInfo;
    const statusOf = async (method: string, path: string, sent?: string): Promise<unknown> => {
      const headers = { "content-type": "application/x-ndjson" };
      const asked = request({ port, method, path, agent, headers, timeout: 5_000 });
      asked.on("timeout", () => asked.destroy(new Error("no answer came")));
      asked.end(sent);
      const [response] = (await once(asked, "response")) as [IncomingMessage];
      response.resume();
      await once(response, "end");
      return response.statusCode;
    };

    for (const path of ["/snapshot", "/mail-snapshot"]) {
      expect(await statusOf("PUT", path, body)).toBe(status);
      expect(await statusOf("GET", "/health")).toBe(200);
    }
  },
  20_000,
);
