import { message, type Message } from "../../../messages/message.ts";
import type { Held } from "../../state/gone-entries.ts";
import type { DeleteContext } from "./delete-context.ts";
import { toDeleteTarget } from "./delete-target.ts";

/**
 * Writes a row for each copy that is not deleted though it is gone from the PC, with the reason; what a
 * person confirmed (D15) is not held any more.
 */
export function tellHeld({ gone, recorder, database, isConfirmed, stop }: DeleteContext): void {
  if (isConfirmed) database.transaction("streaming", () => gone.releaseUnconfirmed());
  for (const page of gone.held()) {
    if (stop.reason?.rest === "at-once") return;
    for (const { held, ...entry } of page) {
      const target = toDeleteTarget(entry);
      const why = WHY[held.for];
      if (why === undefined) recorder.hold(target, held.by);
      else recorder.exclude(target, why(held.by));
    }
  }
  recorder.flush();
}

/** What the row says; undefined of what a person can confirm. */
const WHY: Readonly<Record<Held["for"], ((place: string) => Message) | undefined>> = {
  elsewhere: (place) => message("delete.held-elsewhere", { place }),
  newcomer: (place) => message("delete.held-for-newcomer", { place }),
  device: undefined,
  emptied: undefined,
};
