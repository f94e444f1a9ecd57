import { once } from "node:events";
import type { AddressInfo, Socket } from "node:net";
import os from "node:os";
import type { Duplex } from "node:stream";
import {
  createServer as createTlsServer,
  getCACertificates,
  setDefaultCACertificates,
} from "node:tls";

import { describe, expect, onTestFinished, test, vi } from "vitest";

import type { Dialer } from "../ports/dialer.ts";
import type { Mail, MailServer } from "../ports/mailer.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { replyError, SELF_SIGNED, tinyMailServer } from "../testing/tiny-mail-server.ts";
import { tinySocketServer } from "../testing/tiny-server.ts";
import { NodeClock } from "./node-clock.ts";
import { NodeDialer } from "./node-dialer.ts";
import { SmtpMailer } from "./smtp-mailer.ts";
import { renderMessage } from "../../messages/render-message.ts";
import { type MailResult } from "../ports/mailer.ts";

/** A result with its reasons as sentences. */
function spoken(result: MailResult): object {
  if (result.kind !== "sent" && result.kind !== "refused") {
    return { ...result, reason: renderMessage(result.reason, "en") };
  }
  if (result.refused === undefined) return result;
  const refused = result.refused.map((one) => ({
    ...one,
    reason: renderMessage(one.reason, "en"),
  }));
  return { ...result, refused };
}

const PASSWORD = "open-sesame-9b1f";
const TUNING = { mailGreetingMsMax: 5_000, mailSilenceMsMax: 5_000, mailExchangeMsMax: 20_000 };

function aMail(given: Partial<Mail> = {}): Mail {
  return {
    messageId: "<1.2.3@example.com>",
    dateMs: Date.UTC(2026, 10, 21, 3, 4, 5),
    from: "pc@example.com",
    to: ["taro@example.com"],
    subject: "【自動バックアップ】未完了（アクセス不可）: 営業部PC",
    text: "PC「営業部PC」\n.\nfrom here\n",
    ...given,
  };
}

function aServer(given: Partial<MailServer> = {}): MailServer {
  return { host: "127.0.0.1", port: 25, user: "", password: "", secure: false, ...given };
}

const LOGIN = { user: "taro", password: PASSWORD };

/** Dials a port of this machine, whatever host and port were asked for. */
function dialerTo(port: number): Dialer {
  const dialer = new NodeDialer();
  return { dial: (target) => dialer.dial({ ...target, host: "127.0.0.1", port }) };
}

function mailerTo(port: number, tuning: Partial<typeof TUNING> = {}): SmtpMailer {
  return new SmtpMailer({
    dialer: dialerTo(port),
    clock: new NodeClock(),
    tuning: { ...TUNING, ...tuning },
  });
}

/** Does something while the process trusts the certificate that no authority vouches for. */
async function trusting<Result>(act: () => Promise<Result>): Promise<Result> {
  const before = getCACertificates();
  setDefaultCACertificates([...before, SELF_SIGNED.cert]);
  try {
    return await act();
  } finally {
    setDefaultCACertificates(before);
  }
}

/** An SMTP server word for word: what it answers to each line that begins so. */
function scriptedServer(
  replies: Readonly<Record<string, string | ((socket: Socket) => void)>>,
  heard: string[] = [],
): ReturnType<typeof tinySocketServer> {
  return tinySocketServer((socket) => {
    const reply = (key: string): void => {
      const found = replies[key];
      if (typeof found === "function") found(socket);
      else if (found !== undefined) socket.write(`${found}\r\n`);
    };
    reply("greeting");
    socket.on("data", (bytes: Buffer) => {
      for (const line of bytes.toString("latin1").split("\r\n")) {
        if (line !== "") heard.push(line);
        const key = Object.keys(replies).find((one) => line === one || line.startsWith(`${one} `));
        if (key !== undefined) reply(key);
      }
    });
  });
}

const WILLING = {
  greeting: "220 hello",
  EHLO: "250-hello\r\n250 AUTH PLAIN",
  AUTH: "235 welcome",
  "MAIL FROM:<pc@example.com>": "250 ok",
  "RCPT TO:<taro@example.com>": "250 ok",
  DATA: "354 go on",
  ".": "250 taken",
};

describe("a mail", () => {
  test("arrives as text with its ID, date and Japanese subject, from a client without a name", async () => {
    const hostname = vi.spyOn(os, "hostname").mockReturnValue("secret-pc.office.example");
    onTestFinished(() => hostname.mockRestore());
    await using server = await tinyMailServer({ name: "mail.example.com" });
    const clock = new FakeClock();
    const mailer = new SmtpMailer({ dialer: dialerTo(server.port), clock, tuning: TUNING });

    const result = await mailer.send(aServer(), aMail());

    expect(spoken(result)).toEqual({ kind: "sent" });
    expect(clock.timerCount).toBe(0);
    expect(server.mails[0]?.raw).not.toContain("secret-pc");
    expect(server.clients).toEqual(["[127.0.0.1]"]);
    const [mail] = server.mails;
    expect(mail).toMatchObject({ from: "pc@example.com", to: ["taro@example.com"] });
    const [head = "", body = ""] = mail?.raw.split("\r\n\r\n") ?? [];
    const fields = head.replaceAll(/\r\n\s+/g, " ").split("\r\n");
    expect(fields).toContain("Message-ID: <1.2.3@example.com>");
    expect(fields).toContain("Date: Sat, 21 Nov 2026 03:04:05 +0000");
    expect(fields).toContain("From: pc@example.com");
    expect(fields).toContain("To: taro@example.com");
    expect(fields).toContain("Auto-Submitted: auto-generated");
    expect(fields).toContain("Content-Type: text/plain; charset=utf-8");
    expect(decodedWords(fields.find((field) => field.startsWith("Subject: ")) ?? "")).toBe(
      `Subject: ${aMail().subject}`,
    );
    expect(Buffer.from(body, "base64").toString()).toBe(aMail().text);
  });

  test("is the same to the byte at every try, in short lines of ASCII", async () => {
    await using server = await tinyMailServer();
    const mail = aMail({ text: `${"長".repeat(5_000)}\n${"x".repeat(5_000)}\n` });

    for (let count = 0; count < 2; count += 1) await mailerTo(server.port).send(aServer(), mail);

    const [first, second] = server.mails;
    expect(first).toEqual(second);
    const lines = (first?.raw ?? "").split("\r\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThan(100);
    expect(first?.raw).toMatch(/^[\t\r\n\x20-\x7e]*$/);
  });

  test("goes to those alone who are still to get it, and names both", async () => {
    await using server = await tinyMailServer();
    const to = ["a@example.com", "b@example.com"];

    await mailerTo(server.port).send(aServer(), aMail({ to, only: ["b@example.com"] }));

    expect(server.mails[0]?.to).toEqual(["b@example.com"]);
    expect(server.mails[0]?.raw).toContain("To: a@example.com, b@example.com");
  });

  test.each([
    ["450 later", "550 no"],
    ["550 no", "450 later"],
  ])("says of both what was said of each: %s, %s", async (ofOne, ofOther) => {
    const to = ["a@example.com", "b@example.com"];
    const replies = { [`RCPT TO:<${to[0]}>`]: ofOne, [`RCPT TO:<${to[1]}>`]: ofOther };
    await using server = await scriptedServer({ ...WILLING, ...replies }, []);

    const result = await mailerTo(server.port).send(aServer(), aMail({ to }));

    const kindOf = (reply: string) => (reply.startsWith("4") ? "transient" : "permanent");
    expect(spoken(result)).toMatchObject({
      kind: "refused",
      refused: [
        { address: to[0], kind: kindOf(ofOne), reason: expect.stringContaining(ofOne) },
        { address: to[1], kind: kindOf(ofOther), reason: expect.stringContaining(ofOther) },
      ],
    });
  });

  test("reaches addresses that Japanese carriers gave out", async () => {
    const heard: string[] = [];
    const odd = 'RCPT TO:<"taro..x."@docomo.ne.jp>';
    await using server = await scriptedServer({ ...WILLING, [odd]: "550 no" }, heard);
    const to = ["taro..x.@docomo.ne.jp", "taro@example.com"];

    const result = await mailerTo(server.port).send(aServer(), aMail({ to }));

    expect(heard).toContain(odd);
    expect(spoken(result)).toMatchObject({ kind: "sent", refused: [{ address: to[0] }] });
  });
});

/** Encoded words (RFC 2047) in a header field, read. */
function decodedWords(field: string): string {
  const bytes = (coded: string, kind: string): string =>
    kind === "B"
      ? Buffer.from(coded, "base64").toString()
      : decodeURIComponent(coded.replaceAll("_", " ").replaceAll("=", "%"));
  return field
    .replaceAll(/\?=\s+=\?/g, "?==?")
    .replaceAll(/=\?UTF-8\?([BQ])\?([^?]*)\?=/gi, (_all, kind: string, coded: string) =>
      bytes(coded, kind),
    );
}

describe("SSL ON", () => {
  test.each([
    [587, "STARTTLS", {}],
    [465, "TLS at once", { secure: true }],
  ])("on port %i speaks %s and logs in behind it", async (port, _name, options) => {
    const logins: unknown[] = [];
    await using server = await tinyMailServer({
      ...options,
      onAuth: ({ username, password }, { secure }, callback) => {
        logins.push([username, password, secure]);
        callback(null, { user: "taro" });
      },
    });

    const result = await trusting(() =>
      mailerTo(server.port).send(aServer({ port, secure: true, ...LOGIN }), aMail()),
    );

    expect(spoken(result)).toEqual({ kind: "sent" });
    expect(logins).toEqual([["taro", PASSWORD, true]]);
    expect(server.mails).toHaveLength(1);
  });

  test.each([
    [587, {}],
    [465, { secure: true }],
  ])(
    "on port %i refuses a certificate that nobody vouches for, for good",
    async (port, options) => {
      let loginCount = 0;
      await using server = await tinyMailServer({
        ...options,
        onAuth: (_auth, _session, callback) => {
          loginCount += 1;
          callback(null, { user: "taro" });
        },
      });

      const settings = aServer({ port, secure: true, ...LOGIN });
      const result = await mailerTo(server.port).send(settings, aMail());

      expect(spoken(result)).toEqual({
        kind: "permanent",
        reason: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"),
      });
      expect(loginCount).toBe(0);
      expect(server.mails).toEqual([]);
    },
  );

  test("on port 465 offers no protocol: a mail server refuses a client that offers HTTP", async () => {
    const offered: string[] = [];
    const server = createTlsServer({
      ...SELF_SIGNED,
      ALPNCallback: ({ protocols }) => {
        offered.push(...protocols);
        return undefined;
      },
    });
    server.on("secureConnection", (socket) => socket.end("554 not today\r\n"));
    server.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;

    const result = await trusting(() =>
      mailerTo(port).send(aServer({ port: 465, secure: true }), aMail()),
    );

    expect(offered).toEqual([]);
    expect(spoken(result)).toMatchObject({ reason: expect.stringContaining("not today") });
  });

  test("begins with the first byte on any port where that was set", async () => {
    const server = createTlsServer(SELF_SIGNED);
    server.on("secureConnection", (socket) => socket.end("554 not today\r\n"));
    server.listen(0, "127.0.0.1");
    onTestFinished(() => void server.close());
    await once(server, "listening");
    const { port } = server.address() as AddressInfo;

    const result = await trusting(() =>
      mailerTo(port).send(aServer({ port, secure: true, tlsMode: "implicit" }), aMail()),
    );

    expect(spoken(result)).toMatchObject({ reason: expect.stringContaining("not today") });
  });

  test("begins with STARTTLS on port 465 where that was set", async () => {
    const heard: string[] = [];
    await using server = await scriptedServer({ ...WILLING, STARTTLS: "502 what?" }, heard);

    await mailerTo(server.port).send(
      aServer({ port: 465, secure: true, tlsMode: "starttls" }),
      aMail(),
    );

    expect(heard).toEqual(["EHLO [127.0.0.1]", "STARTTLS"]);
  });

  test("refuses the certificate of another server", async () => {
    await using server = await tinyMailServer();

    const result = await trusting(() =>
      mailerTo(server.port).send(
        aServer({ host: "smtp.example.com", port: 587, secure: true }),
        aMail(),
      ),
    );

    expect(spoken(result)).toMatchObject({
      kind: "permanent",
      reason: expect.stringContaining("ERR_TLS_CERT_ALTNAME_INVALID"),
    });
  });

  test("says nothing in clear text to a server that offers no TLS", async () => {
    const heard: string[] = [];
    await using server = await scriptedServer({ ...WILLING, STARTTLS: "502 what?" }, heard);

    const result = await mailerTo(server.port).send(
      aServer({ port: 587, secure: true, ...LOGIN }),
      aMail(),
    );

    expect(spoken(result)).toMatchObject({
      kind: "permanent",
      reason: expect.stringContaining("no TLS"),
    });
    expect(heard).toEqual(["EHLO [127.0.0.1]", "STARTTLS"]);
  });
});

test("a server that asks for no login is told none, and the result says so", async () => {
  const heard: string[] = [];
  await using server = await scriptedServer({ ...WILLING, EHLO: "250 hello" }, heard);

  const result = await mailerTo(server.port).send(aServer(LOGIN), aMail());

  expect(spoken(result)).toEqual({ kind: "sent", isLoginUnused: true });
  expect(heard.filter((line) => line.startsWith("AUTH"))).toEqual([]);
});

test("SSL OFF encrypts nothing, even where the server could", async () => {
  const secured: boolean[] = [];
  await using server = await tinyMailServer({
    onMailFrom: (_address, { secure }, callback) => {
      secured.push(secure);
      callback();
    },
  });

  expect(spoken(await mailerTo(server.port).send(aServer(LOGIN), aMail()))).toEqual({
    kind: "sent",
  });
  expect(secured).toEqual([false]);
});

describe("the server's refusal", () => {
  test.each([
    ["greeting", "421 busy", "transient"],
    ["greeting", "554 go away", "permanent"],
    ["AUTH", "535 5.7.8 wrong", "permanent"],
    ["AUTH", "454 4.7.0 later", "transient"],
    ["MAIL FROM:<pc@example.com>", "451 later", "transient"],
    ["MAIL FROM:<pc@example.com>", "550 no", "permanent"],
    ["RCPT TO:<taro@example.com>", "450 greylisted", "transient"],
    ["RCPT TO:<taro@example.com>", "550 5.1.1 unknown", "permanent"],
    ["DATA", "452 full", "transient"],
    ["DATA", "554 no", "permanent"],
    [".", "451 later", "transient"],
    [".", "421 later", "transient"],
    [".", "552 too large", "permanent"],
    [".", "554 spam", "permanent"],
  ])("to %s: %s is %s, and its code is told", async (command, reply, kind) => {
    await using server = await scriptedServer({ ...WILLING, [command]: reply });

    const result = await mailerTo(server.port).send(aServer(LOGIN), aMail());

    expect(spoken(result)).toEqual({
      kind,
      reason: expect.stringContaining(reply.slice(0, 3)),
      ...(kind === "transient" && { isBusy: true }),
    });
  });

  test("of a login is told by its code alone: a server may repeat parts of what it was given", async () => {
    const reply = `535 5.7.8 bad password ${PASSWORD.slice(0, -1)}`;
    await using server = await scriptedServer({ ...WILLING, AUTH: reply });

    expect(spoken(await mailerTo(server.port).send(aServer(LOGIN), aMail()))).toEqual({
      kind: "permanent",
      reason: "the mail server did not accept user name and password (535 5.7.8)",
    });
  });

  test.each([
    [550, "permanent"],
    [451, "transient"],
  ])("of one recipient with %i lets the mail go to the other", async (code, kind) => {
    await using server = await tinyMailServer({
      onRcptTo: ({ address }, _session, callback) =>
        callback(address === "a@example.com" ? replyError(code, "not here") : null),
    });
    const mail = aMail({ to: ["a@example.com", "b@example.com"] });

    const result = await mailerTo(server.port).send(aServer(), mail);

    expect(spoken(result)).toEqual({
      kind: "sent",
      refused: [
        {
          address: "a@example.com",
          kind,
          reason: expect.stringContaining(String(code)),
          ...(kind === "transient" && { isBusy: true }),
        },
      ],
    });
    expect(server.mails.map(({ to }) => to)).toEqual([["b@example.com"]]);
  });

  test("of both recipients is told of each when one of them may be taken later", async () => {
    await using server = await tinyMailServer({
      onRcptTo: ({ address }, _session, callback) =>
        callback(replyError(address === "a@example.com" ? 450 : 550, "no")),
    });

    const result = await mailerTo(server.port).send(
      aServer(),
      aMail({ to: ["a@example.com", "b@example.com"] }),
    );

    expect(result).toMatchObject({
      kind: "refused",
      refused: [{ kind: "transient" }, { kind: "permanent" }],
    });
    expect(server.mails).toEqual([]);
  });
});

describe("the connection", () => {
  test.each<[string, (socket: Socket) => void]>([
    ["reset", (socket) => void socket.resetAndDestroy()],
    ["closed", (socket) => void socket.destroy()],
  ])(
    "%s after the mail's end makes a transient failure: it may have been taken",
    async (_, cut) => {
      await using server = await scriptedServer({ ...WILLING, ".": cut });

      expect(spoken(await mailerTo(server.port).send(aServer(), aMail()))).toMatchObject({
        kind: "transient",
      });
    },
  );

  test("that is never greeted, with SSL ON at a port but 465, is told of STARTTLS", async () => {
    await using mute = await scriptedServer({});
    const send = (given: Partial<MailServer>): ReturnType<SmtpMailer["send"]> =>
      mailerTo(mute.port, { mailGreetingMsMax: 50 }).send(aServer(given), aMail());

    expect(spoken(await send({ secure: true, port: 587 }))).toMatchObject({
      kind: "transient",
      reason: expect.stringContaining("STARTTLS"),
    });
    expect(spoken(await send({ port: 587 }))).toMatchObject({
      reason: expect.not.stringContaining("STARTTLS"),
    });
  });

  test("refused, or closed before the greeting, is a transient failure", async () => {
    const closed = await tinySocketServer(() => undefined);
    await closed[Symbol.asyncDispose]();
    await using mute = await scriptedServer({ greeting: (socket) => void socket.end() });

    for (const { port } of [closed, mute]) {
      expect(spoken(await mailerTo(port).send(aServer(), aMail()))).toMatchObject({
        kind: "transient",
      });
    }
  });

  test("to a name that does not resolve is a transient failure that says so", async () => {
    const dialer: Dialer = {
      dial: () => new NodeDialer().dial({ host: "mail.invalid", port: 25, secure: false }),
    };
    const mailer = new SmtpMailer({ dialer, clock: new NodeClock(), tuning: TUNING });

    expect(spoken(await mailer.send(aServer(), aMail()))).toMatchObject({
      kind: "transient",
      reason: expect.stringMatching(/name cannot be resolved \((ENOTFOUND|EAI_AGAIN)\)/),
    });
  });

  test("that cannot even be dialled does not make the mailer reject", async () => {
    const dialer: Dialer = {
      dial: () => {
        throw new TypeError(PASSWORD);
      },
    };
    const mailer = new SmtpMailer({ dialer, clock: new NodeClock(), tuning: TUNING });

    const result = await mailer.send(aServer(LOGIN), aMail());

    expect(result.kind).toBe("transient");
    expect(JSON.stringify(result)).not.toContain(PASSWORD);
  });

  test.each([
    ["never greets", {}, { mailGreetingMsMax: 50 }],
    ["falls silent", { greeting: "220 hello" }, { mailSilenceMsMax: 50 }],
    ["never finishes TLS", { ...WILLING, STARTTLS: "220 go on" }, { mailGreetingMsMax: 300 }],
  ])("to a server that %s is given up in time", async (_name, replies, tuning) => {
    await using server = await scriptedServer(replies);
    const secure = "STARTTLS" in replies;

    const result = await mailerTo(server.port, tuning).send(aServer({ secure }), aMail());

    expect(spoken(result)).toEqual({
      kind: "transient",
      reason: expect.stringContaining("in time"),
    });
  });

  test("to a server that talks without end is cut when the exchange is overdue", async () => {
    const clock = new FakeClock();
    await using server = await scriptedServer({
      ...WILLING,
      EHLO: (socket) => {
        const talking = setInterval(() => socket.write("250-and\r\n"), 5);
        socket.once("close", () => clearInterval(talking));
      },
    });
    const mailer = new SmtpMailer({ dialer: dialerTo(server.port), clock, tuning: TUNING });

    const sending = mailer.send(aServer(), aMail());
    await new Promise((resolve) => setTimeout(resolve, 50));
    await clock.advance(TUNING.mailExchangeMsMax);

    expect(spoken(await sending)).toMatchObject({ kind: "transient" });
    expect(clock.timerCount).toBe(0);
  });

  test.each([
    [587, {}],
    [465, { secure: true }],
  ])(
    "on port %i to a server that falls silent behind TLS is cut when the exchange is overdue",
    async (port, options) => {
      const clock = new FakeClock();
      const silent = Promise.withResolvers<void>();
      const closed = Promise.withResolvers<void>();
      await using server = await tinyMailServer({
        ...options,
        onMailFrom: () => silent.resolve(),
        onClose: () => closed.resolve(),
      });
      const mailer = new SmtpMailer({ dialer: dialerTo(server.port), clock, tuning: TUNING });

      const result = await trusting(async () => {
        const sending = mailer.send(aServer({ port, secure: true }), aMail());
        await silent.promise;
        await clock.advance(TUNING.mailExchangeMsMax);
        return sending;
      });

      expect(spoken(result)).toMatchObject({ kind: "transient" });
      await closed.promise;
      expect(clock.timerCount).toBe(0);
    },
  );

  test("is cut by a stop, and the server sees it", async () => {
    const closed = Promise.withResolvers<void>();
    const stop = new AbortController();
    await using server = await scriptedServer({
      ...WILLING,
      DATA: (socket) => {
        socket.once("close", () => closed.resolve());
        stop.abort();
      },
    });
    const dialer = dialerTo(server.port);
    const dialled: Duplex[] = [];
    const dial: Dialer["dial"] = (target) => {
      const socket = dialer.dial(target);
      dialled.push(socket);
      return socket;
    };
    const mailer = new SmtpMailer({ dialer: { dial }, clock: new NodeClock(), tuning: TUNING });

    const result = await mailer.send(aServer(), aMail(), stop.signal);

    expect(spoken(result)).toMatchObject({
      kind: "transient",
      reason: expect.stringContaining("cut"),
    });
    expect(dialled.map(({ destroyed }) => destroyed)).toEqual([true]);
    await closed.promise;
  });

  test("is not made when the stop came before", async () => {
    const heard: string[] = [];
    await using server = await scriptedServer(WILLING, heard);

    const result = await mailerTo(server.port).send(aServer(), aMail(), AbortSignal.abort());

    expect(result.kind).toBe("transient");
    expect(heard).toEqual([]);
  });
});
