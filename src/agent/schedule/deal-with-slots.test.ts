import { beforeEach, describe, expect, test, vi } from "vitest";

import { message } from "../../messages/message.ts";
import { AgentError } from "../agent-error.ts";
import type { RunStopKind } from "../jobs/job-stop.ts";
import { Diary, type DiaryEvent } from "./diary.ts";
import { JobHistory } from "../state/job-history.ts";
import { SlotStore } from "./slot-store.ts";
import { SourceStore } from "../state/source-store.ts";
import type { StateDatabase } from "../state/state-database.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { FakeHost } from "../testing/fake-host.ts";
import { aSource, memoryDatabase } from "../testing/fixtures.ts";
import { dealWithSlots, endCutSlots, type SlotWork } from "./deal-with-slots.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** 12:00 in Tokyo, where the fake clock starts. */
const NOON = Date.UTC(2026, 10, 21, 3);
const AT_3 = { weekdays: [0, 1, 2, 3, 4, 5, 6], minuteOfDay: 180 };
/** 03:00 of the next day in Tokyo. */
const FIRST_SLOT = NOON + 15 * HOUR_MS;

let clock: FakeClock;
let host: FakeHost;
let database: StateDatabase;
let diary: Diary;
let slots: SlotStore;
let reports: string[];
let runs: string[];
/** What stops the run after the first of its sources. */
let stop: RunStopKind | undefined;
let work: SlotWork;

beforeEach(() => {
  clock = new FakeClock();
  host = new FakeHost();
  host.events = [{ atMs: 0, kind: "boot" }];
  database = memoryDatabase();
  diary = new Diary(database);
  slots = new SlotStore(database);
  aSource(database);
  aSource(database, { path: "/two", name: "two" });
  reports = [];
  runs = [];
  stop = undefined;
  const history = new JobHistory(database);
  work = {
    clock,
    log: { write: () => undefined },
    host,
    database,
    slots,
    history,
    diary,
    startedAtMs: clock.nowMs(),
    busyUntilMs: () => 0,
    sources: () => new SourceStore(database).list(),
    isLoginLost: () => false,
    isLoggedIn: () => true,
    exclusively: (task) => task(),
    closeOrphans: () => undefined,
    run: async (chosen, day) => {
      for (const source of chosen) {
        runs.push(source.path);
        const { id } = history.start(
          {
            kind: "backup",
            trigger: "schedule",
            sourceId: source.id,
            sourcePath: source.path,
            destination: source.destination,
            startedAtMs: clock.nowMs(),
            settings: null,
            slotDay: day,
          },
          "B-RUN-1",
        );
        database.transaction("acknowledged", () =>
          history.end(id, {
            status: "completed",
            causes: ["B-OK-2"],
            endedAtMs: clock.nowMs(),
            detail: null,
          }),
        );
        if (stop !== undefined) return stop;
      }
      return undefined;
    },
    report: ({ atMs }) => void reports.push(new Date(atMs).toISOString()),
  };
  note("tool-started");
  note("logged-in");
  database.transaction("acknowledged", () => {
    slots.change({ schedule: AT_3, isOn: true }, dayOf(NOON));
  });
});

function note(event: DiaryEvent): void {
  diary.note(event, clock.nowMs());
}

/** The day number in Tokyo. */
function dayOf(atMs: number): number {
  return Math.floor((atMs + 9 * HOUR_MS) / DAY_MS);
}

function rows(): readonly string[] {
  return new JobHistory(database)
    .list("backup", 1)
    .rows.map(
      ({ startedAtMs, sourcePath, status, causes }) =>
        `${new Date(startedAtMs).toISOString().slice(5, 16)} ${sourcePath} ${status} ${causes.join(",")}`,
    )
    .toSorted();
}

/** The process is gone and another one holds the schedule. */
function restarted(): SlotWork {
  return { ...work, startedAtMs: clock.nowMs() };
}

describe("a slot", () => {
  test("runs every source once when it comes, and says when the next one is", async () => {
    clock.setWallClock(FIRST_SLOT);

    const { nextAtMs } = await dealWithSlots(work);
    await dealWithSlots(work);

    expect(runs).toEqual(["/source", "/two"]);
    expect(reports).toEqual(["2026-11-21T18:00:00.000Z"]);
    expect(nextAtMs).toBe(FIRST_SLOT + DAY_MS);
  });

  test("is not run before its time", async () => {
    clock.setWallClock(FIRST_SLOT - 1);

    expect(await dealWithSlots(work)).toEqual({ nextAtMs: FIRST_SLOT });
    expect(runs).toEqual([]);
  });

  test("is none for a source that was added after it", async () => {
    aSource(database, { path: "/late", name: "late", addedAtMs: FIRST_SLOT + 1 });
    clock.setWallClock(FIRST_SLOT + 2);

    await dealWithSlots(work);

    expect(runs).toEqual(["/source", "/two"]);
  });

  test("runs a source that was added while the clock was ahead", async () => {
    aSource(database, { path: "/ahead", name: "ahead", addedAtMs: FIRST_SLOT + 3 * DAY_MS });
    clock.setWallClock(FIRST_SLOT);

    await dealWithSlots(work);

    expect(runs).toEqual(["/source", "/two", "/ahead"]);
  });

  test("that passed while the tool was closed is recorded once per source, and not caught up", async () => {
    note("tool-closed");
    clock.setWallClock(FIRST_SLOT + DAY_MS + HOUR_MS);

    await dealWithSlots(restarted());

    expect(runs).toEqual([]);
    expect(rows()).toEqual([
      "11-21T18:00 /source not-run B-NR-1",
      "11-21T18:00 /two not-run B-NR-1",
      "11-22T18:00 /source not-run B-NR-1",
      "11-22T18:00 /two not-run B-NR-1",
    ]);
    expect(reports).toHaveLength(2);
  });

  test("that a PC slept through is recorded with that cause", async () => {
    host.events = [
      { atMs: 0, kind: "boot" },
      { atMs: FIRST_SLOT - HOUR_MS, kind: "sleep" },
      { atMs: FIRST_SLOT + HOUR_MS, kind: "wake" },
    ];
    clock.setWallClock(FIRST_SLOT + HOUR_MS);

    await dealWithSlots(work);

    expect(rows()).toEqual([
      "11-21T18:00 /source not-run B-NR-3",
      "11-21T18:00 /two not-run B-NR-3",
    ]);
  });

  test("that came while nobody was logged in is recorded with that cause", async () => {
    note("logged-out");
    clock.setWallClock(FIRST_SLOT);

    await dealWithSlots({ ...work, isLoggedIn: () => false });

    expect(rows()[0]).toBe("11-21T18:00 /source not-run B-NR-2");
  });

  test("on a PC without a log counts as slept through when it is noticed late", async () => {
    host.events = [];
    clock.setWallClock(FIRST_SLOT + 16 * 60_000);

    await dealWithSlots(work);

    expect(runs).toEqual([]);
    expect(rows()).toHaveLength(2);
  });

  test("that came during a long run is run after it", async () => {
    host.events = [];
    clock.setWallClock(FIRST_SLOT + 2 * HOUR_MS);

    await dealWithSlots({ ...work, busyUntilMs: () => clock.nowMs() });

    expect(runs).toEqual(["/source", "/two"]);
  });

  test("is run alone for all that a clock set forward has passed; the older ones are recorded", async () => {
    clock.setWallClock(FIRST_SLOT + DAY_MS + HOUR_MS);

    await dealWithSlots(work);

    expect(runs).toEqual(["/source", "/two"]);
    expect(rows()).toEqual([
      "11-21T18:00 /source not-run B-NR-1",
      "11-21T18:00 /two not-run B-NR-1",
      "11-22T19:00 /source completed B-OK-2",
      "11-22T19:00 /two completed B-OK-2",
    ]);
  });

  test("leaves a source on a network drive out when nobody's session is there", async () => {
    host.interactive = false;
    host.networkPaths = ["/two"];
    clock.setWallClock(FIRST_SLOT);

    await dealWithSlots(work);

    expect(runs).toEqual(["/source"]);
    expect(rows()[1]).toBe("11-21T18:00 /two not-run B-NR-7");
  });
});

describe("a clock that is set back", () => {
  test("gives what does not begin on a full disk its row and its mail at once", async () => {
    clock.setWallClock(FIRST_SLOT);
    const run = async (): Promise<never> => {
      throw new AgentError("state-full", message("state.full"));
    };

    const { nextAtMs } = await dealWithSlots({ ...work, run });

    expect(nextAtMs).toBe(FIRST_SLOT + DAY_MS);
    expect(rows()).toEqual([
      "11-21T18:00 /source not-run B-NR-1",
      "11-21T18:00 /two not-run B-NR-1",
    ]);
    expect(reports).toEqual(["2026-11-21T18:00:00.000Z"]);
    expect(slots.open()).toEqual([]);
  });

  test("that comes on a full disk is recorded in the room that is kept, and not run", async () => {
    clock.setWallClock(FIRST_SLOT);
    const transaction: typeof database.transaction = () => {
      throw new AgentError("state-full", message("state.full"));
    };
    vi.spyOn(database, "transaction").mockImplementation(transaction);

    const { nextAtMs } = await dealWithSlots(work);

    expect(nextAtMs).toBe(FIRST_SLOT + DAY_MS);
    expect(runs).toEqual([]);
    expect(rows()).toEqual([
      "11-21T18:00 /source not-run B-NR-1",
      "11-21T18:00 /two not-run B-NR-1",
    ]);
    expect(reports).toHaveLength(1);
  });

  test("runs no slot twice", async () => {
    clock.setWallClock(FIRST_SLOT);
    await dealWithSlots(work);
    clock.setWallClock(FIRST_SLOT - HOUR_MS);
    await dealWithSlots(work);
    clock.setWallClock(FIRST_SLOT);
    await dealWithSlots(work);

    expect(runs).toHaveLength(2);
  });

  test("by more than a day begins anew from its present", async () => {
    clock.setWallClock(FIRST_SLOT + 400 * DAY_MS);
    await dealWithSlots(work);
    runs = [];
    clock.setWallClock(FIRST_SLOT - HOUR_MS);
    await dealWithSlots(work);
    clock.setWallClock(FIRST_SLOT);
    await dealWithSlots(work);

    expect(runs).toEqual(["/source", "/two"]);
  });
});

test("with automatic backup OFF slots pass without a trace, and no day counts as dealt with", async () => {
  const setting = { schedule: AT_3, isOn: false };
  database.transaction("acknowledged", () => slots.change(setting, dayOf(NOON)));
  clock.setWallClock(FIRST_SLOT);

  expect(await dealWithSlots(work)).toEqual({ nextAtMs: null });

  expect(rows()).toEqual([]);
  expect(slots.handledDay()).toBe(dayOf(NOON));
});

describe("a slot whose run was stopped gives what was left", () => {
  test.each([
    ["logout", "11-21T18:00 /two not-run B-NR-2"],
    ["close", "11-21T18:00 /two not-run B-NR-1"],
    ["interrupt", "11-21T18:00 /two interrupted B-INT-1"],
  ] as const)("by %s its row", async (kind, expected) => {
    stop = kind;
    clock.setWallClock(FIRST_SLOT);

    await dealWithSlots(work);

    expect(rows()).toEqual(["11-21T18:00 /source completed B-OK-2", expected]);
    expect(reports).toHaveLength(1);
    expect(slots.open()).toEqual([]);
  });
});

test("a slot that was cut off gives the rest its rows and its mail at the next start, once", async () => {
  clock.setWallClock(FIRST_SLOT);
  const killed = { ...work, run: () => Promise.reject(new Error("killed")) };
  await expect(dealWithSlots(killed)).rejects.toThrow("killed");
  expect(reports).toEqual([]);

  endCutSlots(restarted());
  await dealWithSlots(restarted());

  expect(rows()).toEqual(["11-21T18:00 /source not-run B-NR-1", "11-21T18:00 /two not-run B-NR-1"]);
  expect(reports).toHaveLength(1);
});
