import { DatabaseSync } from "node:sqlite";

import { describe, expect, onTestFinished, test } from "vitest";

import { NodeDialer } from "../adapters/node-dialer.ts";
import { Agent, type AgentOptions } from "../agent.ts";
import type { MailNews } from "../mail/sender.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import { AccountStore } from "../account/account-store.ts";
import { SourceStore } from "../state/source-store.ts";
import { StateDatabase } from "../state/state-database.ts";
import { FakeClock, idle } from "../testing/fake-clock.ts";
import { FakeHost } from "../testing/fake-host.ts";
import { FakeMailer, UNTIL_STOPPED } from "../testing/fake-mailer.ts";
import { TestDisk } from "../testing/test-disk.ts";
import { AMPLE_MEMORY } from "../testing/ample-memory.ts";

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** 03:00 in Tokyo, 15 hours after the fake clock starts. */
const AT_3 = { weekdays: [0, 1, 2, 3, 4, 5, 6], minuteOfDay: 180 };
const UNTIL_SLOT_MS = 15 * HOUR_MS;

/** A PC with the tool on it, logged in, with two sources, whose service refuses every connection. */
class Bench {
  readonly clock = new FakeClock();
  readonly host = new FakeHost();
  readonly mailer = new FakeMailer();
  readonly file = new DatabaseSync(":memory:");
  readonly jobs: JobRecord[] = [];
  readonly mails: MailNews[] = [];
  readonly agent: Agent;

  constructor(options: Pick<AgentOptions, "exclusively"> = {}) {
    this.host.events = [{ atMs: 0, kind: "boot" }];
    this.agent = Agent.open(
      {
        clock: this.clock,
        host: this.host,
        mailer: this.mailer,
        entropy: { random: () => 0.5 },
        disk: new TestDisk({ "a.txt": "a" }).source,
        targetDisk: new TestDisk().target,
        memory: AMPLE_MEMORY,
        dialer: new NodeDialer(),
        database: this.file,
        log: { write: () => undefined },
      },
      { homePath: "/home", defaultDeviceName: "pc", ...options },
    );
    onTestFinished(() => this.agent.close());
    const database = new StateDatabase(this.file);
    new AccountStore(database).write({
      serviceUrl: "http://127.0.0.1:1",
      loginId: "taro",
      password: "pw",
      nickname: "太郎",
      token: "token",
    });
    for (const name of ["source", "two"]) {
      new SourceStore(database).add({
        path: `/${name}`,
        name,
        destination: `area/pc/${name}`,
        addedAtMs: this.clock.nowMs(),
      });
    }
    this.agent.schedule.set(AT_3);
  }

  start(): Promise<void> {
    return this.agent.schedule.start({
      onJob: (job) => this.jobs.push(job),
      onMail: (news) => this.mails.push(news),
    });
  }

  /** Result mails are on. */
  async withMail(): Promise<this> {
    const server = { host: "smtp.example.com", user: "", password: "", secure: true };
    this.agent.mail.set({ ...server, from: "pc@example.com", to: ["taro@example.com"] });
    await this.agent.mail.test();
    this.agent.mail.confirm();
    this.mailer.tries.length = 0;
    return this;
  }

  rows(): readonly string[] {
    return this.agent.history
      .jobs("backup")
      .rows.map(({ sourcePath, status, causes }) => `${sourcePath} ${status} ${causes.join(",")}`)
      .toSorted();
  }
}

/** Lets the connection that is refused be refused. */
async function settle(): Promise<void> {
  for (let turn = 0; turn < 50; turn += 1) await idle();
}

describe("closing the tool", () => {
  test("in the middle of a slot ends it at once, with a row for every source", async () => {
    const bench = new Bench();
    await bench.start();
    await bench.clock.advance(UNTIL_SLOT_MS);
    await settle();
    expect(bench.rows()).toEqual(["/source running B-RUN-1"]);

    await bench.agent.close();

    expect(bench.rows()).toEqual(["/source unexpected B-UX-6", "/two not-run B-NR-1"]);
    expect(bench.clock.timerCount).toBe(0);
  });

  test("while another process works leaves the slot to the next start", async () => {
    const turn = Promise.withResolvers<never>();
    let isFree = true;
    const bench = new Bench({ exclusively: (work) => (isFree ? work() : turn.promise) });
    await bench.start();
    isFree = false;
    await bench.clock.advance(UNTIL_SLOT_MS);

    turn.reject(new Error("closed"));
    await bench.agent.close();

    expect(bench.rows()).toEqual([]);
  });

  test("before the schedule is held holds it no more", async () => {
    const turn = Promise.withResolvers<void>();
    const bench = new Bench({ exclusively: (work) => turn.promise.then(work) });
    const started = bench.start();
    const closed = bench.agent.close();
    turn.resolve();

    await Promise.all([started, closed]);

    expect(bench.clock.timerCount).toBe(0);
  });
});

test("a slot that a clock set back brings after the start is run", async () => {
  const bench = new Bench();
  bench.clock.setWallClock(bench.clock.nowMs() + UNTIL_SLOT_MS - MINUTE_MS);
  await bench.start();
  bench.clock.setWallClock(bench.clock.nowMs() - 10 * MINUTE_MS);
  bench.agent.refresh();

  await bench.clock.advance(12 * MINUTE_MS);
  await settle();

  expect(bench.rows()).toEqual(["/source running B-RUN-1"]);
});

test("a new time on a day whose slot was dealt with is told to be none of that day", async () => {
  const bench = new Bench();
  await bench.start();
  expect(bench.agent.schedule.set({ ...AT_3, minuteOfDay: 200 }).isDayDealtWith).toBe(false);
  bench.agent.schedule.set(AT_3);
  await bench.clock.advance(UNTIL_SLOT_MS + 2 * MINUTE_MS);

  const later = bench.agent.schedule.set({ ...AT_3, minuteOfDay: 300 });

  expect(later.isDayDealtWith).toBe(true);
  expect(later.nextAtMs).toBeGreaterThan(bench.clock.nowMs() + 20 * 60 * MINUTE_MS);
  expect(bench.agent.schedule.set({ ...AT_3, minuteOfDay: 60 }).isDayDealtWith).toBe(false);
});

test("a schedule that was switched off while another process worked runs no more", async () => {
  const turn = Promise.withResolvers<void>();
  let isFree = true;
  const bench = new Bench({
    exclusively: (work) => (isFree ? work() : turn.promise.then(work)),
  });
  await bench.start();
  isFree = false;
  await bench.clock.advance(UNTIL_SLOT_MS);

  bench.agent.schedule.setOn(false);
  turn.resolve();
  await settle();

  expect(bench.rows()).toEqual([]);
});

test("a slot whose run could not even begin gets its rows a minute later", async () => {
  const bench = new Bench();
  await bench.start();
  bench.file.exec(
    "CREATE TRIGGER full BEFORE INSERT ON job BEGIN SELECT raise(ABORT, 'full'); END",
  );
  await bench.clock.advance(UNTIL_SLOT_MS);
  await settle();
  bench.file.exec("DROP TRIGGER full");

  await bench.clock.advance(MINUTE_MS);
  await settle();

  expect(bench.rows()).toEqual(["/source not-run B-NR-1", "/two not-run B-NR-1"]);
});

describe("the mail of a slot", () => {
  test("tells only of this pass of a date that a clock set back brings again", async () => {
    const bench = await new Bench().withMail();
    bench.agent.settings.change({ deviceName: "pc" });
    await bench.agent.account.logout();
    await bench.start();
    const startMs = bench.clock.nowMs();
    await bench.clock.advance(UNTIL_SLOT_MS + 3 * DAY_MS);
    expect(bench.mailer.tries).toHaveLength(4);
    bench.clock.setWallClock(startMs);
    bench.agent.refresh();

    await bench.clock.advance(UNTIL_SLOT_MS);

    expect(bench.mailer.tries).toHaveLength(5);
    expect(bench.mailer.tries.at(-1)?.mail.text).toContain("全2件");
  });

  test("that another process threw away is cut, and whoever watches hears of the others", async () => {
    const bench = await new Bench().withMail();
    await bench.agent.account.logout();
    bench.mailer.answer = UNTIL_STOPPED;
    await bench.start();
    await bench.clock.advance(UNTIL_SLOT_MS);
    expect(bench.mailer.busyCount).toBe(1);

    bench.file.exec("DELETE FROM outbox");
    bench.agent.refresh();
    await settle();
    expect(bench.mailer.busyCount).toBe(0);
    expect(bench.mails).toEqual([]);

    bench.mailer.answer = () => ({ kind: "sent" });
    await bench.clock.advance(DAY_MS);
    expect(bench.mails).toMatchObject([{ outcome: "sent", reason: null }]);
    expect(bench.jobs.map(({ status }) => status)).toEqual(Array(4).fill("not-run"));
  });
});
