import { afterEach, describe, expect, test } from "vitest";
import { Activity } from "./activity.ts";
import { Driver } from "./driver.ts";
import { VirtualClock } from "./virtual-clock.ts";

const START_MS = Date.UTC(2026, 0, 1);
const nativeDate = Date;

let clock: VirtualClock | undefined;
afterEach(() => clock?.uninstall());

describe("the virtual clock", () => {
  test("rules Date, performance and hrtime until it is uninstalled", () => {
    clock = VirtualClock.install(START_MS);
    const before = performance.now();
    clock.jump(1500);
    expect([Date.now(), performance.now() - before]).toEqual([START_MS + 1500, 1500]);
    clock.uninstall();
    clock.uninstall();
    expect(Date).toBe(nativeDate);
  });

  test("replaces a clock an abandoned run left behind, and that run ends", async () => {
    const abandoned = VirtualClock.install(START_MS);
    const run = new Driver(abandoned, new Activity()).run(() => new Promise(() => undefined), {
      virtualLimitMs: 1000,
    });
    clock = VirtualClock.install(0);
    expect(await run).toMatchObject({ kind: "abandoned" });
    expect([abandoned.isInstalled, clock.isInstalled, Date.now()]).toEqual([false, true, 0]);
    clock.uninstall();
    expect(Date).toBe(nativeDate);
  });

  test("keeps elapsed time and timers when a person sets it back or forward", () => {
    clock = VirtualClock.install(START_MS);
    let fired = 0;
    clock.setTimer(1000, () => (fired += 1));
    clock.setWallClock(START_MS - 86_400_000);
    expect([clock.nowMs(), clock.elapsedMs()]).toEqual([START_MS - 86_400_000, 0]);
    clock.setWallClock(START_MS + 86_400_000);
    clock.fireNext();
    expect([fired, clock.elapsedMs(), clock.nowMs()]).toEqual([1, 1000, START_MS + 86_401_000]);
  });

  test("fires an interval once after a sleep with running timers, and late after one without", () => {
    clock = VirtualClock.install(START_MS);
    let fired = 0;
    setInterval(() => (fired += 1), 1000);
    clock.jump(10_000);
    expect([fired, clock.elapsedMs()]).toEqual([1, 10_000]);
    clock.pause(10_000);
    expect([fired, clock.nowMs(), clock.elapsedMs()]).toEqual([1, START_MS + 20_000, 10_000]);
    clock.fireNext();
    expect([fired, clock.elapsedMs()]).toEqual([2, 11_000]);
  });
});
