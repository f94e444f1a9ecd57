import { connect } from "node:net";

import { afterEach, expect, test } from "vitest";

import { createMailServer, type MailServer, type MailServerOptions } from "./mail-server.ts";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

/** Sends lines, each behind the answer to the one before; resolves with all that was answered. */
async function talk(
  lines: readonly string[],
  options: Partial<MailServerOptions> = {},
): Promise<{ readonly server: MailServer; readonly codes: readonly string[] }> {
  const server = createMailServer({ clock: { nowMs: () => 1_800_000_000_000 }, ...options });
  const listening = await server.gate({ security: "plain" }).listen(0, "127.0.0.1");
  closing.push(() => listening.close());
  const socket = connect(listening.port, "127.0.0.1");
  const waiting = ["EHLO pc.example", ...lines, "QUIT"];
  const codes: string[] = [];
  await new Promise<void>((resolve, reject) => {
    let received = "";
    socket.on("error", reject).on("close", () => resolve());
    socket.on("data", (chunk: Buffer) => {
      received += chunk.toString();
      const complete = [...received.matchAll(/^(\d{3}) .*\r\n/gm)].map(([, code]) => code ?? "");
      for (let count = complete.length - codes.length; count > 0; count -= 1) {
        const next = waiting.shift();
        if (next !== undefined) socket.write(`${next}\r\n`);
      }
      codes.splice(0, codes.length, ...complete);
    });
  });
  return { server, codes: codes.slice(2, -1) };
}

const ENVELOPE = ["MAIL FROM:<a@mail.example>", "RCPT TO:<b@example.com>", "DATA"] as const;

test("keeps recipients apart whose names differ in case, and not those whose hosts do", async () => {
  const { server, codes } = await talk([
    "MAIL FROM:<a@mail.example>",
    "RCPT TO:<Sato@example.com>",
    "RCPT TO:<sato@example.com>",
    "RCPT TO:<Sato@EXAMPLE.com>",
    "DATA",
    "x\r\n.",
  ]);
  expect(codes).toEqual(["250", "250", "250", "250", "354", "250"]);
  const [mail] = server.mailbox.list();
  expect(mail?.recipients).toEqual(["sato@example.com", "Sato@EXAMPLE.com"]);
});

test.each([
  ["MAIL FROM:<a@mail.example> FOO=bar", "555"],
  ["MAIL FROM:<a@mail.example> BOO", "555"],
  ["MAIL FROM:<a@mail.example> AUTH=<>", "555"],
  ["MAIL FROM:<a@mail.example> SIZE=10 X-A=1", "555"],
  ["MAIL FROM:<a@mail.example> SIZE=10 BODY=8BITMIME SMTPUTF8 RET=HDRS ENVID=a", "250"],
  ["MAIL FROM:<a@mail.example> size=10", "250"],
])("answers %s with %s", async (command, code) => {
  expect((await talk([command])).codes).toEqual([code]);
});

test("refuses a parameter of RCPT that nobody offers, and takes those of DSN", async () => {
  const { codes } = await talk([
    "MAIL FROM:<a@mail.example>",
    "RCPT TO:<b@example.com> NOTIFY=NEVER",
    "RCPT TO:<c@example.com> HOLDFOR=60",
  ]);
  expect(codes).toEqual(["250", "250", "555"]);
});

test("deletes the first dot of a line, doubled or not, in every mail of a connection", async () => {
  const { server } = await talk([
    ...ENVELOPE,
    ".a\r\n..b\r\n.\r\nRSET",
    "NOOP",
    ...ENVELOPE,
    "c\r\n.d.\r\n..\r\n.",
  ]);
  expect(server.mailbox.list().map(({ raw }) => raw.toString())).toEqual([
    "a\r\n.b\r\n",
    "c\r\nd.\r\n.\r\n",
  ]);
});

test("takes no more mails than the mailbox holds, and again when there is room", async () => {
  const mail = [...ENVELOPE, `${"x".repeat(600)}\r\n.`];
  const { server, codes } = await talk([...mail, ...mail], { mailboxBytesMax: 2_500 });
  expect(codes).toEqual(["250", "250", "354", "250", "250", "250", "354", "452"]);
  expect(server.mailbox.count()).toBe(1);
});

test("holds no more of a mail on its way than the mailbox has room for", async () => {
  const large = [...ENVELOPE, `${"x".repeat(5_000)}\r\n.`];
  const small = [...ENVELOPE, "x\r\n."];
  const { server, codes } = await talk([...large, ...small], { mailboxBytesMax: 4_000 });
  expect(codes).toEqual(["250", "250", "354", "452", "250", "250", "354", "250"]);
  expect(server.mailbox.reserve(4_000 - server.mailbox.sizeBytes)).toBe(true);
});

test("takes no address that no snapshot could hold", async () => {
  const address = `${"x".repeat(2_000)}@example.com`;
  const { codes } = await talk([`MAIL FROM:<${address}>`, ENVELOPE[0], `RCPT TO:<${address}>`]);
  expect(codes).toEqual(["501", "250", "501"]);
});
