import { describe, expect, test } from "vitest";
import { DiskError } from "../ports/source-disk.ts";
import { ServiceError } from "../ports/service.ts";
import { STOPS } from "../testing/backup-bench.ts";
import { communicationFailure, refused } from "../testing/failures.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { JobStop } from "./job-stop.ts";
import { Retrier } from "./retrier.ts";

const TUNING = {
  retryBudgetMs: 60_000,
  foreignRetryBudgetMs: 20_000,
  retryDelayMs: 1_000,
  retryDelayMsMax: 8_000,
};

/** A retrier whose every chance is the highest, so that pauses are 1, 2, 4, 8, 8, ... seconds. */
class RetrierBench {
  readonly clock = new FakeClock();
  readonly stop = new JobStop();
  readonly exhausted: ServiceError[] = [];
  readonly retrier = new Retrier({
    clock: this.clock,
    entropy: { random: () => 0.999_999_9 },
    tuning: TUNING,
    stop: this.stop,
    onExhausted: async (error) => void this.exhausted.push(error),
  });
  /** When each try was made, in seconds. */
  readonly triedAtS: number[] = [];

  /** An exchange that fails so many times. */
  run(error: Error, failureCount: number = Number.POSITIVE_INFINITY): Promise<string> {
    let left = failureCount;
    return this.retrier.run(async () => {
      this.triedAtS.push(this.clock.elapsedMs() / 1_000);
      left -= 1;
      if (left >= 0) throw error;
      return "done";
    });
  }

  /** Runs it to its end and tells what it rejected with. */
  async rejection(error: Error): Promise<unknown> {
    try {
      return await this.clock.settle(this.run(error));
    } catch (reason) {
      return reason;
    }
  }

  /** Runs an exchange that never succeeds and tells how long it was tried, in seconds. */
  async patienceS(error: Error = communicationFailure()): Promise<number> {
    const startedAtMs = this.clock.elapsedMs();
    await this.rejection(error);
    return (this.clock.elapsedMs() - startedAtMs) / 1_000;
  }
}

describe("an exchange", () => {
  test("that fails for a while is tried again after growing pauses, until it succeeds", async () => {
    const bench = new RetrierBench();

    const result = await bench.clock.settle(bench.run(communicationFailure(), 6));

    expect(result).toBe("done");
    expect(bench.triedAtS).toEqual([0, 1, 3, 7, 15, 23, 31]);
  });

  test("that fails for good is given up within its budget, with its own error", async () => {
    const bench = new RetrierBench();
    const error = communicationFailure({ way: "timeout" });

    expect(await bench.rejection(error)).toBe(error);
    expect(bench.triedAtS.at(-1)).toBe(55);
    expect(bench.exhausted).toEqual([error]);
  });

  test.each([
    ["the service refuses", refused("insufficient-capacity")],
    ["trying again cannot help", communicationFailure({ way: "tls", transient: false })],
    ["has nothing to do with the service", new DiskError("io", "/source/a", "failed")],
  ])("whose failure is that %s is tried once", async (_, error) => {
    const bench = new RetrierBench();

    expect(await bench.rejection(error)).toBe(error);
    expect(bench.triedAtS).toEqual([0]);
    expect(bench.exhausted).toEqual([]);
  });

  test.each(["foreign", "off-contract"] as const)(
    "that something else answers (%s) is tried again for less long",
    async (way) => {
      const bench = new RetrierBench();

      await bench.rejection(communicationFailure({ way }));

      expect(bench.triedAtS).toEqual([0, 1, 3, 7, 15]);
      expect(bench.exhausted).toHaveLength(1);
    },
  );

  test("that only trickles is no further at each try: it is given up within its budget", async () => {
    const bench = new RetrierBench();
    const { failure, reason } = communicationFailure({ way: "timeout" });
    const tooSlow = new ServiceError({ ...failure, isTooSlow: true } as typeof failure, reason);
    const trickling = bench.retrier.run(
      () => Promise.reject(tooSlow),
      () => true,
    );

    await expect(bench.clock.settle(trickling)).rejects.toBe(tooSlow);
    expect(bench.exhausted).toEqual([tooSlow]);
  });

  test("waits as long as the service asks for in Retry-After", async () => {
    const bench = new RetrierBench();

    await bench.clock.settle(bench.run(communicationFailure({ retryAfterMs: 30_000 }), 1));

    expect(bench.triedAtS).toEqual([0, 30]);
  });

  test("does not wait longer than its budget, whatever the service asks for", async () => {
    const bench = new RetrierBench();

    expect(await bench.patienceS(communicationFailure({ retryAfterMs: 86_400_000 }))).toBe(0);
    expect(await bench.patienceS(communicationFailure({ retryAfterMs: 86_400_000 }))).toBe(0);
  });
});

describe("the budget", () => {
  test("shrinks each time one ends without a success, and always leaves one more try", async () => {
    const bench = new RetrierBench();
    const patience: number[] = [];

    for (let count = 0; count < 8; count += 1) patience.push(await bench.patienceS());

    expect(patience).toEqual([55, 23, 15, 7, 3, 1, 1, 1]);
  });

  test("is whole again after a success", async () => {
    const bench = new RetrierBench();
    await bench.patienceS();
    await bench.patienceS();

    await bench.clock.settle(bench.run(communicationFailure(), 0));

    expect(await bench.patienceS()).toBe(55);
  });
});

describe("a job that is to stop", () => {
  const stopped = expect.objectContaining({ name: "StoppedError" });

  test("tries nothing any more", async () => {
    const bench = new RetrierBench();
    bench.stop.stop(STOPS.interrupt);

    expect(await bench.rejection(communicationFailure())).toEqual(stopped);
    expect(bench.triedAtS).toEqual([]);
  });

  test("does not sit a pause out", async () => {
    const bench = new RetrierBench();
    const running = bench.run(communicationFailure()).catch((reason: unknown) => reason);
    await bench.clock.advance(500);

    bench.stop.stop(STOPS.interrupt);

    expect(await running).toEqual(stopped);
    expect(bench.clock.elapsedMs()).toBe(500);
    expect(bench.exhausted).toEqual([]);
  });

  test("takes the cut it caused for no failure of the service", async () => {
    const bench = new RetrierBench();
    const running = bench.retrier.run(async () => {
      bench.stop.stop(STOPS.interrupt);
      throw refused("not-found");
    });

    await expect(running).rejects.toEqual(stopped);
  });
});

describe("a try that got further than any before it", () => {
  test("begins the budget and the pauses anew", async () => {
    const bench = new RetrierBench();
    let tryCount = 0;
    const failing = bench.retrier.run(
      async () => {
        tryCount += 1;
        if (tryCount < 30) throw communicationFailure();
        return "done";
      },
      () => true,
    );

    expect(await bench.clock.settle(failing)).toBe("done");
    expect(bench.clock.elapsedMs()).toBe(29 * TUNING.retryDelayMs);
    expect(bench.exhausted).toEqual([]);
  });

  test("does not save one that gets no further any more", async () => {
    const bench = new RetrierBench();
    let furtherLeft = 3;
    const failing = bench.retrier.run(
      () => Promise.reject(communicationFailure()),
      () => (furtherLeft -= 1) >= 0,
    );

    await expect(bench.clock.settle(failing)).rejects.toMatchObject({ name: "ServiceError" });
    expect(bench.exhausted).toHaveLength(1);
    expect(bench.clock.elapsedMs()).toBeLessThan(TUNING.retryBudgetMs + 4_000);
  });
});
