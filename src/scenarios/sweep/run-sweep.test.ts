import { readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { afterAll, beforeAll, describe, expect, test } from "vitest";

import type { JobRecord } from "../../protocol/job-record.ts";
import { IO_KINDS } from "../observation/io-point.ts";
import type { PcRecord } from "../observation/pc-record.ts";
import type { RunRecord } from "../observation/run-record.ts";
import { readScenario } from "../runs/read-scenario.ts";
import { ignoreGoneProcesses } from "../simulation/process/ignore-gone-processes.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import { checkSweptRun } from "./check-swept-run.ts";
import { DAY_NAMES, readNight } from "../cli/night.ts";
import { countPoints, crashAt, runSweep, SweepError, type CountedScenario } from "./run-sweep.ts";
import { disturbedAt } from "./sweepable.ts";

/** Fewer points than so many would mean that something is not counted any more. */
const POINT_COUNT_MIN = { backup: 200, "restore-and-delete": 330 };

/** `make sweep` takes every point; here there is time for every so manieth. */
const EVERY = { backup: 16, "restore-and-delete": 26 };
const FIRST = 7;

let ignored: Disposable;
beforeAll(() => void (ignored = ignoreGoneProcesses()));
afterAll(() => ignored[Symbol.dispose]());

describe.each(DAY_NAMES)("the night of %s", (name) => {
  test("holds at sampled points, each with a kill and with a power loss", async () => {
    const counted = await countPoints(readNight(name));
    const crashes = await runSweep(counted, { every: EVERY[name], first: FIRST });

    const { points } = counted;
    expect(crashes.filter(({ violations }) => violations.length > 0)).toEqual([]);
    expect(points.length).toBeGreaterThan(POINT_COUNT_MIN[name]);
    expect(new Set(points.map(({ kind }) => kind))).toEqual(new Set(IO_KINDS));
    const sampleCount = Math.ceil((points.length - FIRST + 1) / EVERY[name]);
    expect(crashes).toHaveLength(sampleCount * 2);
  });

  test("has the same points each time", async () => {
    const [one, other] = [await countPoints(readNight(name)), await countPoints(readNight(name))];
    expect(one.points).toEqual(other.points);
  });
});

test("a scenario that says nothing of disturbances is swept in every step that can have them", async () => {
  const file = new URL(
    "../../../fixtures/scenarios/everything-back-after-a-lost-disk.yaml",
    import.meta.url,
  );
  const scenario = readScenario(fileURLToPath(file));
  const counted = await countPoints(scenario);
  const crashes = await runSweep(counted, { every: 40, first: 5 });

  const swept = new Set(counted.points.map(({ step }) => scenario.timeline[step]?.do));
  expect(swept).toEqual(new Set(["backup", "restore"]));
  expect(crashes.filter(({ violations }) => violations.length > 0)).toEqual([]);
});

describe("every fixture", () => {
  /** Of files with more points than so many, some points are taken, spread over all of them. */
  const COMPLETE_COUNT = 45;
  const SAMPLE_COUNT = 8;
  /** How often the others are struck, in which no job or hardly one runs of itself. */
  const FEWER_CRASHES = new Map([
    ["a-log-that-a-clock-put-out-of-order.yaml", 0],
    ["slept-behind-a-clock-that-was-set-back.yaml", 4],
    ["wrong-passwords-elsewhere-and-the-session-over.yaml", 0],
  ]);

  const fixtures = ["scenarios", "regressions"].flatMap((folder) => {
    const path = fileURLToPath(new URL(`../../../fixtures/${folder}/`, import.meta.url));
    return readdirSync(path).map((name) => ({ name, file: join(path, name) }));
  });

  test.each(fixtures)(
    "holds when it is struck: $name",
    async ({ name, file }) => {
      const counted = await countPoints(readScenario(file));
      const pointCount = counted.points.length;
      const every = pointCount <= COMPLETE_COUNT ? 1 : Math.ceil(pointCount / SAMPLE_COUNT);
      const crashes = await runSweep(counted, { every, first: Math.ceil(every / 2) });

      expect(crashes.filter(({ violations }) => violations.length > 0)).toEqual([]);
      expect(crashes.length).toBeGreaterThanOrEqual(FEWER_CRASHES.get(name) ?? SAMPLE_COUNT);
    },
    120_000,
  );
});

test("a point that is never reached is an error", async () => {
  const counted = await countPoints(readNight("backup"));
  const [first] = counted.points;
  if (first === undefined) throw new Error("the night has no points");
  const beyond = { ...first, nth: 1_000_000, detail: "nowhere" };

  await expect(crashAt(counted, beyond, "kill")).rejects.toThrow(SweepError);
});

test("a point that is another one the second time is an error", async () => {
  const counted = await countPoints(readNight("backup"));
  const [first] = counted.points;
  if (first === undefined) throw new Error("the night has no points");
  const other = { ...first, kind: "disk", detail: "another call" } as const;

  await expect(crashAt(counted, other, "power")).rejects.toThrow(SweepError);
});

describe("the checkers of a run that was struck", () => {
  let counted: CountedScenario;
  let record: RunRecord;
  let step: number;

  beforeAll(async () => {
    counted = await countPoints(readNight("restore-and-delete"));
    // Two thirds of the way: in the middle of the restore.
    const point = counted.points.findLast(({ detail }) => detail.startsWith("put-in-place"));
    if (point === undefined) throw new Error("the night restores nothing");
    const what = { do: "power-loss" } as const;
    const when = { at: "io", nth: point.nth } as const;
    step = point.step;
    record = await runScenario(disturbedAt(counted.scenario, step, { when, what }));
  });

  /** The invariants that are violated once the record lies. */
  function violatedBy(lie: Partial<RunRecord>): readonly string[] {
    const { calm } = counted;
    const told = { ...record, ...lie };
    const [crash] = told.crashes;
    if (crash === undefined) throw new Error("nothing was struck");
    return checkSweptRun({ calm, record: told, step, crash }).map(({ invariant }) => invariant);
  }

  function withPc(change: (pc: PcRecord) => Partial<PcRecord>): Partial<RunRecord> {
    return record.pc === undefined ? {} : { pc: { ...record.pc, ...change(record.pc) } };
  }

  function withHistory(change: (job: JobRecord) => JobRecord | undefined): Partial<RunRecord> {
    return { history: record.history.flatMap((job) => change(job) ?? []) };
  }

  function withCrash(change: Partial<RunRecord["crashes"][number]>): Partial<RunRecord> {
    return { crashes: record.crashes.map((crash) => ({ ...crash, ...change })) };
  }

  function unfinished(change: Partial<RunRecord["unfinished"]>): Partial<RunRecord> {
    return { unfinished: { ...record.unfinished, ...change } };
  }

  /** What stood at the crash where the restore went, changed. */
  function withTarget(change: (files: Map<string, unknown>) => void): Partial<RunRecord> {
    const targets = record.crashes.flatMap((crash) => [...crash.targets]);
    const changed = targets.map(([to, standing]) => {
      const files = new Map(standing);
      change(files);
      return [to, files] as const;
    });
    return withCrash({ targets: new Map(changed) });
  }

  test("have nothing to say of the truth", () => {
    expect(violatedBy({})).toEqual([]);
    expect(record.crashes[0]?.openJobs).not.toEqual([]);
    expect(record.crashes[0]?.targets.size).toBe(1);
  });

  test.each<[string, () => Partial<RunRecord>]>([
    ["I8", () => withPc(() => ({ mails: [] }))],
    ["I8", () => withPc(({ mails }) => ({ mails: [...mails, ...mails, ...mails] }))],
    ["I8", () => unfinished({ mails: 1 })],
    ["I9", () => unfinished({ slots: 1 })],
    ["I9", () => withPc(({ backups }) => ({ backups: [...backups, ...backups] }))],
    ["I9", () => withPc(({ deletions }) => ({ deletions: [...deletions, ...deletions] }))],
    ["I9", () => withPc(({ backups }) => ({ backups: backups.slice(0, -3) }))],
    ["I14", () => ({ lostSettings: ["deviceName"] })],
    ["I14", () => withCrash({ losses: ["setting"] })],
    ["I14", () => withHistory((job) => (job.status === "unexpected" ? undefined : job))],
    ["I14", () => withHistory((job) => ({ ...job, endedAtMs: 1 }))],
    ["I4", () => unfinished({ leftovers: 1 })],
    ["I4", () => unfinished({ uploads: 1 })],
    [
      "I4",
      () => ({
        backups: record.backups.map((run) => ({
          ...run,
          serviceAfter: { ...run.serviceAfter, files: new Map() },
        })),
      }),
    ],
    ["I7", () => ({ foreignDiskChanges: [{ what: "gone-from-disk", path: "/data/a" }] })],
    ["I11", () => withTarget((files) => files.clear())],
    [
      "I11",
      () =>
        withTarget((files) => {
          const half = files.get("old-3.txt");
          files.set("old-1.txt", { ...Object(half), sha256: "half" });
        }),
    ],
    ["I13", () => ({ driver: { kind: "deadlock", detail: "" } })],
  ])("notice that %s is violated by a lie", (invariant, lie) => {
    expect(violatedBy(lie())).toContain(invariant);
  });
});
