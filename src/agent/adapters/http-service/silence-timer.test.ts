import { expect, test } from "vitest";

import { FakeClock } from "../../testing/fake-clock.ts";
import { SilenceTimer } from "./silence-timer.ts";

/** A timer with the limits of the product, and what it said when, in seconds. */
class TimerBench {
  readonly clock = new FakeClock();
  readonly said: string[] = [];
  readonly timer = new SilenceTimer({
    clock: this.clock,
    silenceMsMax: 60_000,
    exchangeMsMax: 300_000,
    bytesPerSecondMin: 1024,
    quietAfterMs: 5_000,
    onSilence: () => this.#say("silent"),
    onTooSlow: () => this.#say("too slow"),
    onQuiet: (leftMs) => this.#say(`quiet, ${leftMs / 1000} s left`),
    onHeard: () => this.#say("heard"),
  });

  #say(text: string): void {
    this.said.push(`${this.clock.elapsedMs() / 1000} ${text}`);
  }

  /** So many bytes every so often, until something is said or an hour is over. */
  async trickle(byteCount: number, everyMs: number): Promise<void> {
    const untilMs = this.clock.elapsedMs() + 3_600_000;
    while (this.clock.elapsedMs() < untilMs && this.said.length === 0) {
      this.timer.heard();
      await this.clock.advance(everyMs);
      this.timer.moved(byteCount);
    }
  }
}

test("silence is told of after some seconds, and ends the exchange at its limit", async () => {
  const bench = new TimerBench();
  bench.timer.heard();

  await bench.clock.advance(60_000);

  expect(bench.said).toEqual(["5 quiet, 55 s left", "60 silent"]);
});

test("what is heard after a silence ends it", async () => {
  const bench = new TimerBench();
  bench.timer.heard();
  await bench.clock.advance(7_000);

  bench.timer.heard();
  await bench.clock.advance(4_000);
  bench.timer.end();

  expect(bench.said).toEqual(["5 quiet, 55 s left", "7 heard"]);
});

test("one byte every two seconds keeps nothing alive for ever", async () => {
  const bench = new TimerBench();

  await bench.trickle(1, 2_000);

  expect(bench.said).toEqual(["302 too slow"]);
});

test("a line that is slow all day is waited for as long as its bytes take", async () => {
  const bench = new TimerBench();

  await bench.trickle(2_048, 2_000);

  expect(bench.said).toEqual([]);
});

test("a disk that takes its time costs the other side nothing", async () => {
  const bench = new TimerBench();
  for (let count = 0; count < 100; count += 1) {
    bench.timer.heard();
    await bench.clock.advance(1_000);
    bench.timer.moved(1);
    bench.timer.pause();
    await bench.clock.advance(60_000);
  }

  expect(bench.said).toEqual([]);
});
