import { expect, test } from "vitest";
import { STOPS } from "../testing/backup-bench.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { JobStop } from "./job-stop.ts";
import { pause } from "./pause.ts";

/** Notes when a pause is over. */
function startPause(clock: FakeClock, stop: JobStop): { isOver: boolean } {
  const noted = { isOver: false };
  void pause(clock, 1_000, stop).then(() => (noted.isOver = true));
  return noted;
}

test("a pause lasts as long as it is meant to", async () => {
  const clock = new FakeClock();
  const noted = startPause(clock, new JobStop());

  await clock.advance(999);
  expect(noted.isOver).toBe(false);
  await clock.advance(1);
  expect(noted.isOver).toBe(true);
});

test("a pause ends at once when the job is to stop, and leaves no timer", async () => {
  const clock = new FakeClock();
  const stop = new JobStop();
  const noted = startPause(clock, stop);

  stop.stop(STOPS.interrupt);
  await clock.advance(0);

  expect(noted.isOver).toBe(true);
  expect(clock.timerCount).toBe(0);
});

test("a pause in a job that is stopping already does not begin", async () => {
  const clock = new FakeClock();
  const stop = new JobStop();
  stop.stop(STOPS.interrupt);

  await pause(clock, 1_000, stop);

  expect(clock.timerCount).toBe(0);
});
