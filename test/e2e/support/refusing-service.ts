import { once } from "node:events";
import { request as httpRequest } from "node:http";
import { connect, type AddressInfo } from "node:net";

import express from "express";
import { onTestFinished } from "vitest";

import { createControlApp } from "../../../src/sim-server/control/control-app.ts";
import { createMailServer, type MailServer } from "../../../src/sim-server/smtp/mail-server.ts";
import { createHttpServer } from "../../../src/sim-server/storage/http/http-server.ts";
import type { StorageService } from "../../../src/sim-server/storage/service/storage-service.ts";
import { makeService, type TestClock } from "../../contract/storage-client.ts";

/** What is sent beside method and path. A body that is no text is sent as JSON. */
export interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
}

/** An answer. */
export interface Told {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly text: string;
}

/** A service with its control interface and its mail server on one real port, for what it refuses to say. */
export interface RefusingService {
  readonly service: StorageService & { readonly clock: TestClock };
  readonly mail: MailServer;
  /** Sends a request with the session of `logIn`, if there is one. */
  readonly send: (method: string, path: string, sent?: Sent) => Promise<Told>;
  /** Sends bytes, and takes what comes until the connection ends. */
  readonly sendRaw: (text: string) => Promise<Told>;
  readonly logIn: () => Promise<void>;
}

/** Starts one with the account `demo` of the password `correct`; gone when the test is over. */
export async function refusingService(language: string): Promise<RefusingService> {
  const service = makeService({
    accounts: [{ loginId: "demo", password: "correct", quotaBytes: 1000 }],
    uploadLimits: { appendBytesMin: 2, appendBytesMax: 20, sizeBytesMax: 100 },
  });
  const mail = createMailServer({ clock: service.clock });
  const app = express();
  app.use("/_sim", createControlApp(service, mail));
  app.use(service.listener);
  const server = createHttpServer(app).listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  let token: string | undefined;
  const send: RefusingService["send"] = async (method, path, { headers = {}, body } = {}) => {
    const text = typeof body === "string" || body === undefined ? body : JSON.stringify(body);
    const request = httpRequest({
      port,
      method,
      path,
      headers: {
        "accept-language": language,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
        ...(text === body ? {} : { "content-type": "application/json" }),
        ...headers,
      },
    });
    request.end(text);
    const [response] = (await once(request, "response")) as [
      AsyncIterable<Buffer> & { statusCode: number; headers: Record<string, string> },
    ];
    const chunks: Buffer[] = [];
    for await (const chunk of response) chunks.push(chunk);
    const { statusCode: status, headers: answered } = response;
    return { status, headers: answered, text: Buffer.concat(chunks).toString() };
  };
  return {
    service,
    mail,
    send,
    async sendRaw(text) {
      const socket = connect(port, "127.0.0.1");
      socket.write(text);
      const chunks: Buffer[] = [];
      for await (const chunk of socket) chunks.push(chunk as Buffer);
      const [head = "", body = ""] = Buffer.concat(chunks).toString().split("\r\n\r\n");
      const [status = "", ...fields] = head.split("\r\n");
      const headers = fields.map((field) => {
        const [name = "", value = ""] = field.split(": ");
        return [name.toLowerCase(), value] as const;
      });
      return {
        status: Number(status.split(" ")[1]),
        headers: Object.fromEntries(headers),
        text: body,
      };
    },
    async logIn() {
      const body = { loginId: "demo", password: "correct", deviceName: "pc" };
      const { text } = await send("POST", "/v1/sessions", { body });
      ({ token } = JSON.parse(text) as { token: string });
    },
  };
}
