import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { ProcessGoneError } from "../simulation/process/process-boundary.ts";
import { IO_KINDS } from "./io-points.ts";
import { judgeDay } from "./judge-day.ts";
import { countPoints, crashAt, runSweep, SweepError } from "./run-sweep.ts";
import { DAY_NAMES, liveDay, type DayRecord } from "./sweep-day.ts";

/** Fewer points than so many would mean that something is not counted any more. */
const POINT_COUNT_MIN = { backup: 200, "restore-and-delete": 330 };

/** `make sweep` takes every point; here there is time for every so manieth. */
const EVERY = { backup: 16, "restore-and-delete": 26 };
const FIRST = 7;

/** What a killed process of the agent still throws into the void is nobody's concern. */
function ignoreTheDead(error: unknown): void {
  if (!(error instanceof ProcessGoneError)) throw error;
}

beforeAll(() => void process.on("unhandledRejection", ignoreTheDead));
afterAll(() => void process.off("unhandledRejection", ignoreTheDead));

describe.each(DAY_NAMES)("the day of %s", (day) => {
  test("holds at sampled points, each with a kill and with a power loss", async () => {
    const { points, crashes } = await runSweep({ day, every: EVERY[day], first: FIRST });

    expect(crashes.filter(({ breaches }) => breaches.length > 0)).toEqual([]);
    expect(points.length).toBeGreaterThan(POINT_COUNT_MIN[day]);
    expect(new Set(points.map(({ kind }) => kind))).toEqual(new Set(IO_KINDS));
    const sampleCount = Math.ceil((points.length - FIRST + 1) / EVERY[day]);
    expect(crashes).toHaveLength(sampleCount * 2);
  }, 120_000);

  test("has the same points each time", async () => {
    expect(await countPoints(day)).toEqual(await countPoints(day));
  }, 60_000);
});

test("a point that is never reached is an error", async () => {
  const beyond = { number: 1_000_000, kind: "disk", detail: "nowhere" } as const;

  await expect(crashAt("backup", beyond, "kill")).rejects.toThrow(SweepError);
});

test("a point that is another one the second time is an error", async () => {
  const [first] = await countPoints("backup");
  const other = { number: first?.number ?? 0, kind: "disk", detail: "another call" } as const;

  await expect(crashAt("backup", other, "power")).rejects.toThrow(SweepError);
});

describe("the judge", () => {
  let record: DayRecord;
  beforeAll(async () => {
    record = await liveDay({ day: "restore-and-delete", crash: { point: 60, kind: "power" } });
  });

  /** The laws that are broken once the record lies. */
  function lawsBrokenBy(lie: Partial<DayRecord>): readonly string[] {
    return judgeDay({ ...record, ...lie }).map(({ law }) => law);
  }

  test("has nothing to say of the truth", () => {
    expect(judgeDay(record)).toEqual([]);
    expect(record.crash?.openJobs).not.toEqual([]);
  });

  test.each([
    ["I8", () => ({ mails: [] })],
    ["I8", ({ mails }: DayRecord) => ({ mails: [...mails, ...mails, ...mails] })],
    ["I8", () => ({ waitingMailCount: 1 })],
    ["I9", () => ({ openSlotCount: 1 })],
    ["I9", ({ jobs }: DayRecord) => ({ jobs: [...jobs, ...jobs] })],
    ["I9", ({ jobs }: DayRecord) => ({ jobs: jobs.filter(({ slotDay }) => slotDay === null) })],
    ["I14", () => ({ deviceName: "PC-1" })],
    ["I14", ({ jobs }: DayRecord) => ({ jobs: jobs.filter((job) => job.status !== "unexpected") })],
    ["I14", ({ jobs }: DayRecord) => ({ jobs: jobs.map((job) => ({ ...job, endedAtMs: 1 })) })],
    ["I4", () => ({ stored: new Map<string, string>() })],
    ["I4", () => ({ noteCount: 1 })],
    ["I7", () => ({ onDisk: new Map<string, string>() })],
    ["I11", ({ target }: DayRecord) => ({ target: new Map([...target, ["/old-1.txt", "half"]]) })],
    ["I11", ({ target }: DayRecord) => ({ target: new Map([...target, ["/x.tmp", ""]]) })],
    ["I11", () => ({ targetAtCrash: new Map<string, string>() })],
    ["I13", () => ({ trouble: "deadlock" })],
  ])("hears %s broken by a lie", (law, lie) => {
    expect(lawsBrokenBy(lie(record))).toContain(law);
  });
});
