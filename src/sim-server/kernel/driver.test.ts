import { execFileSync, spawnSync } from "node:child_process";
import { afterEach, describe, expect, test } from "vitest";
import { Activity } from "./activity.ts";
import { Driver } from "./driver.ts";
import { assertDone } from "./verdict.ts";
import { VirtualClock } from "./virtual-clock.ts";

const START_MS = Date.UTC(2026, 0, 1);
const LIMITS = { virtualLimitMs: 3_600_000 };

let clock: VirtualClock | undefined;
afterEach(() => clock?.uninstall());

function world(): { clock: VirtualClock; driver: Driver; activity: Activity } {
  clock = VirtualClock.install(START_MS);
  const activity = new Activity();
  return { clock, activity, driver: new Driver(clock, activity) };
}

describe("the driver", () => {
  test("passes virtual hours at once and in order", async () => {
    const { clock: time, driver } = world();
    const seen: string[] = [];
    setInterval(() => seen.push(`interval ${time.elapsedMs()}`), 20 * 60_000);
    const verdict = await driver.run(async () => {
      await time.wait(50 * 60_000);
      seen.push(`task ${time.elapsedMs()}`);
      return new Date().toISOString();
    }, LIMITS);
    expect(assertDone(verdict)).toBe("2026-01-01T00:50:00.000Z");
    expect(seen).toEqual(["interval 1200000", "interval 2400000", "task 3000000"]);
  });

  test("calls a task that waits for nothing a deadlock, at once", async () => {
    const { driver } = world();
    const verdict = await driver.run(() => new Promise(() => undefined), LIMITS);
    expect(verdict).toMatchObject({ kind: "deadlock", cost: { jumps: 0 } });
  });

  test("ends a task that only ever waits at the virtual limit", async () => {
    const { driver } = world();
    setInterval(() => undefined, 60_000);
    const verdict = await driver.run(() => new Promise(() => undefined), LIMITS);
    expect(verdict).toMatchObject({ kind: "liveness", cost: { jumps: 61 } });
  });

  test("ends a task that spins without time passing by its budget", async () => {
    const { driver, activity } = world();
    let spinning = true;
    const spin = (): void => {
      activity.bump();
      if (spinning) setImmediate(spin);
    };
    spin();
    const limits = { ...LIMITS, eventBudget: 500 };
    const verdict = await driver.run(() => new Promise(() => undefined), limits);
    spinning = false;
    expect(verdict.kind).toBe("budget");
  });

  test("reports what the task or a timer throws", async () => {
    const { clock: time, driver } = world();
    const own = await driver.run(() => Promise.reject(new Error("own")), LIMITS);
    expect(own).toMatchObject({ kind: "threw", error: { message: "own" } });
    time.setTimer(5, () => {
      throw new Error("in a timer");
    });
    const timers = await driver.run(() => time.wait(10), LIMITS);
    expect(timers).toMatchObject({ kind: "threw", error: { message: "in a timer" } });
  });

  test("lets no time pass while immediates follow each other or a job is held", async () => {
    const { clock: time, driver, activity } = world();
    const verdict = await driver.run(async () => {
      const timeout = time.wait(1000).then(() => "timeout");
      const immediates = (async () => {
        for (let turn = 0; turn < 20; turn += 1) await new Promise((go) => setImmediate(go));
        return "immediates";
      })();
      const first = await Promise.race([timeout, immediates]);
      const { gzip } = await import("node:zlib");
      const job = activity.during(
        new Promise<string>((done) => gzip(Buffer.alloc(200_000), () => done("zlib"))),
      );
      return [first, await Promise.race([time.wait(1000).then(() => "timeout"), job])];
    }, LIMITS);
    expect(assertDone(verdict)).toEqual(["immediates", "zlib"]);
  });

  test("keeps the process alive through a stall, so that a hang never ends as success", () => {
    const script = `
      import { Activity } from ${JSON.stringify(import.meta.resolve("./activity.ts"))};
      import { Driver } from ${JSON.stringify(import.meta.resolve("./driver.ts"))};
      import { VirtualClock } from ${JSON.stringify(import.meta.resolve("./virtual-clock.ts"))};
      const activity = new Activity();
      const clock = VirtualClock.install(0);
      activity.hold();
      const stalled = process.argv[1] === "stalled";
      const driver = new Driver(clock, activity);
      const verdict = await driver.run(
        () => stalled ? new Promise(() => undefined) : Promise.resolve(),
        { virtualLimitMs: 1 },
      );
      process.exitCode = verdict.kind === "done" ? 0 : 3;
    `;
    const args = ["--input-type=module", "--eval", script];
    execFileSync(process.execPath, [...args, "healthy"]);
    const stalled = spawnSync(process.execPath, [...args, "stalled"], { timeout: 1500 });
    expect(stalled.signal).toBe("SIGTERM");
  });

  test("fires the same timers in the same order every time", async () => {
    const run = async (): Promise<readonly string[]> => {
      const { clock: time, driver } = world();
      const seen: string[] = [];
      const work = async (name: string, stepMs: number): Promise<void> => {
        for (let step = 0; step < 20; step += 1) {
          await time.wait(stepMs);
          seen.push(`${time.elapsedMs()} ${name} ${step}`);
        }
      };
      assertDone(
        await driver.run(() => Promise.all([work("a", 30), work("b", 20), work("c", 30)]), LIMITS),
      );
      return seen;
    };
    expect(await run()).toEqual(await run());
  });
});
