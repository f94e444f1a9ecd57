import type { PcRecord } from "../../observation/pc-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";

/**
 * I9: a tool that is started holds the schedule, on a full disk too, and says there that it waits for room.
 * Does not verify what comes of the slots: their rows are checked as such.
 */
export function startedToolsHold({ starts }: Pick<PcRecord, "starts">): Violation[] {
  return starts.flatMap(({ elapsedMs, isHolding, isOnFullDisk, isWaitTold }): Violation[] => {
    const say = (invariant: Violation["invariant"], said: Message): Violation[] => [
      { invariant, message: said },
    ];
    if (!isHolding) return say("I9", message("checked-slot.holds-nothing", { elapsedMs }));
    if (isOnFullDisk === isWaitTold) return [];
    return say("waiting", message("checked-slot.room-told-wrongly", { elapsedMs }));
  });
}
