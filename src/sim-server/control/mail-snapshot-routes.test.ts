import { once } from "node:events";
import { createServer, request as httpRequest, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

import express from "express";
import { afterEach, beforeEach, expect, test } from "vitest";

import { createMailServer, type MailServer, type MailServerOptions } from "../smtp/mail-server.ts";
import { formatMailLines } from "../smtp/mail-snapshot.ts";
import { createStorageService } from "../storage/service/storage-service.ts";
import { createControlApp } from "./control-app.ts";

const LINES = "application/x-ndjson";
const HELD_MS_MAX = 100;
let mail: MailServer;
let server: Server;

beforeEach(() => start());

async function start(options: Partial<MailServerOptions> = {}): Promise<void> {
  const clock = { nowMs: () => 1_800_000_000_000 };
  mail = createMailServer({ clock, ...options });
  const service = createStorageService({ clock, entropy: { randomHex: () => "0" } });
  server = createServer(express().use("/_sim", createControlApp(service, mail)));
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
}

afterEach(() => void server.close());

function arrive(raw: Buffer): void {
  mail.mailbox.add({
    receivedAtMs: 1_800_000_000_000,
    from: "agent@mail.example",
    recipients: ["a@example.com"],
    clientName: "pc",
    tls: true,
    user: "agent",
    raw,
  });
}

/** What an exchange came to, and for how long it held the loop at most, in processor time of the thread. */
interface Exchange {
  readonly status: number;
  readonly pieces: readonly Buffer[];
  readonly heldMsMax: number;
}

async function exchange(
  method: "GET" | "PUT",
  path: string,
  headers: Readonly<Record<string, string>>,
  body: Iterable<Buffer> = [],
): Promise<Exchange> {
  const cpuMs = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  let lastMs = cpuMs();
  let heldMsMax = 0;
  const ticks = setInterval(() => {
    const nowMs = cpuMs();
    heldMsMax = Math.max(heldMsMax, nowMs - lastMs);
    lastMs = nowMs;
  }, 1);
  const { port } = server.address() as AddressInfo;
  const request = httpRequest({ port, path: `/_sim/${path}`, method, headers, agent: false });
  const answered = once(request, "response") as Promise<[IncomingMessage]>;
  await pipeline(Readable.from(body, { objectMode: false }), request);
  const [response] = await answered;
  const pieces: Buffer[] = [];
  for await (const piece of response as AsyncIterable<Buffer>) pieces.push(piece);
  clearInterval(ticks);
  return { status: response.statusCode ?? 0, pieces, heldMsMax };
}

test.each([
  [
    "50,000 mails",
    () => Array.from({ length: 50_000 }, (_, at) => Buffer.from(`Subject: ${at}\r\n\r\n`)),
  ],
  [
    "a mail of 50 MB",
    () => [
      Buffer.concat([Buffer.from("Subject: a\r\n\r\n"), Buffer.alloc(50_000_000, "large\r\n")]),
    ],
  ],
])(
  "%s are given and taken back without holding anybody up",
  { timeout: 120_000 },
  async (_what, mails) => {
    for (const raw of mails()) arrive(raw);
    const content = mail.mailbox.content();
    const first = await exchange("GET", "mail-snapshot", { accept: "application/json" });
    const listed = await exchange("GET", "mails?wait=1", {});
    const { pieces, ...second } = await exchange("GET", "mail-snapshot", { accept: LINES });
    mail.reset();
    const put = await exchange("PUT", "mail-snapshot", { "content-type": LINES }, pieces);

    expect([first.status, listed.status, second.status, put.status]).toEqual([200, 200, 200, 204]);
    const held = [first, listed, second, put].map(({ heldMsMax }) => heldMsMax);
    expect(Math.max(...held)).toBeLessThan(HELD_MS_MAX);
    const back = mail.mailbox.content();
    expect(back.nextNumber).toBe(content.nextNumber);
    const wrong = back.mails.filter(({ raw }, at) => content.mails[at]?.raw.equals(raw) !== true);
    expect([back.mails.length, wrong.length]).toEqual([content.mails.length, 0]);
    const text = Buffer.concat(first.pieces).toString();
    expect(text.slice(-3)).toBe("}]}");
    expect((JSON.parse(text) as { mails: unknown[] }).mails).toHaveLength(content.mails.length);
  },
);

test("refuses lines that are none, and more mails than there is room for, and changes nothing", async () => {
  server.close();
  await start({ mailboxBytesMax: 20_000 });
  arrive(Buffer.from("Subject: a\r\n\r\n"));
  const before = mail.snapshot();
  const putLines = async (text: string): Promise<number> =>
    (await exchange("PUT", "mail-snapshot", { "content-type": LINES }, [Buffer.from(text)])).status;
  expect(await putLines("{}\n")).toBe(400);
  const large = createMailServer({ clock: { nowMs: () => 0 }, mailboxBytesMax: 2 ** 40 });
  for (let count = 0; count < 30; count += 1) {
    large.mailbox.add({ ...before.mails[0], raw: Buffer.alloc(100) } as never);
  }
  const lines = [...formatMailLines(large.mailbox.content())].map((line) => Buffer.from(line));
  const refused = await exchange("PUT", "mail-snapshot", { "content-type": LINES }, lines);
  expect(refused.status).toBe(507);
  expect(mail.snapshot()).toEqual(before);
}, 120_000);
