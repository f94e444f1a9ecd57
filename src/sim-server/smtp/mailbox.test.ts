import * as fc from "fast-check";
import { afterEach, expect, test } from "vitest";

import { Activity } from "../kernel/activity.ts";
import { Driver } from "../kernel/driver.ts";
import { globalTimers } from "../kernel/timers.ts";
import { assertDone } from "../kernel/verdict.ts";
import { VirtualClock } from "../kernel/virtual-clock.ts";
import { keptBytes } from "../copies/testing/kept-bytes.ts";
import { formatMailLines, formatMailSnapshot, parseMailLines } from "./mail-snapshot.ts";
import { Mailbox, MailboxFullError } from "./mailbox.ts";
import type { Delivery } from "./stored-mail.ts";

let clock: VirtualClock | undefined;
afterEach(() => clock?.uninstall());

function delivery(subject: string, ...recipients: string[]): Delivery {
  return {
    receivedAtMs: 1,
    from: "agent@example.com",
    recipients,
    clientName: "pc",
    tls: false,
    user: null,
    raw: Buffer.from(`Subject: ${subject}\r\n\r\nhello\r\n`),
  };
}

function filled(): Mailbox {
  const mailbox = new Mailbox(globalTimers);
  mailbox.add(delivery("one", "A@example.com", "b@example.net"));
  mailbox.add(delivery("two", "b@example.net"));
  return mailbox;
}

test("finds mails by envelope and subject", () => {
  const mailbox = filled();
  const found = (filter: object): string[] => mailbox.list(filter).map(({ id }) => id);
  expect(found({})).toEqual(["mail-1", "mail-2"]);
  expect(found({ to: "a@EXAMPLE.com" })).toEqual(["mail-1"]);
  expect(found({ to: "*@example.net", subject: "tw" })).toEqual(["mail-2"]);
  expect(found({ from: "nobody@example.com" })).toEqual([]);
  expect(mailbox.get("mail-2")).toMatchObject({ subject: "two", text: "hello\n" });
});

test("gives no number twice until it is reset", () => {
  const mailbox = filled();
  expect([mailbox.remove("mail-1"), mailbox.remove("mail-1")]).toEqual([true, false]);
  mailbox.clear();
  expect(mailbox.count()).toBe(0);
  expect(mailbox.add(delivery("three"))?.id).toBe("mail-3");
  mailbox.reset();
  expect(mailbox.add(delivery("one"))?.id).toBe("mail-1");
});

test("waits until enough mails fit, and not beyond its limit", async () => {
  const installed = VirtualClock.install(0);
  clock = installed;
  const mailbox = new Mailbox(installed);
  const driver = new Driver(installed, new Activity());
  const verdict = await driver.run(
    async () => {
      installed.setTimer(1000, () => mailbox.add(delivery("one", "a@example.com")));
      installed.setTimer(2000, () => mailbox.add(delivery("two", "b@example.com")));
      installed.setTimer(3000, () => mailbox.add(delivery("three", "a@example.com")));
      const filter = { to: "a@example.com" };
      const both = await mailbox.waitFor({ filter, count: 2, timeLimitMs: 9000 });
      const atMs = installed.elapsedMs();
      const late = await mailbox.waitFor({ filter, count: 3, timeLimitMs: 5000 });
      const already = await mailbox.waitFor({ timeLimitMs: 5000 });
      return [both.length, atMs, late.length, installed.elapsedMs(), already.length];
    },
    { virtualLimitMs: 60_000 },
  );
  expect(assertDone(verdict)).toEqual([2, 3000, 2, 8000, 3]);
  expect(installed.timerCount).toBe(0);
});

test("stops waiting when its signal aborts", async () => {
  const abort = new AbortController();
  const waiting = filled().waitFor({ count: 3, timeLimitMs: 60_000, signal: abort.signal });
  abort.abort();
  expect((await waiting).length).toBe(2);
  const late = await filled().waitFor({ count: 3, timeLimitMs: 60_000, signal: abort.signal });
  expect(late.length).toBe(2);
});

test("comes back from a snapshot byte for byte", () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }), (contents) => {
      const mailbox = new Mailbox(globalTimers);
      for (const raw of contents) mailbox.add({ ...delivery("x", "a@b"), raw: Buffer.from(raw) });
      const snapshot: unknown = JSON.parse(JSON.stringify(mailbox.snapshot()));
      const other = filled();
      other.restore(snapshot);
      expect(other.snapshot()).toEqual(snapshot);
      expect(other.list()).toEqual(mailbox.list());
      expect(() => other.restore({ kind: "nothing" })).toThrow("azukeru-mail-snapshot");
      expect(other.snapshot()).toEqual(snapshot);
    }),
  );
});

async function* each<Value>(values: Iterable<Value>): AsyncGenerator<Value> {
  yield* values;
}

test("is the same in every form of a snapshot", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.uint8Array({ maxLength: 60 }), { maxLength: 5 }),
      fc.integer({ min: 0, max: 100_000 }),
      async (contents, largeBytes) => {
        const mailbox = new Mailbox(globalTimers);
        for (const raw of [...contents, Buffer.alloc(largeBytes, "large")]) {
          mailbox.add({ ...delivery("x", "a@b"), raw: Buffer.from(raw) });
        }
        const text = [...formatMailSnapshot(mailbox.content())].join("");
        expect(JSON.parse(text)).toEqual(mailbox.snapshot());
        const other = filled();
        await other.restoreMails(parseMailLines(each(formatMailLines(mailbox.content()))));
        expect(other.snapshot()).toEqual(mailbox.snapshot());
      },
    ),
    { numRuns: 30 },
  );
});

test("takes no lines that are cut, none or in another order, and changes nothing", async () => {
  const mailbox = filled();
  const before = mailbox.snapshot();
  const lines = [...formatMailLines(mailbox.content())];
  const [head = "", , content = ""] = lines;
  const broken = [
    [],
    ["{"],
    lines.slice(0, -1),
    lines.slice(1),
    [head, content, ...lines.slice(1)],
    [...lines, ...lines],
    [...lines, content],
  ];
  for (const given of broken) {
    await expect(mailbox.restoreMails(parseMailLines(each(given)))).rejects.toThrow(Error);
    expect(mailbox.snapshot()).toEqual(before);
  }
});

test.each([
  ["empty", "\r\n"],
  ["of headers alone", `${"a:\r\n".repeat(2_000)}\r\n`],
  ["of text", `\r\n${"x".repeat(30_000)}`],
  ["of characters beyond Latin", `Subject: a\r\n\r\n${"あ".repeat(5_000)}`],
  ["large", `Subject: a\r\n\r\n${"x".repeat(3_000_000)}`],
])("mails that are %s take no more than they are said to, and end at the limit", (_what, text) => {
  const bytesMax = 8 * 2 ** 20;
  const raw = Buffer.from(text);
  const before = keptBytes();
  const mailbox = new Mailbox(globalTimers, bytesMax);
  let count = 0;
  while (mailbox.add({ ...delivery("x", "a@example.com"), raw }) !== undefined) count += 1;
  expect(count).toBeGreaterThan(0);
  expect(keptBytes() - before).toBeLessThan(bytesMax + 2 ** 20);
  const { sizeBytes } = mailbox;
  expect(sizeBytes).toBeLessThanOrEqual(bytesMax);
  const snapshot = mailbox.snapshot();
  const smaller = new Mailbox(globalTimers, sizeBytes - 1);
  expect(() => smaller.restore(snapshot)).toThrow(MailboxFullError);
  expect(smaller.count()).toBe(0);
  expect(mailbox.remove("mail-1")).toBe(true);
  expect(mailbox.sizeBytes).toBeCloseTo(sizeBytes - sizeBytes / count);
  mailbox.clear();
  expect(mailbox.sizeBytes).toBe(0);
});

test("has room for what is coming in as long as it lasts", () => {
  const mailbox = new Mailbox(globalTimers, 10_000);
  expect([mailbox.reserve(9_000), mailbox.reserve(1_001)]).toEqual([true, false]);
  mailbox.release(9_000);
  expect(mailbox.reserve(10_000)).toBe(true);
});
