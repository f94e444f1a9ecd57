import { describe, expect, test } from "vitest";
import { ServiceHistory, TIMELINE_COUNT_MAX } from "./service-history.ts";

function aHistory(changeCount: number): ServiceHistory {
  let count = 0;
  const history = new ServiceHistory(() => `t${(count += 1)}`);
  for (let change = 0; change < changeCount; change += 1) history.change();
  return history;
}

describe("a history", () => {
  test("holds every state that it came through, and none to come", () => {
    const history = aHistory(3);

    expect(history.now).toEqual({ timeline: "t1", revision: 3 });
    expect(history.holds({ timeline: "t1", revision: 1 })).toBe(true);
    expect(history.holds({ timeline: "t1", revision: 3 })).toBe(true);
    expect(history.holds({ timeline: "t1", revision: 4 })).toBe(false);
    expect(history.holds({ timeline: "t2", revision: 1 })).toBe(false);
  });

  test("that was put back holds what came before the state it was put back to, for ever nothing behind it", () => {
    const history = aHistory(3);
    const { timelines } = history;
    history.change();
    history.change();

    history.restore(timelines);
    expect(history.now).toEqual({ timeline: "t1", revision: 3 });
    expect(history.holds({ timeline: "t1", revision: 4 })).toBe(false);
    for (let change = 0; change < 9; change += 1) history.change();

    expect(history.now).toEqual({ timeline: "t2", revision: 12 });
    expect(history.holds({ timeline: "t1", revision: 3 })).toBe(true);
    expect(history.holds({ timeline: "t1", revision: 4 })).toBe(false);
    expect(history.holds({ timeline: "t2", revision: 12 })).toBe(true);
  });

  test("has one state before anything changed", () => {
    const history = aHistory(0);
    const { now } = history;

    expect(history.now).toEqual(now);
    expect(history.holds(now)).toBe(true);
  });

  test("forgets the oldest timelines", () => {
    const history = aHistory(1);
    for (let turn = 0; turn < TIMELINE_COUNT_MAX; turn += 1) {
      history.restore(history.timelines);
      history.change();
    }

    expect(history.timelines).toHaveLength(TIMELINE_COUNT_MAX);
    expect(history.holds({ timeline: "t1", revision: 1 })).toBe(false);
    expect(history.holds({ timeline: "t2", revision: 2 })).toBe(true);
  });
});
