import { DatabaseSync } from "node:sqlite";

import { describe, expect, onTestFinished, test } from "vitest";

import { NodeClock } from "../adapters/node-clock.ts";
import { NodeDialer } from "../adapters/node-dialer.ts";
import { SmtpMailer } from "../adapters/smtp-mailer.ts";
import { Agent } from "../agent.ts";
import { outputLineSchema } from "../cli/views/output-schema.ts";
import { runCli } from "../cli/run-cli.ts";
import { fakeCliIo } from "../cli/testing/fake-cli-io.ts";
import { opening } from "../cli/testing/fake-agent.ts";
import type { MailRequest } from "./requests.ts";
import type { Mailer } from "../ports/mailer.ts";
import { StateDatabase } from "../state/state-database.ts";
import { FakeClock, idle } from "../testing/fake-clock.ts";
import { FakeMailer, UNTIL_STOPPED } from "../testing/fake-mailer.ts";
import { aJob, aReport } from "../testing/fixtures.ts";
import { TestDisk } from "../testing/test-disk.ts";
import { tinyMailServer } from "../testing/tiny-mail-server.ts";
import { DEFAULT_TUNING } from "../tuning.ts";
import { message, type Message } from "../../messages/message.ts";
import { AMPLE_MEMORY } from "../testing/ample-memory.ts";

/** A reason that somebody else said. */
function said(text: string): Message {
  return message("run.earlier-text", { text });
}

const PASSWORD = "mail-sesame-4f2c";
const REQUEST: MailRequest = {
  host: "smtp.example.com",
  user: "taro",
  password: PASSWORD,
  secure: true,
  from: "pc@example.com",
  to: ["taro@example.com"],
};
const TROUBLE = aReport([aJob(), aJob({ status: "access-denied", causes: ["B-AD-1"] })]);

/** An agent with a mailer, and what can be seen of it from outside. */
class Bench {
  readonly clock = new FakeClock();
  readonly mailer = new FakeMailer();
  readonly log: string[] = [];
  readonly file = new DatabaseSync(":memory:");
  agent: Agent;

  constructor(mailer?: Mailer) {
    this.agent = this.#open(mailer ?? this.mailer);
    onTestFinished(() => this.agent.close());
  }

  /** Closes the tool and starts it again. */
  async restart(): Promise<void> {
    await this.agent.close();
    this.agent = this.#open(this.mailer);
  }

  /** Does what the schedule does at the end of a slot. */
  report(report = TROUBLE): boolean {
    const database = new StateDatabase(this.file);
    return database.transaction("acknowledged", () => this.agent.mail.enqueueReport(report));
  }

  /** Settings in force: set, tested and confirmed. */
  async confirmed(request: MailRequest = REQUEST): Promise<this> {
    this.agent.mail.set(request);
    await this.agent.mail.test();
    this.agent.mail.confirm();
    this.mailer.tries.length = 0;
    return this;
  }

  /** Every value of every table but those named, as text. */
  valuesOutside(...left: readonly string[]): string {
    const tables = this.file.prepare("SELECT name FROM sqlite_schema WHERE type = 'table'").all();
    return tables
      .map(({ name }) => String(name))
      .filter((name) => !left.includes(name))
      .flatMap((name) => this.file.prepare(`SELECT * FROM ${name}`).all())
      .flatMap((row) => Object.values(row).map(String))
      .join("\n");
  }

  #open(mailer: Mailer): Agent {
    return Agent.open(
      {
        clock: this.clock,
        mailer,
        entropy: { random: () => 0.5 },
        disk: new TestDisk().source,
        targetDisk: new TestDisk().target,
        memory: AMPLE_MEMORY,
        dialer: new NodeDialer(),
        database: this.file,
        log: {
          write: (level, event, fields) =>
            this.log.push(`${level} ${event} ${JSON.stringify(fields)}`),
        },
      },
      { homePath: "/home", defaultDeviceName: "営業部PC" },
    );
  }
}

describe("mail settings", () => {
  test("are none at first, and the result mail is off", () => {
    expect(new Bench().agent.mail.settings()).toEqual({
      draft: null,
      isDraftTested: false,
      isLoginUnused: false,
      isDraftConfirmed: false,
      confirmed: null,
      isOn: false,
    });
  });

  test.each([
    [true, 465],
    [false, 587],
  ])("have a port of their own when none is given: SSL %s, %i", (secure, port) => {
    expect(new Bench().agent.mail.set({ ...REQUEST, secure }).draft).toMatchObject({ port });
  });

  test("that cannot be used are refused, and nothing changes", async () => {
    const { agent } = await new Bench().confirmed();
    const before = agent.mail.settings();

    expect(() => agent.mail.set({ ...REQUEST, to: ["a\r\nb@x"] })).toThrow("recipient");
    expect(agent.mail.settings()).toEqual(before);
  });

  test("come into force by a test mail with exactly them and a confirmation, which switches on", async () => {
    const { agent, mailer } = new Bench();
    const { password: _, ...values } = { ...REQUEST, port: 465 };
    expect(agent.mail.set(REQUEST)).toMatchObject({ draft: values, confirmed: null });

    expect(await agent.mail.test()).toMatchObject({ isDraftTested: true, confirmed: null });
    expect(agent.mail.confirm()).toEqual({
      draft: values,
      isDraftTested: true,
      isLoginUnused: false,
      isDraftConfirmed: true,
      confirmed: values,
      isOn: true,
    });
    expect(mailer.tries).toMatchObject([
      { server: { password: PASSWORD }, mail: { to: REQUEST.to, from: REQUEST.from } },
    ]);
    expect(mailer.tries[0]?.mail.subject).toContain("営業部PC");
    expect(mailer.tries[0]?.mail.messageId).toMatch(/^<[\w.]+@example\.com>$/);
  });

  test.each<[string, Partial<MailRequest>]>([
    ["server", { host: "other.example.com" }],
    ["port", { port: 587 }],
    ["user", { user: "hanako" }],
    ["password", { password: "another" }],
    ["sender", { from: "other@example.com" }],
    ["recipients", { to: ["other@example.com"] }],
    ["SSL", { secure: false, port: 465 }],
  ])("with another %s than tested are not confirmed", async (_what, change) => {
    const { agent } = new Bench();
    agent.mail.set(REQUEST);
    await agent.mail.test();

    expect(agent.mail.set({ ...REQUEST, ...change }).isDraftTested).toBe(false);

    const refusal = expect.objectContaining({
      code: "mail-not-tested",
      message: expect.stringContaining("no test mail was sent"),
    });
    expect(() => agent.mail.confirm()).toThrow(refusal);
    expect(agent.mail.settings().confirmed).toBeNull();
  });

  test("that changed while their test mail was under way are not taken for tested", async () => {
    const { agent, mailer } = new Bench();
    agent.mail.set(REQUEST);
    mailer.answer = () => {
      agent.mail.set({ ...REQUEST, host: "other.example.com" });
      return { kind: "sent" };
    };

    expect(await agent.mail.test()).toMatchObject({ isDraftTested: false });
    expect(() => agent.mail.confirm()).toThrow("no test mail was sent");
  });

  test("that are set anew leave the confirmed ones in force", async () => {
    const bench = await new Bench().confirmed();
    bench.agent.mail.set({ ...REQUEST, host: "other.example.com", to: ["other@example.com"] });
    await bench.agent.mail.test();
    bench.agent.mail.startSending();
    bench.report();
    await idle();

    expect(bench.mailer.tries.at(-1)).toMatchObject({
      server: { host: REQUEST.host },
      mail: { to: REQUEST.to },
    });
    expect(bench.agent.mail.settings()).toMatchObject({ isDraftConfirmed: false });
  });

  test("confirmed again leave the switch as it is", async () => {
    const bench = await new Bench().confirmed();
    bench.agent.mail.setOn(false);

    await bench.confirmed({ ...REQUEST, host: "other.example.com" });

    expect(bench.agent.mail.settings()).toMatchObject({ isOn: false });
  });

  test("survive a restart, whether they were tested too", async () => {
    const bench = new Bench();
    bench.agent.mail.set(REQUEST);
    await bench.agent.mail.test();
    await bench.restart();

    expect(bench.agent.mail.confirm()).toMatchObject({ isDraftConfirmed: true, isOn: true });
  });
});

describe("a test mail", () => {
  test.each([
    [{ kind: "permanent", reason: said("535 wrong") } as const, "535 wrong"],
    [{ kind: "transient", reason: said("no connection") } as const, "no connection"],
    [
      {
        kind: "sent",
        refused: [{ kind: "permanent", address: "b@example.com", reason: said("550 unknown") }],
      } as const,
      "b@example.com: 550 unknown",
    ],
  ])("that does not reach everybody passes nothing: %j", async (result, reason) => {
    const { agent, mailer } = new Bench();
    agent.mail.set({ ...REQUEST, to: ["a@example.com", "b@example.com"] });
    mailer.answer = () => result;

    await expect(agent.mail.test()).rejects.toMatchObject({
      code: "mail-not-sent",
      message: reason,
    });
    expect(() => agent.mail.confirm()).toThrow("no test mail was sent");
  });

  test.each([
    { kind: "transient", reason: said("450 later"), isBusy: true } as const,
    {
      kind: "sent",
      refused: [
        { kind: "transient", address: "b@example.com", reason: said("451 later"), isBusy: true },
      ],
    } as const,
  ])("to a server that says not now does not blame the settings: %j", async (result) => {
    const { agent, mailer } = new Bench();
    agent.mail.set({ ...REQUEST, to: ["a@example.com", "b@example.com"] });
    mailer.answer = () => result;

    await expect(agent.mail.test()).rejects.toMatchObject({ code: "mail-server-busy" });
  });

  test("that went out without the login says so until the settings change", async () => {
    const { agent, mailer } = new Bench();
    agent.mail.set(REQUEST);
    mailer.answer = () => ({ kind: "sent", isLoginUnused: true });

    expect(await agent.mail.test()).toMatchObject({ isLoginUnused: true });
    expect(agent.mail.confirm()).toMatchObject({ isLoginUnused: true });
    expect(agent.mail.set({ ...REQUEST, port: 2525 })).toMatchObject({ isLoginUnused: false });
  });

  test("needs settings, and so do confirmation and switching on", async () => {
    const { agent } = new Bench();
    const refusal = { code: "no-mail-settings" };

    await expect(agent.mail.test()).rejects.toMatchObject(refusal);
    expect(() => agent.mail.confirm()).toThrow(expect.objectContaining(refusal));
    expect(() => agent.mail.setOn(true)).toThrow(expect.objectContaining(refusal));
  });

  test("under way is cut when the tool is closed", async () => {
    const { agent, mailer } = new Bench();
    agent.mail.set(REQUEST);
    mailer.answer = UNTIL_STOPPED;
    const testing = agent.mail.test();

    await agent.close();

    await expect(testing).rejects.toMatchObject({ code: "mail-not-sent" });
  });
});

describe("a report", () => {
  test("becomes a mail exactly when some job did not complete and result mails are on (I8)", async () => {
    const bench = new Bench();
    expect(bench.report()).toBe(false);
    await bench.confirmed();

    expect(bench.report(aReport([aJob(), aJob()]))).toBe(false);
    expect(bench.report()).toBe(true);
    bench.agent.mail.setOn(false);
    expect(bench.report()).toBe(false);

    expect(bench.agent.mail.outbox().mails).toEqual([]);
  });

  test("is sent by a tool that stays, and by the next one when this ends first", async () => {
    const bench = await new Bench().confirmed();
    bench.report();
    await bench.clock.advance(3_600_000);
    expect(bench.mailer.tries).toEqual([]);
    await bench.restart();

    bench.agent.mail.startSending();
    await idle();

    expect(bench.mailer.tries).toHaveLength(1);
    expect(bench.mailer.tries[0]?.mail.text).toContain("未完了（アクセス不可）");
    expect(bench.agent.mail.outbox()).toEqual({ mails: [], trouble: null });
  });

  test("that fails to go out is shown as waiting, then as trouble", async () => {
    const bench = await new Bench().confirmed();
    bench.mailer.answer = () => ({ kind: "transient", reason: said("451 later") });
    bench.agent.mail.startSending();
    bench.report();
    await idle();
    expect(bench.agent.mail.outbox().mails).toMatchObject([
      { attemptCount: 1, lastReason: said("451 later") },
    ]);

    await bench.clock.advance(25 * 3_600_000);

    expect(bench.agent.mail.outbox()).toMatchObject({
      mails: [],
      trouble: { reason: said("451 later") },
    });
  });
});

describe("switching off", () => {
  test("throws away what waits, so that nothing old arrives after switching on again", async () => {
    const bench = await new Bench().confirmed();
    bench.report();
    bench.agent.mail.setOn(false);
    bench.agent.mail.setOn(true);
    bench.agent.mail.startSending();
    await bench.clock.advance(3_600_000);

    expect(bench.mailer.tries).toEqual([]);
    expect(bench.log.at(-1)).toMatch(/^info mails-were-thrown-away {"count":1}/);
  });

  test("cuts the mail under way", async () => {
    const bench = await new Bench().confirmed();
    bench.mailer.answer = UNTIL_STOPPED;
    bench.agent.mail.startSending();
    bench.report();
    await idle();

    bench.agent.mail.setOn(false);
    await idle();
    expect(bench.mailer.busyCount).toBe(0);
    await bench.clock.advance(3_600_000);

    expect(bench.mailer.tries).toHaveLength(1);
    expect(bench.clock.timerCount).toBe(0);
  });
});

test("an agent without a way to send mails says so", async () => {
  const bench = new Bench();
  const { file, clock } = bench;
  const agent = Agent.open(
    {
      clock,
      entropy: { random: () => 0 },
      disk: new TestDisk().source,
      targetDisk: new TestDisk().target,
      memory: AMPLE_MEMORY,
      dialer: new NodeDialer(),
      database: file,
      log: { write: () => undefined },
    },
    { homePath: "/home", defaultDeviceName: "pc" },
  );
  agent.mail.set(REQUEST);
  agent.mail.startSending();

  await expect(agent.mail.test()).rejects.toMatchObject({ code: "mail-not-sent" });
});

test("the mail password is in its own table and nowhere else: log, errors, output, database (I10)", async () => {
  await using server = await tinyMailServer({
    onAuth: ({ username, password }, _session, callback) =>
      callback(new Error(`no ${password} for ${username}`)),
  });
  const clock = new NodeClock();
  const mailer = new SmtpMailer({ clock, dialer: new NodeDialer(), tuning: DEFAULT_TUNING });
  const bench = new Bench(mailer);
  const server25 = `--server 127.0.0.1 --port ${server.port} --ssl off`;
  const texts: string[] = [];
  for (const command of [
    `mail set ${server25} --user taro --password-stdin --from a@x --to b@x`,
    "mail test --debug",
    "mail confirm --debug",
    "mail on --debug",
    "mail status",
    "mail set --server a/b --user taro --password-stdin --from a@x --to b@x --debug",
  ]) {
    for (const json of [[], ["--json"]]) {
      const io = fakeCliIo({ stdin: PASSWORD });
      await runCli([...command.split(" "), ...json], io, opening(bench.agent));
      texts.push(io.out(), io.err());
      if (json.length > 0) outputLineSchema.parse(JSON.parse(io.out()));
    }
  }

  expect(bench.agent.mail.settings().draft).toMatchObject({ user: "taro" });
  const all = [...texts, ...bench.log, bench.valuesOutside("mail_settings")].join("\n");
  expect(all).toContain("535");
  for (const secret of [PASSWORD, Buffer.from(PASSWORD).toString("base64")]) {
    expect(all).not.toContain(secret);
  }
  expect(bench.valuesOutside()).toContain(PASSWORD);
});
