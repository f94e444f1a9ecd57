import { describe, expect, test } from "vitest";

import { message } from "../../messages/message.ts";
import type { WaitNews } from "../ports/wait.ts";
import { FakeClock } from "../testing/fake-clock.ts";
import { Waits, type Waiter } from "./waits.ts";

class WaitsBench {
  readonly clock = new FakeClock();
  readonly logged: string[] = [];
  readonly told: WaitNews[] = [];
  readonly waits = new Waits({
    clock: this.clock,
    log: { write: (level, event) => void this.logged.push(`${level} ${event}`) },
  });

  constructor() {
    this.waits.watch((news) => void this.told.push(news));
  }

  get kinds(): readonly string[] {
    return this.told.map(({ kind, way }) => (way === null ? kind : `${kind} ${way}`));
  }
}

function retries(waiter: Waiter, way: "reset" | "unreachable" = "unreachable"): void {
  waiter.waits({ reason: message(`exchange.${way}`), way, nextTryInMs: 2_000, leftMs: 600_000 });
}

test("a wait is told at once, with what for, the next try and until when", () => {
  const bench = new WaitsBench();
  const nowMs = bench.clock.nowMs();

  retries(bench.waits.waiter());

  expect(bench.told).toEqual([
    {
      kind: "retry",
      reason: message("exchange.unreachable"),
      way: "unreachable",
      nextTryAtMs: nowMs + 2_000,
      untilMs: nowMs + 600_000,
    },
  ]);
  expect(bench.logged).toEqual(["warn waiting"]);
});

test("an exchange that hears nothing is told of before it failed", () => {
  const bench = new WaitsBench();

  bench.waits.waiter().waits({ reason: message("exchange.asking-contract"), leftMs: 55_000 });

  expect(bench.told).toMatchObject([{ kind: "no-answer", way: null, nextTryAtMs: null }]);
});

describe("what goes on", () => {
  test("is told again once a minute, and when the reason changes", async () => {
    const bench = new WaitsBench();
    const waiter = bench.waits.waiter();
    for (let second = 0; second < 180; second += 1) {
      retries(waiter);
      await bench.clock.advance(1_000);
    }
    expect(bench.kinds).toHaveLength(3);

    retries(waiter, "reset");

    expect(bench.kinds.at(-1)).toBe("retry reset");
    expect(bench.kinds).toHaveLength(4);
  });

  test("by many at once is told of as one, and is over when nobody waits", () => {
    const bench = new WaitsBench();
    const waiters = [1, 2, 3].map(() => bench.waits.waiter());
    for (const waiter of waiters) retries(waiter);
    for (const waiter of waiters.slice(1)) waiter.ends(true);
    expect(bench.kinds).toEqual(["retry unreachable"]);

    waiters[0]?.ends(true);

    expect(bench.kinds).toEqual(["retry unreachable", "over"]);
  });
});

test("short waits one after another are told of every ten seconds at most", async () => {
  const bench = new WaitsBench();
  for (let count = 0; count < 30; count += 1) {
    const waiter = bench.waits.waiter();
    retries(waiter);
    waiter.ends(true);
    await bench.clock.advance(1_000);
  }

  expect(bench.kinds).toHaveLength(6);
});

test("who gives up is not told that the service answers", () => {
  const bench = new WaitsBench();
  const waiter = bench.waits.waiter();
  retries(waiter);

  waiter.ends(false);

  expect(bench.kinds).toEqual(["retry unreachable"]);
});
