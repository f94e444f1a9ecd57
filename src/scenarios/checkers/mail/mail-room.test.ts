import { expect, test } from "vitest";

import type { PcRecord } from "../../observation/pc-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { refusesForRoomAlone } from "./mail-room.ts";

const ROOM_BYTES = 20_000;

function refusals(
  stored: readonly number[],
  mailReads: readonly number[],
  kind: "refused" | "fault" = "refused",
): number {
  const smtp = [
    ...stored.map((elapsedMs) => ({
      elapsedMs,
      connection: 1,
      kind: "stored",
      detail: "mail-1 900 ab",
    })),
    { elapsedMs: 100, connection: 2, kind, detail: "452 900" },
  ];
  const pc = { smtp, mailReads } as unknown as PcRecord;
  return refusesForRoomAlone({
    pc,
    scenario: { mailRoomBytes: ROOM_BYTES } as RunRecord["scenario"],
  }).length;
}

test("a mail is refused for want of room only where what is held may leave none", () => {
  expect(refusals([1, 2, 3], [])).toBe(0);
  expect(refusals([], [])).toBe(1);
  expect(refusals([1, 2, 3], [50])).toBe(1);
  expect(refusals([60, 70, 80], [50])).toBe(0);
});

test("what a fault said is no refusal for want of room", () => {
  expect(refusals([], [], "fault")).toBe(0);
});
