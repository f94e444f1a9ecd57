import { message } from "../../../messages/message.ts";
import type { PcRecord } from "../../observation/pc-record.ts";
import type { Violation } from "../shared/violation.ts";
import type { ExpectedSlot } from "./expect-slots.ts";

/** A slot that comes so soon is waited for. */
const SOON_MS = 30 * 60_000;

/**
 * I9: a tool that a task of the OS started does not end by itself while a slot comes soon. Does not verify slots
 * whose time somebody changed meanwhile: settings, clock or zone.
 */
export function leftBeforeSlot(
  slots: readonly Pick<ExpectedSlot, "day" | "slotMs" | "cameMs">[],
  { starts, facts }: Pick<PcRecord, "starts" | "facts">,
): Violation[] {
  return starts.flatMap(({ leftMs }) => {
    if (leftMs === undefined) return [];
    const left = facts.find(
      ({ change, elapsedMs }) => change.what === "tool" && elapsedMs >= leftMs,
    );
    if (left === undefined) return [];
    const isChanged = facts.some(
      ({ change, elapsedMs }) =>
        CHANGES.has(change.what) && elapsedMs >= leftMs && elapsedMs <= leftMs + SOON_MS,
    );
    if (isChanged) return [];
    return slots
      .filter(({ cameMs }) => cameMs > left.elapsedMs && cameMs <= left.elapsedMs + SOON_MS)
      .map(({ day, slotMs }): Violation => ({
        invariant: "I9",
        message: message("checked-slot.left-before", { day, slotMs, leftMs }),
      }));
  });
}

const CHANGES: ReadonlySet<string> = new Set(["schedule", "clock", "zone"]);
