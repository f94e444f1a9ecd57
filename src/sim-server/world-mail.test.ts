import { readFileSync } from "node:fs";
import type { Socket } from "node:net";

import { createTransport } from "nodemailer";
import type SMTPTransport from "nodemailer/lib/smtp-transport";
import { expect, test } from "vitest";

import { assertDone } from "./kernel/verdict.ts";
import type { SmtpFault } from "./faults/smtp-fault.ts";
import { MAIL_AUTHORITY_FILE } from "./smtp/mail-tls.ts";
import { MAIL_HOST, World } from "./world.ts";

const USER = { user: "agent@mail.example", password: "very-secret" };
const AUTH = { auth: { user: USER.user, pass: USER.password } };
const TRUST = { tls: { ca: readFileSync(MAIL_AUTHORITY_FILE) } };

interface Route {
  readonly port: number;
  readonly secure?: boolean;
  readonly options?: SMTPTransport.Options;
}

const ROUTES: readonly Route[] = [
  { port: 25, options: { ignoreTLS: true } },
  { port: 25, options: { ignoreTLS: true, ...AUTH } },
  { port: 587, options: { requireTLS: true, ...TRUST, ...AUTH } },
  { port: 465, options: { secure: true, ...TRUST, ...AUTH } },
  { port: 465, secure: true, options: { secure: true, ...AUTH } },
  { port: 587, options: { requireTLS: true, ...TRUST, auth: { user: USER.user, pass: "no" } } },
  { port: 587, options: { requireTLS: true, ...AUTH } },
];

const FAULTS: readonly SmtpFault[] = [
  { stage: "handshake", kind: "certificate", certificate: "expired" },
  { stage: "mail", kind: "delay", delayMs: 1234, times: "forever" },
  { stage: "rcpt", kind: "reply", code: 550, nth: 2 },
  { stage: "message", kind: "reset", nth: 3, afterBytes: 200 },
  { stage: "end-of-data", kind: "reset", committed: true, nth: 2 },
];

interface Run {
  readonly results: readonly string[];
  readonly traceHash: string;
  readonly lines: readonly string[];
  readonly mails: readonly string[];
}

/** Sends a mail over each route, twice, in a world of its own. */
async function run(faults: readonly SmtpFault[] = [], routes = ROUTES): Promise<Run> {
  using world = new World({
    seed: 7,
    startMs: Date.UTC(2026, 0, 1),
    accounts: [],
    mail: { accounts: [USER] },
  });
  const random = world.entropy("mails");
  for (const fault of faults) world.mail.faults.add(fault);
  const verdict = await world.driver.run(
    async () => {
      const results: string[] = [];
      for (const route of [...routes, ...routes]) {
        results.push(await send(world, route, random.hex(8)));
      }
      await world.clock.wait(60_000);
      return results;
    },
    { virtualLimitMs: 3_600_000 },
  );
  expect(world.mail.internalErrors).toEqual([]);
  return {
    results: assertDone(verdict),
    traceHash: world.trace.traceHash(),
    lines: world.trace.lines(),
    mails: world.mail.mailbox.list().map(({ id, tls, user }) => `${id} ${tls} ${user}`),
  };
}

async function send(world: World, route: Route, token: string): Promise<string> {
  const { port, secure = false, options } = route;
  const mailer = createTransport({
    host: MAIL_HOST,
    port,
    name: "pc.example",
    getSocket: (_options, callback) => {
      const socket = world.network.dial({ host: MAIL_HOST, port, secure });
      socket.once("error", callback);
      socket.once("connect", () => {
        socket.off("error", callback);
        callback(null, { connection: socket as unknown as Socket, secured: secure });
      });
    },
    ...options,
  });
  try {
    // What nodemailer would draw by itself comes from the world.
    const mail = { messageId: `<${token}@pc.example>`, subject: `結果 ${token}`, text: token };
    const to = ["a@example.com", "b@example.com"];
    return (await mailer.sendMail({ from: USER.user, to, ...mail })).response;
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    mailer.close();
  }
}

test("the same seed gives the same trace of the same mails, handshakes included", async () => {
  for (const faults of [[], FAULTS]) {
    const first = await run(faults);
    const second = await run(faults);
    expect(second.lines).toEqual(first.lines);
    expect(second).toEqual(first);
    expect(first.lines.join("\n")).not.toContain(USER.password);
  }
});

test("three ports behave as a provider's do", async () => {
  const { results, mails } = await run();
  expect(results.slice(0, 7)).toEqual([
    "250 OK: queued as mail-1",
    "250 OK: queued as mail-2",
    "250 OK: queued as mail-3",
    "250 OK: queued as mail-4",
    "250 OK: queued as mail-5",
    "EAUTH",
    "ESOCKET",
  ]);
  expect(mails.slice(0, 5)).toEqual([
    "mail-1 false null",
    `mail-2 false ${USER.user}`,
    `mail-3 true ${USER.user}`,
    `mail-4 true ${USER.user}`,
    `mail-5 true ${USER.user}`,
  ]);
});

test("587 and 465 take no mail of strangers, and 587 no password without TLS", async () => {
  const { results } = await run(
    [],
    [
      { port: 587, options: { requireTLS: true, ...TRUST } },
      { port: 465, options: { secure: true, ...TRUST } },
      { port: 587, options: { ignoreTLS: true, ...AUTH } },
    ],
  );
  expect(results.slice(0, 3)).toEqual(["EENVELOPE", "EENVELOPE", "EAUTH"]);
});
