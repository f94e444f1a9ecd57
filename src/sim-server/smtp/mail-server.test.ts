import { readFileSync } from "node:fs";
import { connect } from "node:net";

import { createTransport } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport";
import { afterEach, describe, expect, test } from "vitest";

import type { SmtpFault } from "../faults/smtp-fault.ts";
import type { MailGateSettings } from "./mail-gate.ts";
import { createMailServer, type MailServer, type MailServerOptions } from "./mail-server.ts";
import { MAIL_AUTHORITY_FILE } from "./mail-tls.ts";

const USER = { user: "agent@mail.example", password: "pass wörd" };
const AUTH = { auth: { user: USER.user, pass: USER.password } };
const TRUST = { tls: { ca: readFileSync(MAIL_AUTHORITY_FILE) } };
const MAIL = {
  from: "agent@mail.example",
  to: "a@example.com, b@example.net",
  subject: "バックアップ結果",
  text: "成功\n.\n..dots\n",
};

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(closing.splice(0).map((close) => close()));
});

interface Running {
  readonly server: MailServer;
  readonly port: number;
  readonly send: (
    options: SMTPTransport.Options,
    mail?: object,
  ) => Promise<SMTPTransport.SentMessageInfo>;
}

async function running(
  settings: MailGateSettings,
  options: Partial<MailServerOptions> = {},
): Promise<Running> {
  const server = createMailServer({
    clock: { nowMs: () => 1_800_000_000_000 },
    accounts: [USER],
    ...options,
  });
  const listening = await server.gate(settings).listen(0, "127.0.0.1");
  const { port } = listening;
  closing.push(() => listening.close());
  const send: Running["send"] = async (transport, mail = {}) => {
    const mailer = createTransport({ host: "127.0.0.1", port, name: "pc.example", ...transport });
    return mailer.sendMail({ ...MAIL, ...mail });
  };
  return { server, port, send };
}

describe("over real TCP with a real client", () => {
  test.each<[string, MailGateSettings, SMTPTransport.Options, boolean]>([
    ["plain", { security: "plain" }, {}, false],
    [
      "STARTTLS",
      { security: "starttls", insecureAuth: false },
      { requireTLS: true, ...TRUST },
      true,
    ],
    ["implicit TLS", { security: "tls" }, { secure: true, ...TRUST }, true],
  ])("%s: keeps a mail whole, for two recipients, and knows who sent it", async (...row) => {
    const [, settings, transport, tls] = row;
    for (const authMethod of ["PLAIN", "LOGIN"]) {
      const { server, send } = await running({ ...settings, authRequired: true });
      const info = await send({ ...transport, ...AUTH, authMethod });
      expect(info.accepted).toEqual(["a@example.com", "b@example.net"]);
      expect(info.response).toBe("250 OK: queued as mail-1");
      expect(server.mailbox.list()).toMatchObject([
        {
          id: "mail-1",
          receivedAtMs: 1_800_000_000_000,
          from: "agent@mail.example",
          recipients: ["a@example.com", "b@example.net"],
          clientName: "pc.example",
          tls,
          user: USER.user,
          subject: MAIL.subject,
          text: MAIL.text,
        },
      ]);
      expect(server.internalErrors).toEqual([]);
    }
  });

  test("keeps the content byte for byte", async () => {
    const { server, send } = await running({ security: "plain" });
    const raw = Buffer.from("Subject: x\r\n\r\n.\r\n..\r\n日本\r\nend\r\n");
    await send({}, { envelope: { from: "a@b.example", to: "c@d.example" }, raw });
    expect(server.mailbox.get("mail-1")?.raw.toString()).toBe(raw.toString());
  });

  test("refuses a wrong password with 535 and mails of strangers with 530", async () => {
    const { server, send } = await running({ security: "starttls", authRequired: true });
    const wrong = { auth: { user: USER.user, pass: "wrong" }, ...TRUST };
    await expect(send(wrong)).rejects.toMatchObject({ code: "EAUTH", responseCode: 535 });
    await expect(send(TRUST)).rejects.toMatchObject({ responseCode: 530 });
    expect(server.mailbox.count()).toBe(0);
  });

  test("asks for TLS before it takes a password when told to", async () => {
    const { send } = await running({ security: "starttls", insecureAuth: false });
    await expect(send({ ...AUTH, ignoreTLS: true })).rejects.toMatchObject({ responseCode: 538 });
  });

  test("refuses what is too large, whether the size is announced or not", async () => {
    const { server, port, send } = await running({ security: "plain" }, { sizeBytesMax: 50_000 });
    const large = { text: "x".repeat(60_000) };
    await expect(send({}, large)).rejects.toMatchObject({ code: "EMESSAGE", responseCode: 552 });
    const lines = ["EHLO pc", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA"];
    const answers = await dialogue(port, [
      ...lines,
      `${"x".repeat(78)}\r\n`.repeat(1000).concat("."),
      "MAIL FROM:<a@b.example>",
      "QUIT",
    ]);
    expect(answers).toContain("250 SIZE 50000");
    expect(answers.slice(-3)).toEqual([
      "552 Error: message exceeds fixed maximum message size 50000",
      "250 Accepted",
      "221 Bye",
    ]);
    expect(server.mailbox.count()).toBe(0);
  });

  test("takes so many recipients and no more", async () => {
    const { server, send } = await running({ security: "plain" }, { recipientCountMax: 2 });
    const info = await send({}, { to: ["a@x.example", "b@x.example", "c@x.example"] });
    expect(info.rejected).toEqual(["c@x.example"]);
    expect(server.mailbox.list()[0]?.recipients).toEqual(["a@x.example", "b@x.example"]);
  });

  test("takes mails of the null sender, several on one connection, and is not confused by RSET", async () => {
    const { server, port } = await running({ security: "plain" });
    const mail = ["MAIL FROM:<>", "RCPT TO:<c@d.example>", "DATA", "Subject: s\r\n\r\nb\r\n."];
    await dialogue(port, ["EHLO pc", ...mail, "MAIL FROM:<a@b.example>", "RSET", ...mail, "QUIT"]);
    expect(server.mailbox.list().map(({ from, text }) => [from, text])).toEqual([
      ["", "b\n"],
      ["", "b\n"],
    ]);
  });

  test("a client that leaves in the middle of a mail leaves nothing behind", async () => {
    const { server, port } = await running({ security: "plain" });
    const lines = ["EHLO pc", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA"];
    await dialogue(port, [...lines, "half of a mail"], true);
    expect(server.mailbox.count()).toBe(0);
    expect(server.internalErrors).toEqual([]);
  });
});

describe("faults over real TCP", () => {
  const TLS = { ...TRUST, ...AUTH, greetingTimeout: 400, socketTimeout: 400 };
  const tlsPort = { ...TLS, secure: true };
  const startTls = { ...TLS, requireTLS: true };

  test.each<[MailGateSettings["security"], SmtpFault, string]>([
    ["starttls", { stage: "handshake", kind: "reset" }, "ESOCKET"],
    ["starttls", { stage: "handshake", kind: "garbage" }, "ESOCKET"],
    ["starttls", { stage: "handshake", kind: "delay", delayMs: 30 }, "sent"],
    ["starttls", { stage: "handshake", kind: "certificate", certificate: "untrusted" }, "ESOCKET"],
    ["starttls", { stage: "auth", kind: "reset" }, "ESOCKET"],
    ["starttls", { stage: "message", kind: "reset" }, "ESOCKET"],
    ["starttls", { stage: "auth", kind: "stall" }, "ETIMEDOUT"],
    ["tls", { stage: "connect", kind: "reset" }, "ESOCKET"],
    ["tls", { stage: "handshake", kind: "reset" }, "ESOCKET"],
    ["tls", { stage: "handshake", kind: "garbage" }, "ESOCKET"],
    ["tls", { stage: "handshake", kind: "delay", delayMs: 30 }, "sent"],
    ["tls", { stage: "handshake", kind: "certificate", certificate: "expired" }, "ESOCKET"],
    ["tls", { stage: "mail", kind: "reset" }, "ESOCKET"],
    ["tls", { stage: "end-of-data", kind: "stall" }, "ETIMEDOUT"],
  ])("%s port, %j: %s, and the next mail arrives", async (security, fault, result) => {
    const options = security === "tls" ? tlsPort : startTls;
    const { server, send } = await running({ security });
    server.faults.add(fault);
    const outcome = await send(options).then(
      () => "sent",
      (error: NodeJS.ErrnoException) => error.code,
    );
    expect(outcome).toBe(result);
    expect(server.faults.list()).toMatchObject([{ matchCount: 1, hitCount: 1 }]);
    await send(options);
    expect(server.mailbox.count()).toBe(result === "sent" ? 2 : 1);
    expect(server.internalErrors).toEqual([]);
  });
});

/** Says one line after the other, each after an answer; all lines of the answers. */
function dialogue(port: number, lines: readonly string[], leave = false): Promise<string[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1");
    const rest = [...lines];
    let text = "";
    socket.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      if (!/^\d{3} .*\r\n$/m.test(text.slice(text.lastIndexOf("\n", text.length - 2) + 1))) return;
      const line = rest.shift();
      if (line === undefined) return;
      socket.write(`${line}\r\n`);
      if (leave && rest.length === 0) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () =>
      resolve(
        text
          .replaceAll(/^(\d{3})-/gm, "$1 ")
          .trim()
          .split("\r\n"),
      ),
    );
  });
}
