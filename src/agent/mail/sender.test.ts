import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { Redactor } from "../../messages/redactor.ts";
import type { MailSettings } from "./checked-settings.ts";
import { MailSender } from "./sender.ts";
import type { MailResult } from "../ports/mailer.ts";
import { MailSettingsStore } from "./settings-store.ts";
import { Outbox, type NewMail } from "./outbox.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { FakeClock, idle } from "../testing/fake-clock.ts";
import { FakeMailer, UNTIL_STOPPED } from "../testing/fake-mailer.ts";
import { mailSettings, memoryDatabase } from "../testing/fixtures.ts";
import { DEFAULT_TUNING } from "../tuning.ts";
import { message, type Message } from "../../messages/message.ts";
import { refusedByRecipient } from "./refused-by-recipient.ts";

/** A reason that somebody else said. */
function said(text: string): Message {
  return message("run.earlier-text", { text });
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const LATER: MailResult = { kind: "transient", reason: said("451 later") };
const NEVER: MailResult = { kind: "permanent", reason: said("550 never") };

/** An outbox with what empties it; `restart` is a new process on the same database. */
class Bench {
  readonly clock = new FakeClock();
  readonly mailer = new FakeMailer();
  readonly database: StateDatabase = memoryDatabase();
  readonly outbox = new Outbox(this.database);
  readonly settings = new MailSettingsStore(this.database);
  readonly log: string[] = [];
  /** When each try began, on the clock that nobody sets. */
  readonly triedAtMs: number[] = [];
  random = 0.999_999;
  sender: MailSender;
  #mailCount = 0;

  constructor(confirmed: MailSettings = mailSettings()) {
    this.settings.confirm(confirmed);
    this.sender = this.#newSender();
  }

  #newSender(): MailSender {
    const { clock, database, outbox, settings } = this;
    return new MailSender({
      clock,
      database,
      outbox,
      settings,
      redactor: new Redactor(),
      entropy: { random: () => this.random },
      log: {
        write: (level, event, fields) =>
          this.log.push(`${level} ${event} ${JSON.stringify(fields)}`),
      },
      mailer: {
        send: (...args) => {
          this.triedAtMs.push(clock.elapsedMs());
          return this.mailer.send(...args);
        },
      },
      tuning: DEFAULT_TUNING,
    });
  }

  /** Puts a mail into the outbox inside a transaction, as the schedule does. */
  enqueue(given: Partial<NewMail> = {}): void {
    this.#mailCount += 1;
    this.database.transaction("acknowledged", () => {
      this.outbox.enqueue({
        messageId: `<${this.#mailCount}@example.com>`,
        createdAtMs: this.clock.nowMs(),
        subject: `mail ${this.#mailCount}`,
        text: "text",
        ...given,
      });
      this.sender.lookNow();
    });
  }

  /** The process dies without a word, and another one starts. */
  restart(): void {
    // Nobody stops the old one: what it still hears is of a process that is gone.
    void this.sender.stop();
    this.sender = this.#newSender();
    this.sender.start();
  }
}

describe("a mail", () => {
  test("goes out once by the settings in force, and is gone from the outbox", async () => {
    const bench = new Bench();
    bench.sender.start();
    bench.enqueue();
    await bench.clock.advance(48 * HOUR_MS);

    const { server, from, to } = mailSettings();
    expect(bench.mailer.tries).toEqual([
      {
        server,
        mail: {
          messageId: "<1@example.com>",
          dateMs: expect.any(Number),
          from,
          to,
          only: to,
          subject: "mail 1",
          text: "text",
        },
      },
    ]);
    expect(bench.outbox.list()).toEqual([]);
    expect(bench.clock.timerCount).toBe(0);
    expect(bench.log).toEqual([expect.stringMatching(/^info mail-was-sent /)]);
  });

  test("is not sent when the transaction that made it is undone", async () => {
    const bench = new Bench();
    bench.sender.start();

    expect(() =>
      bench.database.transaction("acknowledged", () => {
        bench.outbox.enqueue({ messageId: "<1@x>", createdAtMs: 0, subject: "", text: "" });
        bench.sender.lookNow();
        throw new Error("undone");
      }),
    ).toThrow("undone");
    await bench.clock.advance(HOUR_MS);

    expect(bench.mailer.tries).toEqual([]);
  });

  test("is noticed at whatever moment of an earlier look it is made", async () => {
    for (let depth = 0; depth < 30; depth += 1) {
      const bench = new Bench();
      bench.sender.start();
      for (let count = 0; count < depth; count += 1) await Promise.resolve();
      bench.enqueue();
      await idle();

      expect(bench.mailer.tries).toHaveLength(1);
    }
  });

  test("waits while nobody has started to send", async () => {
    const bench = new Bench();
    bench.enqueue();
    await bench.clock.advance(HOUR_MS);

    expect(bench.mailer.tries).toEqual([]);
    bench.sender.start();
    await idle();
    expect(bench.mailer.tries).toHaveLength(1);
  });

  test("is tried again after 1 min, doubling to 1 h, with the same Message-ID, and given up after 24 h", async () => {
    const bench = new Bench();
    bench.mailer.answer = () => LATER;
    bench.sender.start();
    bench.enqueue();
    await bench.clock.advance(48 * HOUR_MS);

    const minutes = bench.triedAtMs.map((atMs) => Math.round(atMs / MINUTE_MS));
    expect(minutes.slice(0, 9)).toEqual([0, 1, 3, 7, 15, 31, 63, 123, 183]);
    expect(minutes.at(-1)).toBeLessThanOrEqual(24 * 60);
    expect(minutes.at(-1)).toBeGreaterThan(22 * 60);
    expect(new Set(bench.mailer.tries.map(({ mail }) => mail.messageId)).size).toBe(1);
    expect(bench.outbox.list()).toEqual([]);
    expect(bench.settings.trouble()).toMatchObject({ reason: said("451 later") });
    expect(
      bench.log.filter((line) => line.startsWith("warn mail-will-be-tried-again")),
    ).toHaveLength(minutes.length);
    expect(bench.log.at(-1)).toMatch(/^error mail-was-given-up .*451 later/);
    expect(bench.clock.timerCount).toBe(0);
  });

  test("that the server refuses for good is tried no more", async () => {
    const bench = new Bench();
    bench.mailer.answer = () => NEVER;
    bench.sender.start();
    bench.enqueue();
    await bench.clock.advance(48 * HOUR_MS);

    expect(bench.mailer.tries).toHaveLength(1);
    expect(bench.outbox.list()).toEqual([]);
    expect(bench.settings.trouble()).toMatchObject({ reason: said("550 never") });
    expect(bench.log).toEqual([expect.stringMatching(/^error mail-was-refused .*550 never/)]);
  });

  test("that goes out ends the memory of the trouble before", async () => {
    const bench = new Bench();
    bench.mailer.answer = () => NEVER;
    bench.sender.start();
    bench.enqueue();
    await idle();
    bench.mailer.answer = () => ({ kind: "sent" });
    bench.enqueue();
    await idle();

    expect(bench.settings.trouble()).toBeNull();
  });
});

describe("of two recipients", () => {
  const BOTH = mailSettings({ to: ["a@example.com", "b@example.com"] });
  const refused = (kind: "transient" | "permanent"): MailResult => ({
    kind: "sent",
    refused: [{ address: "a@example.com", kind, reason: said("no") }],
  });

  test("one who was refused for good is given up, and the other has it once", async () => {
    const bench = new Bench(BOTH);
    bench.mailer.answer = () => refused("permanent");
    bench.sender.start();
    bench.enqueue();
    await bench.clock.advance(48 * HOUR_MS);

    expect(bench.mailer.tries).toHaveLength(1);
    expect(bench.outbox.list()).toEqual([]);
    expect(bench.settings.trouble()).toMatchObject({
      reason: refusedByRecipient([
        { kind: "permanent", address: "a@example.com", reason: said("no") },
      ]),
    });
    expect(bench.log[0]).toMatch(/^warn mail-was-refused-for-a-recipient .*a@example.com/);
  });

  test("where neither took it, the one who may take it later is tried alone", async () => {
    const bench = new Bench(BOTH);
    bench.mailer.answer = () => ({
      kind: "refused",
      refused: [
        { address: "a@example.com", kind: "permanent", reason: said("no") },
        { address: "b@example.com", kind: "transient", reason: said("later") },
      ],
    });
    bench.sender.start();
    bench.enqueue();
    await idle();
    expect(bench.log.join(" ")).not.toContain("mail-was-sent");
    bench.mailer.answer = () => ({ kind: "sent" });
    await bench.clock.advance(HOUR_MS);

    expect(bench.mailer.tries.map(({ mail }) => mail.only)).toEqual([
      ["a@example.com", "b@example.com"],
      ["b@example.com"],
    ]);
  });

  test("one who may take it later is tried alone, and never the other, over a restart too", async () => {
    const bench = new Bench(BOTH);
    bench.mailer.answer = () => refused("transient");
    bench.sender.start();
    bench.enqueue();
    await idle();
    bench.restart();
    bench.mailer.answer = () => ({ kind: "sent" });
    await bench.clock.advance(HOUR_MS);

    expect(bench.mailer.tries.map(({ mail }) => mail.only)).toEqual([
      ["a@example.com", "b@example.com"],
      ["a@example.com"],
    ]);
    expect(bench.mailer.tries.map(({ mail }) => mail.to)).toEqual([BOTH.to, BOTH.to]);
    expect(bench.outbox.list()).toEqual([]);
  });

  test("one who is taken out of the settings while he waits gets nothing more", async () => {
    const bench = new Bench(BOTH);
    bench.mailer.answer = () => refused("transient");
    bench.sender.start();
    bench.enqueue();
    await idle();
    bench.settings.confirm(mailSettings({ to: ["b@example.com"] }));
    await bench.clock.advance(48 * HOUR_MS);

    expect(bench.mailer.tries).toHaveLength(1);
    expect(bench.outbox.list()).toEqual([]);
  });
});

describe("mails", () => {
  test("go one at a time, however many wait and however often a look is asked for", async () => {
    const bench = new Bench();
    bench.mailer.answer = () =>
      new Promise((resolve) => {
        bench.clock.setTimer(MINUTE_MS, () => resolve({ kind: "sent" }));
        bench.sender.lookNow();
      });
    bench.sender.start();
    for (let count = 0; count < 3; count += 1) bench.enqueue();
    for (let count = 0; count < 10; count += 1) {
      bench.sender.lookNow();
      await bench.clock.advance(MINUTE_MS);
    }

    expect(bench.mailer.tries.map(({ mail }) => mail.subject)).toEqual([
      "mail 1",
      "mail 2",
      "mail 3",
    ]);
    expect(bench.mailer.busyCountMax).toBe(1);
  });

  test("that wait go by new settings as soon as these are confirmed", async () => {
    const bench = new Bench();
    bench.mailer.answer = () => LATER;
    bench.sender.start();
    bench.enqueue();
    await idle();
    bench.settings.confirm(mailSettings({ to: ["new@example.com"] }, { host: "new.example.com" }));
    await bench.clock.advance(2 * MINUTE_MS);

    expect(bench.mailer.tries.at(-1)).toMatchObject({
      server: { host: "new.example.com" },
      mail: { to: ["new@example.com"], only: ["new@example.com"] },
    });
  });

  test("do not go while the switch is off", async () => {
    const bench = new Bench();
    bench.settings.setOn(false);
    bench.sender.start();
    bench.enqueue();
    await bench.clock.advance(HOUR_MS);

    expect(bench.mailer.tries).toEqual([]);
  });
});

describe("a stop", () => {
  test("cuts the exchange under way, and the mail waits for the next start", async () => {
    const bench = new Bench();
    bench.mailer.answer = UNTIL_STOPPED;
    bench.sender.start();
    bench.enqueue();
    await idle();

    await bench.sender.stop();

    expect(bench.outbox.list()).toMatchObject([{ attemptCount: 1, lastReason: null }]);
    expect(bench.clock.timerCount).toBe(0);
    await bench.clock.advance(HOUR_MS);
    expect(bench.mailer.tries).toHaveLength(1);
    bench.mailer.answer = () => ({ kind: "sent" });
    bench.sender.start();
    await bench.clock.advance(MINUTE_MS);
    expect(bench.mailer.tries).toHaveLength(2);
    expect(bench.outbox.list()).toEqual([]);
  });

  test("of one exchange leaves the others going", async () => {
    const bench = new Bench();
    bench.mailer.answer = UNTIL_STOPPED;
    bench.sender.start();
    bench.enqueue();
    await idle();
    bench.mailer.answer = () => ({ kind: "sent" });
    bench.enqueue();

    bench.sender.cut();
    await idle();

    expect(bench.outbox.list()).toMatchObject([{ subject: "mail 1" }]);
  });
});

describe("a restart", () => {
  test("goes on with tries and waits where they were", async () => {
    const bench = new Bench();
    bench.mailer.answer = () => LATER;
    bench.sender.start();
    bench.enqueue();
    await bench.clock.advance(10 * MINUTE_MS);
    expect(bench.triedAtMs.map((atMs) => Math.round(atMs / MINUTE_MS))).toEqual([0, 1, 3, 7]);

    bench.restart();
    await bench.clock.advance(10 * MINUTE_MS);

    expect(bench.triedAtMs.map((atMs) => Math.round(atMs / MINUTE_MS))).toEqual([0, 1, 3, 7, 15]);
    expect(bench.outbox.list()).toMatchObject([{ attemptCount: 5 }]);
  });

  test("in the middle of a try does not bring the next one at once", async () => {
    const bench = new Bench();
    bench.mailer.answer = () => new Promise(() => undefined);
    bench.sender.start();
    bench.enqueue();
    await idle();

    bench.restart();
    await idle();
    expect(bench.mailer.tries).toHaveLength(1);
    await bench.clock.advance(MINUTE_MS);
    expect(bench.mailer.tries).toHaveLength(2);
  });

  test("more than a day later gives the mail up without a try", async () => {
    const bench = new Bench();
    bench.enqueue();
    await bench.clock.advance(24 * HOUR_MS);
    bench.sender.start();
    await idle();

    expect(bench.mailer.tries).toEqual([]);
    expect(bench.outbox.list()).toEqual([]);
    expect(bench.log).toEqual([expect.stringMatching(/^error mail-was-given-up .*never-tried/)]);
  });

  test("after the clock was set back by years waits no longer than the backoff, and a day in all", async () => {
    const bench = new Bench();
    bench.mailer.answer = () => LATER;
    bench.sender.start();
    bench.enqueue();
    await idle();
    bench.clock.setWallClock(0);
    bench.restart();
    await bench.clock.advance(MINUTE_MS);
    expect(bench.mailer.tries).toHaveLength(2);

    await bench.clock.advance(24 * HOUR_MS);
    expect(bench.outbox.list()).toEqual([]);
  });
});

test("a clock that is set while mails wait changes nothing", async () => {
  const bench = new Bench();
  bench.mailer.answer = () => LATER;
  bench.sender.start();
  bench.enqueue();
  await idle();
  bench.clock.setWallClock(bench.clock.nowMs() + 30 * 24 * HOUR_MS);
  await bench.clock.advance(8 * MINUTE_MS);
  bench.clock.setWallClock(0);
  await bench.clock.advance(9 * MINUTE_MS);

  expect(bench.triedAtMs.map((atMs) => Math.round(atMs / MINUTE_MS))).toEqual([0, 1, 3, 7, 15]);
});

test("a database that fails for a while stops nothing for good", async () => {
  const bench = new Bench();
  bench.sender.start();
  bench.enqueue();
  const { outbox } = bench;
  Object.assign(outbox, {
    list: () => {
      throw new Error("disk full");
    },
  });
  await idle();
  expect(bench.log).toEqual([expect.stringMatching(/^error mails-cannot-be-sent .*disk full/)]);
  Reflect.deleteProperty(outbox, "list");
  await bench.clock.advance(MINUTE_MS);

  expect(bench.mailer.tries).toHaveLength(1);
});

test("whatever servers, clocks and restarts do: nobody gets a mail twice, waits stay within the backoff, and it ends", async () => {
  const step = fc.oneof(
    fc.record({ kind: fc.constant("wait"), minutes: fc.integer({ min: 1, max: 300 }) }),
    fc.record({ kind: fc.constant("restart") }),
    fc.record({ kind: fc.constant("set-clock"), hours: fc.integer({ min: -1_000, max: 10 }) }),
  );
  const answer = fc.constantFrom("sent", "later", "never", "a later", "a never");
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { maxLength: 12 }),
      fc.array(answer, { minLength: 1, maxLength: 20 }),
      fc.double({ min: 0, max: 0.999, noNaN: true }),
      async (steps, answers, random) => {
        const bench = new Bench(mailSettings({ to: ["a@x", "b@x"] }));
        const taken: string[] = [];
        const startedAtMs: number[] = [];
        let tryCount = 0;
        bench.random = random;
        bench.mailer.answer = ({ mail }) => {
          const only = mail.only ?? [];
          const what = answers[tryCount % answers.length] ?? "sent";
          tryCount += 1;
          if (what === "later") return LATER;
          if (what === "never") return NEVER;
          const isHeldBack = what.startsWith("a ") && only.length > 1;
          const kind = what === "a later" ? "transient" : "permanent";
          const refused = isHeldBack ? [{ address: "a@x", kind, reason: said("no") } as const] : [];
          taken.push(...only.filter((address) => !isHeldBack || address !== "a@x"));
          return { kind: "sent", refused };
        };
        bench.sender.start();
        bench.enqueue();
        for (const one of steps) {
          if (one.kind === "wait") await bench.clock.advance(one.minutes * MINUTE_MS);
          else if (one.kind === "restart") {
            startedAtMs.push(bench.clock.elapsedMs());
            bench.restart();
          } else bench.clock.setWallClock(bench.clock.nowMs() + one.hours * HOUR_MS);
        }
        // Each restart after the clock was set back may begin the mail's day anew.
        await bench.clock.advance(25 * HOUR_MS);

        expect(bench.outbox.list()).toEqual([]);
        expect(new Set(taken).size).toBe(taken.length);
        // A new process counts its waits from its own beginning.
        const moments = [...bench.triedAtMs, ...startedAtMs].toSorted((one, two) => one - two);
        const lastTryAtMs = Math.max(...bench.triedAtMs);
        const waits = moments
          .filter((atMs) => atMs <= lastTryAtMs)
          .map((atMs, index) => atMs - (moments[index - 1] ?? atMs));
        expect(Math.max(0, ...waits)).toBeLessThanOrEqual(HOUR_MS);
      },
    ),
    { numRuns: 40 },
  );
});
