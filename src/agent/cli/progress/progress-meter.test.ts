import { expect, test } from "vitest";

import type { Progress } from "../../jobs/requests.ts";
import { progressLine } from "./progress-bar.ts";
import type { ProgressReading } from "../views/progress.ts";
import { ProgressMeter } from "./progress-meter.ts";
import { textWidth } from "../../../terminal/text-width.ts";

const MIB = 1024 * 1024;

function progress(changes: Partial<Progress>): Progress {
  return {
    jobId: 1,
    sourcePath: "/s",
    filesDone: 0,
    filesTotal: null,
    bytesDone: 0,
    bytesTotal: null,
    currentPath: null,
    ...changes,
  };
}

/** A job that does 1 MiB a second, seen after `seconds`. */
function steadyReading(seconds: number, totalMiB: number | null): ProgressReading {
  const meter = new ProgressMeter(1_000);
  const totals = totalMiB === null ? {} : { filesTotal: totalMiB, bytesTotal: totalMiB * MIB };
  let reading = meter.read(progress(totals), 1_000);
  for (let second = 1; second <= seconds; second += 1) {
    const done = { filesDone: second, bytesDone: second * MIB };
    reading = meter.read(progress({ ...totals, ...done }), 1_000 + second * 1000);
  }
  return reading;
}

test("knows nothing of speed and end before it has measured", () => {
  const reading = new ProgressMeter(0).read(progress({}), 0);

  expect(reading).toMatchObject({ bytesPerSecond: null, secondsLeft: null, ratio: null });
});

test("tells speed and time left of a steady job", () => {
  const { bytesPerSecond, secondsLeft, ratio } = steadyReading(20, 100);

  expect(bytesPerSecond).toBe(MIB);
  expect(secondsLeft).toBeCloseTo(80, 3);
  expect(ratio).toBeCloseTo(0.2, 6);
});

test("tells speed without an end while the totals are unknown", () => {
  expect(steadyReading(20, null)).toMatchObject({ bytesPerSecond: MIB, secondsLeft: null });
});

test("tells the speed since the start while one large file is under way", () => {
  const meter = new ProgressMeter(0);
  const moment = progress({
    filesDone: 1,
    filesTotal: 2,
    bytesDone: 10 * MIB,
    bytesTotal: 40 * MIB,
  });
  meter.read(moment, 1_000);

  const { bytesPerSecond, secondsLeft } = meter.read(moment, 20_000);

  expect(bytesPerSecond).toBe(MIB / 2);
  expect(secondsLeft).toBeCloseTo(60, 0);
});

test("moves on files without content", () => {
  const reading = new ProgressMeter(0).read(
    progress({ filesDone: 5, filesTotal: 10, bytesTotal: 0 }),
    1_000,
  );

  expect(reading.ratio).toBe(0.5);
});

test.each([20, 40, 60, 80, 120])("draws a line that fits %d columns", (width) => {
  for (const language of ["ja", "en"] as const) {
    for (const totalMiB of [100, null]) {
      const line = progressLine(steadyReading(20, totalMiB), language, width);

      expect(textWidth(line)).toBeLessThan(width);
    }
  }
});

test("draws files, bytes, speed and time left on an ordinary terminal", () => {
  expect(progressLine(steadyReading(20, 100), "en", 80)).toMatch(
    /^█+░+  20 %  20\/100 files  20MB\/100MB  1MB\/s  1:20 left$/,
  );
});
