import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { Activity } from "../kernel/activity.ts";
import { Driver } from "../kernel/driver.ts";
import { assertDone } from "../kernel/verdict.ts";
import { VirtualClock } from "../kernel/virtual-clock.ts";
import { SimDisk } from "../disk/sim-disk.ts";
import { DiskShares } from "./network-shares.ts";
import { diskOf, SimPc, type PcToolStart, type SimPcOptions } from "./sim-pc.ts";

/** 12:00 in Tokyo, a Saturday. */
const START_MS = Date.UTC(2026, 10, 21, 3);
const HOUR_MS = 3_600_000;
const EVERY_DAY = [0, 1, 2, 3, 4, 5, 6];
const TASK = { command: ["azukeru-agent", "daemon"], weekdays: EVERY_DAY, minuteOfDay: 175 };

let clock: VirtualClock;
beforeEach(() => {
  clock = VirtualClock.install(START_MS);
});
afterEach(() => clock.uninstall());

interface Bench {
  readonly pc: SimPc;
  /** Everything told, with day and hour in UTC. */
  readonly told: string[];
  readonly starts: PcToolStart[];
}

function bench(options: Partial<SimPcOptions> = {}): Bench {
  const pc = new SimPc({ kind: "windows", clock, zone: "Asia/Tokyo", ...options });
  const told: string[] = [];
  const starts: PcToolStart[] = [];
  pc.listen((event) => {
    told.push(`${new Date(clock.nowMs()).toISOString().slice(8, 16)} ${event.kind}`);
    if (event.kind === "start-tool") starts.push(event.start);
  });
  return { pc, told, starts };
}

async function pass(hours: number): Promise<void> {
  const driver = new Driver(clock, new Activity());
  assertDone(
    await driver.run(() => clock.wait(hours * HOUR_MS), { virtualLimitMs: 1_000 * HOUR_MS }),
  );
}

describe("power", () => {
  test("a sleep, a hibernation and a shutdown are in the log at their time, signed out first", async () => {
    const { pc, told } = bench();

    pc.sleep();
    await pass(1);
    pc.wake();
    pc.hibernate();
    await pass(1);
    pc.wake();
    pc.shutDown();
    await pass(1);
    pc.boot();

    expect(told).toEqual([
      "21T03:00 sleep",
      "21T04:00 wake",
      "21T04:00 hibernate",
      "21T05:00 wake",
      "21T05:00 sign-out",
      "21T05:00 shutdown",
      "21T06:00 boot",
    ]);
    expect(pc.isSignedIn).toBe(false);
  });

  test("its loss is told at once and in the log only at the next start, with no sign-out", async () => {
    const { pc, told } = bench();

    pc.losePower();
    await pass(2);
    expect(pc.log.between(START_MS + 1, Infinity)).toHaveLength(2);
    pc.boot();

    expect(told).toEqual(["21T03:00 power-loss", "21T05:00 boot"]);
    expect(pc.log.between(START_MS + 1, Infinity).map(({ kind }) => kind)).toEqual([
      "boot",
      "sign-in",
      "power-loss",
      "boot",
    ]);
  });

  test("a hibernating PC has none to lose", () => {
    const { pc, told } = bench();

    pc.hibernate();
    pc.losePower();

    expect(pc.power).toBe("hibernating");
    expect(told).toEqual(["21T03:00 hibernate"]);
  });

  test("what cannot be done as things stand does nothing", () => {
    const { pc, told } = bench();

    pc.wake();
    pc.boot();
    pc.signIn();
    pc.shutDown();
    pc.wake();
    pc.sleep();
    pc.hibernate();
    pc.shutDown();
    pc.losePower();
    pc.signIn();

    expect(told).toEqual(["21T03:00 sign-out", "21T03:00 shutdown"]);
  });
});

describe("timers", () => {
  test("that fall due in a sleep fire late, on waking, in their order, each once", async () => {
    const { pc } = bench();
    const fired: string[] = [];
    const note = (name: string) => (): void => {
      fired.push(`${name} ${(clock.nowMs() - START_MS) / HOUR_MS}`);
    };
    pc.timers.setTimer(2 * HOUR_MS, note("second"));
    pc.timers.setTimer(HOUR_MS, note("first"));
    pc.timers.setTimer(5 * HOUR_MS, note("later"));

    pc.sleep();
    await pass(4);
    expect(fired).toEqual([]);
    pc.wake();
    await pass(4);

    expect(fired).toEqual(["first 4", "second 4", "later 5"]);
  });

  test("that are cancelled while they are held back do not fire", async () => {
    const { pc } = bench();
    let count = 0;
    const cancel = pc.timers.setTimer(HOUR_MS, () => (count += 1));

    pc.sleep();
    await pass(2);
    cancel();
    pc.wake();
    await pass(1);

    expect(count).toBe(0);
  });

  test.each(["shutDown", "losePower"] as const)("do not outlive a start after %s", async (how) => {
    const { pc } = bench();
    let count = 0;
    pc.timers.setTimer(HOUR_MS, () => (count += 1));

    pc[how]();
    pc.boot();
    await pass(2);

    expect(count).toBe(0);
  });
});

describe("the scheduler", () => {
  test("starts the tool at local time, every day, signed in or not", async () => {
    const { pc, told, starts } = bench();
    await pc.host("person").registerTask(TASK, "pw");

    pc.signOut();
    await pass(24);
    starts[0]?.ended();
    await pass(24);

    expect(told.slice(1)).toEqual(["21T17:55 start-tool", "22T17:55 start-tool"]);
    expect(starts[0]).toMatchObject({ command: TASK.command, session: "task" });
    expect(pc.host("task").isInteractive()).toBe(false);
  });

  test.each([
    ["no-password", undefined, {}],
    ["no-password", "", { password: "", isAdministrator: true }],
    ["wrong-password", "other", {}],
    ["no-rights", "pw", { password: "pw", isAdministrator: false }],
  ] as const)("refuses a task: %s", async (why, password, user) => {
    const { pc } = bench("password" in user ? { user } : {});
    const host = pc.host("person");

    expect(await host.registerTask(TASK, password)).toMatchObject({ kind: "refused", why });
    expect(await host.taskStatus()).toMatchObject({ isRegistered: false });
  });

  test("refuses every task while it is out of order", async () => {
    const { pc } = bench({ kind: "macos" });
    pc.isSchedulerBroken = true;

    expect(await pc.host("person").registerTask(TASK, undefined)).toMatchObject({ why: "failed" });
  });

  test("does not start a task whose password was changed since", async () => {
    const { pc, starts } = bench();
    await pc.host("person").registerTask(TASK, "pw");

    pc.setUser({ password: "new", isAdministrator: true });
    await pass(24);

    expect(starts).toEqual([]);
  });

  test.each(["macos"] as const)(
    "of %s starts it in the person's session, and only while there is one",
    async (kind) => {
      const { pc, told, starts } = bench({ kind });
      await pc.host("person").registerTask(TASK, undefined);

      await pass(24);
      pc.signOut();
      await pass(24);
      pc.signIn();
      await pass(24);

      expect(starts.map(({ session }) => session)).toEqual(["person", "person"]);
      expect(told).toEqual([
        "21T17:55 start-tool",
        "22T03:00 sign-out",
        "23T03:00 sign-in",
        "23T17:55 start-tool",
      ]);
    },
  );

  test("starts no second tool while the first runs", async () => {
    const { pc, starts } = bench();
    await pc.host("person").registerTask(TASK, "pw");

    await pass(72);

    expect(starts).toHaveLength(1);
  });

  test.each(["sleep", "hibernate", "shutDown", "losePower"] as const)(
    "of Windows catches nothing up after %s",
    async (how) => {
      const { pc, starts } = bench();
      await pc.host("person").registerTask(TASK, "pw");

      pc[how]();
      await pass(20);
      pc.wake();
      pc.boot();
      await pass(4);
      expect(starts).toEqual([]);
      await pass(24);

      expect(starts).toHaveLength(1);
    },
  );

  test("of macOS makes up for a start that fell into a sleep, once, but not into a shutdown", async () => {
    const { pc, told } = bench({ kind: "macos" });
    await pc.host("person").registerTask(TASK, undefined);

    pc.sleep();
    await pass(68);
    pc.wake();
    expect(told.at(-1)).toBe("23T23:00 start-tool");
    pc.shutDown();
    await pass(24);
    pc.boot();
    pc.signIn();
    await pass(1);

    expect(told.filter((line) => line.endsWith("start-tool"))).toHaveLength(1);
  });

  test("follows the zone and the clock when they are set", async () => {
    const { pc, told } = bench();
    await pc.host("person").registerTask(TASK, "pw");

    pc.setZone("Europe/London");
    pc.setWallClock(START_MS - HOUR_MS);
    await pass(24);

    expect(pc.host("person").zone()).toBe("Europe/London");
    expect(told).toEqual(["21T02:55 start-tool"]);
  });

  test("forgets a task that is removed, and keeps the one before when it refuses", async () => {
    const { pc, starts } = bench();
    const host = pc.host("person");
    await host.registerTask(TASK, "pw");
    await host.registerTask({ ...TASK, minuteOfDay: 10 }, "wrong");
    expect((await host.taskStatus()).task?.minuteOfDay).toBe(175);

    await host.removeTask();
    await pass(48);

    expect(starts).toEqual([]);
    expect((await host.taskStatus()).task).toBeNull();
  });
});

describe("sessions", () => {
  test("a person is there while he is signed in; a task's process has none", () => {
    const { pc } = bench();
    const person = pc.host("person");

    expect([person.isInteractive(), pc.host("task").isInteractive()]).toEqual([true, false]);
    pc.signOut();
    expect(person.isInteractive()).toBe(false);
  });

  test.each([
    ["windows", "Z:", "Z:\\docs\\a.txt", "C:\\local\\b.txt"],
    ["macos", "/Volumes/docs", "/Volumes/docs/a.txt", "/Users/taro/b.txt"],
  ] as const)(
    "network drives of %s go with the person and come back as they were",
    (kind, share, far, near) => {
      const disk = new SimDisk({
        timers: clock,
        activity: new Activity(),
        nowMs: () => clock.nowMs(),
        ...diskOf(kind),
      });
      const isWindows = kind !== "macos";
      const shares = new DiskShares({ disk, paths: [share], isWindows });
      disk.write(far, "far", { modifiedAtNs: 5n });
      disk.write(near, "near");
      const { pc } = bench({ kind, shares });

      pc.signOut();
      expect([disk.exists(far), disk.exists(near)]).toEqual([false, true]);
      pc.signIn();
      expect(disk.read(far).toString()).toBe("far");
      pc.losePower();
      expect(disk.exists(far)).toBe(false);
      pc.boot();
      expect(disk.exists(far)).toBe(false);
      pc.signIn();

      expect(disk.read(far).toString()).toBe("far");
      expect(disk.snapshot(far).size).toBeGreaterThanOrEqual(0);
    },
  );

  test("a path is on the network by its drive or its share, in any spelling", async () => {
    const disk = new SimDisk({
      timers: clock,
      activity: new Activity(),
      nowMs: () => clock.nowMs(),
      ...diskOf("windows"),
    });
    const shares = new DiskShares({ disk, paths: ["Z:"], isWindows: true });
    const host = bench({ shares }).pc.host("person");
    const on = (path: string): Promise<boolean> => host.isNetworkPath(path);

    expect(await on("z:/docs")).toBe(true);
    expect(await on("\\\\nas\\docs")).toBe(true);
    expect(await on("C:\\Z:")).toBe(false);
    expect(await on("\\\\?\\C:\\docs")).toBe(false);
  });
});

test("a log that cannot be read is empty, and whole when it can again", async () => {
  const { pc } = bench();
  pc.log.isReadable = false;
  pc.sleep();
  expect(await pc.host("person").eventsBetween(0, Infinity)).toEqual([]);

  pc.log.isReadable = true;

  expect(await pc.host("person").eventsBetween(0, Infinity)).toHaveLength(3);
});
