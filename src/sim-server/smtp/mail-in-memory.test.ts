import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import { connect } from "node:tls";

import { createTransport, type Transporter } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport";
import { afterEach, describe, expect, test } from "vitest";

import { Activity } from "../kernel/activity.ts";
import { Driver } from "../kernel/driver.ts";
import { assertDone } from "../kernel/verdict.ts";
import { VirtualClock } from "../kernel/virtual-clock.ts";
import { SimNetwork } from "../network/sim-network.ts";
import type { SimSocket } from "../network/sim-socket.ts";
import type { SmtpFault } from "../faults/smtp-fault.ts";
import type { MailGateSettings } from "./mail-gate.ts";
import { createMailServer, type MailServer } from "./mail-server.ts";
import { MAIL_AUTHORITY_FILE } from "./mail-tls.ts";

const USER = { user: "agent@mail.example", password: "secret" };
const AUTH = { auth: { user: USER.user, pass: USER.password } };
const TRUST = { tls: { ca: readFileSync(MAIL_AUTHORITY_FILE) } };
const HOST = "smtp.example";
const PORT = 587;

let clock: VirtualClock | undefined;
afterEach(() => clock?.uninstall());

interface Try {
  readonly settings?: MailGateSettings;
  readonly faults?: readonly SmtpFault[];
  readonly options?: SMTPTransport.Options;
  /** Whether the network makes TLS an outcome. */
  readonly secure?: boolean;
  readonly mailCount?: number;
}

interface Outcome {
  /** `sent`, or the code of the failure with the code of the reply. */
  readonly results: readonly string[];
  readonly elapsedMs: number;
  readonly events: readonly string[];
  readonly server: MailServer;
  /** Of each connection. */
  readonly bytes: readonly string[];
  /** Steps, and timers fired. */
  readonly cost: string;
}

/** Sends mails one after the other through the in-memory network, under the virtual clock. */
async function attempt(given: Try): Promise<Outcome> {
  const { settings = { security: "starttls" }, faults = [], options = {}, secure = false } = given;
  const installed = VirtualClock.install(Date.UTC(2026, 0, 1));
  clock = installed;
  const activity = new Activity();
  const network = new SimNetwork({ timers: installed, activity });
  const events: string[] = [];
  const server = createMailServer({
    clock: installed,
    timers: installed,
    accounts: [USER],
    observe: ({ connection, kind, detail }) => events.push(`${connection} ${kind} ${detail}`),
  });
  for (const fault of faults) server.faults.add(fault);
  const gate = server.gate(settings);
  const sockets: SimSocket[] = [];
  const at = { host: HOST, port: PORT };
  network.listen({ ...at, secure: "either", allowHalfOpen: false }, (socket) => {
    sockets.push(socket);
    gate.accept(socket);
  });
  let finishedMs = 0;
  const driver = new Driver(installed, activity);
  const verdict = await driver.run(
    async () => {
      const results: string[] = [];
      for (let count = given.mailCount ?? 1; count > 0; count -= 1) {
        const mailer = createTransport({
          ...at,
          name: "pc.example",
          getSocket: (_options, callback) => {
            const socket = network.dial({ ...at, secure });
            socket.once("error", callback);
            socket.once("connect", () => {
              socket.off("error", callback);
              callback(null, { connection: socket as unknown as Socket, secured: secure });
            });
          },
          ...options,
        });
        results.push(await resultOf(mailer));
      }
      finishedMs = installed.elapsedMs();
      // Connections close behind the client's back.
      await installed.wait(60_000);
      return results;
    },
    { virtualLimitMs: 3_600_000 },
  );
  const results = assertDone(verdict);
  return {
    results,
    elapsedMs: finishedMs,
    events,
    server,
    bytes: sockets.map(({ bytesRead, bytesWritten }) => `${bytesRead} up, ${bytesWritten} down`),
    cost: `${verdict.cost.steps} ${verdict.cost.jumps}`,
  };
}

async function resultOf(mailer: Transporter): Promise<string> {
  try {
    await mailer.sendMail({
      from: "agent@mail.example",
      to: "a@example.com, b@example.net",
      subject: "s",
      text: "x".repeat(2000),
      messageId: "<1@pc.example>",
    });
    return "sent";
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number };
    return [code, responseCode].filter((part) => part !== undefined).join(" ");
  } finally {
    mailer.close();
  }
}

describe("in memory under virtual time", () => {
  test.each<[string, Try, boolean]>([
    ["plain", { settings: { security: "plain" } }, false],
    ["STARTTLS with a real handshake", { options: { requireTLS: true, ...TRUST } }, true],
    [
      "a TLS port with a real handshake",
      { settings: { security: "tls" }, options: { secure: true, ...TRUST } },
      true,
    ],
    [
      "a TLS port whose handshake is the network's outcome",
      { settings: { security: "tls" }, options: { secure: true }, secure: true },
      true,
    ],
  ])("%s takes a mail", async (_title, given, tls) => {
    const options = { ...given.options, ...AUTH };
    const { results, server, elapsedMs } = await attempt({ ...given, options });
    expect(results).toEqual(["sent"]);
    expect(server.mailbox.list()).toMatchObject([{ tls, user: USER.user }]);
    expect(server.internalErrors).toEqual([]);
    // The hundred milliseconds in which smtp-server looks for clients that talk too soon.
    expect(elapsedMs).toBe(100);
  });

  const TIMEOUTS = { greetingTimeout: 5000, socketTimeout: 20_000, connectionTimeout: 60_000 };

  test.each<[SmtpFault, string, number, number]>([
    [{ stage: "connect", kind: "reset" }, "ESOCKET", 0, 0],
    [{ stage: "connect", kind: "delay", delayMs: 3000 }, "sent", 3100, 1],
    [{ stage: "connect", kind: "stall" }, "ETIMEDOUT", 5000, 0],
    [{ stage: "greeting", kind: "reply", code: 421 }, "EPROTOCOL 421", 100, 0],
    [{ stage: "greeting", kind: "reply", code: 554 }, "EPROTOCOL 554", 100, 0],
    [{ stage: "greeting", kind: "reset" }, "ESOCKET", 100, 0],
    [{ stage: "greeting", kind: "stall" }, "ETIMEDOUT", 5000, 0],
    [{ stage: "auth", kind: "reply", code: 535 }, "EAUTH 535", 100, 0],
    [{ stage: "auth", kind: "reply", code: 421 }, "EAUTH 421", 100, 0],
    [{ stage: "auth", kind: "reset" }, "ESOCKET", 100, 0],
    [{ stage: "auth", kind: "stall" }, "ETIMEDOUT", 20_100, 0],
    [{ stage: "mail", kind: "reply", code: 451 }, "EENVELOPE 451", 100, 0],
    [{ stage: "mail", kind: "stall" }, "ETIMEDOUT", 20_100, 0],
    [{ stage: "rcpt", kind: "reply", code: 450, times: 2 }, "EENVELOPE 450", 100, 0],
    [{ stage: "rcpt", kind: "reply", code: 550, recipient: "b@*" }, "sent", 100, 1],
    [{ stage: "rcpt", kind: "reset", nth: 2 }, "ESOCKET", 100, 0],
    [{ stage: "data", kind: "reply", code: 452 }, "EENVELOPE 452", 100, 0],
    [{ stage: "data", kind: "reset" }, "ESOCKET", 100, 0],
    [{ stage: "data", kind: "delay", delayMs: 700 }, "sent", 800, 1],
    [{ stage: "message", kind: "reset", afterBytes: 1500 }, "ESOCKET", 100, 0],
    [{ stage: "message", kind: "reset", afterBytes: 15_000 }, "sent", 100, 1],
    [{ stage: "message", kind: "stall", afterBytes: 10 }, "ETIMEDOUT", 20_100, 0],
    [{ stage: "message", kind: "delay", delayMs: 600, afterBytes: 10 }, "sent", 700, 1],
    [{ stage: "message", kind: "reply", code: 421 }, "EMESSAGE 421", 100, 0],
    [{ stage: "end-of-data", kind: "reply", code: 552 }, "EMESSAGE 552", 100, 0],
    [{ stage: "end-of-data", kind: "reply", code: 451, committed: true }, "EMESSAGE 451", 100, 1],
    [{ stage: "end-of-data", kind: "reset" }, "ESOCKET", 100, 0],
    [{ stage: "end-of-data", kind: "reset", committed: true }, "ESOCKET", 100, 1],
    [{ stage: "end-of-data", kind: "stall", committed: true }, "ETIMEDOUT", 20_100, 1],
    [{ stage: "end-of-data", kind: "delay", delayMs: 5000 }, "sent", 5100, 1],
  ])("%j without TLS: %s after %i ms, %i mails", async (fault, result, elapsedMs, mailCount) => {
    const settings = { security: "plain" } as const;
    const outcome = await attempt({ settings, faults: [fault], options: { ...TIMEOUTS, ...AUTH } });
    expect([outcome.results[0], outcome.elapsedMs, outcome.server.mailbox.count()]).toEqual([
      result,
      elapsedMs,
      mailCount,
    ]);
    expect(outcome.server.internalErrors).toEqual([]);
  });

  const TLS = { ...TIMEOUTS, ...AUTH, ...TRUST, requireTLS: true };

  test.each<[SmtpFault, string, number, number]>([
    [{ stage: "greeting", kind: "no-starttls" }, "ETLS 500", 100, 0],
    [{ stage: "starttls", kind: "reply", code: 454 }, "ETLS 454", 100, 0],
    [{ stage: "starttls", kind: "reset" }, "ESOCKET", 100, 0],
    [{ stage: "starttls", kind: "stall" }, "ETIMEDOUT", 20_100, 0],
    [{ stage: "starttls", kind: "delay", delayMs: 50 }, "sent", 150, 1],
    [{ stage: "handshake", kind: "reset" }, "ESOCKET", 100, 0],
    [{ stage: "handshake", kind: "stall" }, "ETIMEDOUT", 5100, 0],
    [{ stage: "handshake", kind: "garbage" }, "ESOCKET", 100, 0],
    [{ stage: "handshake", kind: "delay", delayMs: 50 }, "sent", 150, 1],
    [{ stage: "handshake", kind: "certificate", certificate: "untrusted" }, "ESOCKET", 100, 0],
    [{ stage: "handshake", kind: "certificate", certificate: "other-host" }, "ESOCKET", 100, 0],
    [{ stage: "handshake", kind: "certificate", certificate: "expired" }, "ESOCKET", 100, 0],
    [{ stage: "auth", kind: "reply", code: 454 }, "EAUTH 454", 100, 0],
    [{ stage: "rcpt", kind: "reset" }, "ESOCKET", 100, 0],
    [{ stage: "message", kind: "reset", afterBytes: 1500 }, "ESOCKET", 100, 0],
    [{ stage: "end-of-data", kind: "reset", committed: true }, "ESOCKET", 100, 1],
  ])("%j with STARTTLS: %s after %i ms, %i mails", async (fault, result, elapsedMs, mailCount) => {
    const outcome = await attempt({ faults: [fault], options: TLS });
    expect([outcome.results[0], outcome.elapsedMs, outcome.server.mailbox.count()]).toEqual([
      result,
      elapsedMs,
      mailCount,
    ]);
    expect(outcome.server.internalErrors).toEqual([]);
  });

  test.each<[string, Try]>([
    ["STARTTLS", { options: TLS }],
    ["a TLS port", { settings: { security: "tls" }, options: { ...TLS, secure: true } }],
  ])("handshakes with %s differ in their bytes, never in their number", async (_title, given) => {
    const first = await attempt({ ...given, mailCount: 9 });
    const second = await attempt({ ...given, mailCount: 9 });
    expect(first.results).toEqual(Array.from({ length: 9 }, () => "sent"));
    expect(second.events).toEqual(first.events);
    expect(second.cost).toEqual(first.cost);
    expect(new Set([...first.bytes, ...second.bytes]).size).toBe(1);
  });

  test("tells what happened, and no password", async () => {
    const { events } = await attempt({ options: TLS });
    expect(events.map((event) => event.replace(/[0-9a-f]{12}$/, "digest"))).toEqual([
      "1 connected starttls",
      "1 tls handshake",
      "1 auth agent@mail.example accepted",
      "1 mail agent@mail.example",
      "1 rcpt a@example.com",
      "1 rcpt b@example.net",
      "1 stored mail-1 2326 digest",
      "1 closed ",
    ]);
    const refused = await attempt({
      options: { ...TLS, auth: { user: USER.user, pass: "wrong" } },
    });
    expect(refused.events).toContain("1 auth agent@mail.example refused");
  });

  test("gives up a client that is silent behind TLS, in virtual time", async () => {
    const installed = VirtualClock.install(0);
    clock = installed;
    const activity = new Activity();
    const network = new SimNetwork({ timers: installed, activity });
    const gate = createMailServer({ clock: installed, timers: installed }).gate({
      security: "tls",
    });
    const at = { host: HOST, port: PORT };
    network.listen({ ...at, allowHalfOpen: false }, (socket) => gate.accept(socket));
    const verdict = await new Driver(installed, activity).run(
      () =>
        new Promise<string>((resolve, reject) => {
          const wire = network.dial({ ...at, secure: false });
          const socket = connect({ socket: wire, ...TRUST.tls, servername: HOST });
          let said = "";
          socket.on("data", (chunk: Buffer) => (said += chunk.toString()));
          socket.on("error", reject);
          socket.on("close", () => resolve(said));
        }),
      { virtualLimitMs: 3_600_000 },
    );
    expect(assertDone(verdict)).toBe(
      "220 smtp.example ESMTP\r\n421 Timeout - closing connection\r\n",
    );
    // The greeting after 100 ms was the last sign of life.
    expect(installed.elapsedMs()).toBe(300_100);
  });
});
