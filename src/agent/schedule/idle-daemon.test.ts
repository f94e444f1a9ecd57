import { mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { beforeEach, describe, expect, onTestFinished, test } from "vitest";

import { openNodeDatabase } from "../adapters/node-database.ts";
import { NodeDialer } from "../adapters/node-dialer.ts";
import { Agent } from "../agent.ts";
import type { SqlDatabase } from "../ports/database.ts";
import { AMPLE_MEMORY } from "../testing/ample-memory.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { FakeHost } from "../testing/fake-host.ts";
import { FakeMailer } from "../testing/fake-mailer.ts";
import { TestDisk } from "../testing/test-disk.ts";
import { SlotStore } from "./slot-store.ts";
import { StateDatabase } from "../state/state-database.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
/** In Tokyo, where the fake clock starts at noon: fifteen hours later. */
const AT_3 = { weekdays: EVERY_DAY, minuteOfDay: 180 };

let folder: string;
let clock: FakeClock;
let host: FakeHost;
let agent: Agent;
/** Statements that were carried out since somebody looked. */
let statementCount = 0;
let looks: (number | null)[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "idle-"));
  clock = new FakeClock();
  host = new FakeHost();
  host.events = [{ atMs: 0, kind: "boot" }];
  looks = [];
  const file = openNodeDatabase(join(folder, "state.db"));
  agent = Agent.open(
    {
      clock,
      host,
      mailer: new FakeMailer(),
      entropy: { random: () => 0.5 },
      disk: new TestDisk().source,
      targetDisk: new TestDisk().target,
      memory: AMPLE_MEMORY,
      dialer: new NodeDialer(),
      database: counted(file),
      log: { write: () => undefined },
    },
    { homePath: folder, defaultDeviceName: "pc" },
  );
  onTestFinished(async () => {
    await agent.close();
    file.close();
    rmSync(folder, { recursive: true });
  });
  agent.schedule.set(AT_3);
  await agent.schedule.start({ onLook: (nextAtMs) => looks.push(nextAtMs) });
  statementCount = 0;
  looks = [];
});

/** A database of which each statement and each command is counted. */
function counted(database: SqlDatabase): SqlDatabase {
  return {
    ...database,
    exec(sql) {
      statementCount += 1;
      database.exec(sql);
    },
    prepare(sql) {
      statementCount += 1;
      const statement = database.prepare(sql);
      const count = (): void => void (statementCount += 1);
      return {
        run: (...values) => (count(), statement.run(...values)),
        get: (...values) => (count(), statement.get(...values)),
        all: (...values) => (count(), statement.all(...values)),
        iterate: (...values) => (count(), statement.iterate(...values)),
      };
    },
  };
}

/** Every file of the state by its size and the moment it was last written. */
function onDisk(): readonly (readonly [string, bigint, bigint])[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => {
      const { size, mtimeNs } = statSync(join(folder, name), { bigint: true });
      return [name, size, mtimeNs];
    });
}

describe("a daemon that has nothing to do", () => {
  test("looks at the clock all day, and neither reads its state nor writes to it", async () => {
    const before = onDisk();

    await clock.advance(14 * HOUR_MS);

    expect(looks.length).toBeGreaterThanOrEqual(14 * 6);
    expect(statementCount).toBe(0);
    expect(onDisk()).toEqual(before);
  });

  test("for weeks, where the schedule is switched off", async () => {
    agent.schedule.setOn(false);
    await clock.advance(HOUR_MS);
    const before = onDisk();
    statementCount = 0;

    await clock.advance(20 * DAY_MS);

    expect(statementCount).toBe(0);
    expect(onDisk()).toEqual(before);
  });

  test("notices a clock that was set forward, and the slots that it went over", async () => {
    clock.setWallClock(clock.nowMs() + 3 * DAY_MS);

    await clock.advance(10 * 60_000);

    expect(agent.schedule.status().nextAtMs).toBe(looks.at(-1));
    expect(new SlotStore(new StateDatabase(openedAgain())).handledDay()).toBe(dayNow());
  });

  test("notices a clock that was set back by days: its days come again", async () => {
    clock.setWallClock(clock.nowMs() + 30 * DAY_MS);
    await clock.advance(HOUR_MS);
    clock.setWallClock(clock.nowMs() - 30 * DAY_MS);

    await clock.advance(10 * 60_000);

    expect(looks.at(-1)).toBe(Date.UTC(2026, 10, 21, 18));
  });

  test("notices another zone", async () => {
    host.zoneName = "Europe/London";

    await clock.advance(10 * 60_000);

    expect(looks.at(-1)).toBe(Date.UTC(2026, 10, 22, 3));
  });

  test("notices what another process changed, once it is told", async () => {
    new SlotStore(new StateDatabase(openedAgain())).change(
      { schedule: { weekdays: EVERY_DAY, minuteOfDay: 240 }, isOn: true },
      dayNow(),
    );
    agent.refresh();
    await clock.advance(0);

    expect(looks.at(-1)).toBe(Date.UTC(2026, 10, 21, 19));
  });
});

/** The state as another process has it. */
function openedAgain(): SqlDatabase {
  const database = openNodeDatabase(join(folder, "state.db"));
  onTestFinished(() => database.close());
  return database;
}

/** The number of today in Tokyo. */
function dayNow(): number {
  return Math.floor((clock.nowMs() + 9 * HOUR_MS) / DAY_MS);
}
