import { expect, test } from "vitest";

import { journalText } from "./pc-journal.ts";
import type { PcLogEvent } from "./sim-host.ts";

const MINUTE_MS = 60_000;

function linesOf(...kinds: readonly PcLogEvent["kind"][]): readonly Record<string, string>[] {
  const events = kinds.map((kind, index) => ({ kind, atMs: index * MINUTE_MS }));
  return journalText(events, "taro")
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, string>);
}

test("is newest first, each start of the PC with an id of its own, and tells of no failure of the power", () => {
  const lines = linesOf("boot", "sign-in", "power-loss", "boot");
  const starts = lines.map(({ _BOOT_ID }) => _BOOT_ID);

  expect(lines.map(({ __REALTIME_TIMESTAMP: at }) => Math.floor(Number(at) / 60_000_000))).toEqual([
    3, 3, 1, 1, 0, 0,
  ]);
  expect(new Set(starts).size).toBe(2);
  expect(starts[0]).not.toBe(starts.at(-1));
});

test("a person's sessions have other numbers than before, and end under the number they began with", () => {
  const lines = linesOf("boot", "sign-in", "sign-out", "sign-in").filter(
    ({ USER_ID }) => USER_ID === "taro",
  );
  const [second, end, begin] = lines.map(({ SESSION_ID }) => SESSION_ID);

  expect(end).toBe(begin);
  expect(second).not.toBe(begin);
});

test("a sleep and the wake from it name their kind", () => {
  const lines = linesOf("boot", "sleep", "wake", "hibernate", "wake");

  expect(lines.map(({ SLEEP }) => SLEEP)).toEqual([
    "hibernate",
    "hibernate",
    "suspend",
    "suspend",
    undefined,
    undefined,
  ]);
});
