import type { PcRecord } from "../../observation/pc-record.ts";
import type { ExpectedSlot } from "./expect-slots.ts";
import { isActive, stretchesAtWall, stretchesOf, type Stretch } from "./pc-timeline.ts";
import { isSkipped, secondInstant, slotInstant } from "./slot-times.ts";

/**
 * What is remarkable about how a slot's time came: the zone's clocks skip it, or show it twice while
 * the tool holds the schedule, or the PC's clock was set back over it and came to it again.
 */
export type SlotPass = "skipped" | "repeated" | "set-back";

/** How the time of a slot came, where that is remarkable. */
export function slotPass({ day, slotMs }: ExpectedSlot, pc: PcRecord): SlotPass | undefined {
  const stretches = stretchesOf(pc);
  const times = heldAt(stretches, slotMs);
  const [first] = times;
  if (first === undefined) return undefined;
  if (new Set(times.map(({ offsetMs }) => offsetMs)).size > 1) return "set-back";
  const { zone, schedule } = first.state;
  if (schedule === null) return undefined;
  const { minuteOfDay } = schedule;
  if (slotInstant(zone, day, minuteOfDay) !== slotMs) return undefined;
  if (isSkipped(zone, day, minuteOfDay)) return "skipped";
  const againMs = secondInstant(zone, day, minuteOfDay);
  const isHeldAgain =
    againMs !== undefined &&
    heldAt(stretches, againMs).some(
      ({ state }) => state.zone === zone && state.schedule?.minuteOfDay === minuteOfDay,
    );
  return isHeldAgain ? "repeated" : undefined;
}

/** The stretches in which the wall clock shows a time and the tool holds the schedule. */
function heldAt(stretches: readonly Stretch[], wallMs: number): readonly Stretch[] {
  return stretchesAtWall(stretches, wallMs, Infinity).filter(({ state }) => isActive(state));
}
