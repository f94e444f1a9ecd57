import { message, type Message } from "../../../messages/message.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { ExpectedSlot } from "./expect-slots.ts";
import { EITHER_ORDER_WITHIN_MS, type Stretch } from "./pc-timeline.ts";

/**
 * What a row of a slot without a login (B-NR-2) tells wrongly of why there was none: that the service took the kept
 * password no more is told while that is so, until somebody logs in or out (D22), and of nobody else. Undefined where
 * it is told rightly, or where that changed between the slot and its being noticed.
 */
export function wrongLoginReason(
  row: Pick<JobRecord, "causes" | "detail">,
  { cameMs, noticedMs }: Pick<ExpectedSlot, "cameMs" | "noticedMs">,
  stretches: readonly Stretch[],
): Message | undefined {
  if (!row.causes.includes("B-NR-2")) return undefined;
  const states = new Set(
    stretches
      .filter(
        ({ fromMs, toMs }) =>
          toMs >= cameMs - EITHER_ORDER_WITHIN_MS && fromMs <= noticedMs + EITHER_ORDER_WITHIN_MS,
      )
      .map(({ state }) => state.isLoginLost),
  );
  if (states.size !== 1) return undefined;
  const isTold = row.detail?.code === "run.login-lost";
  if (isTold === states.has(true)) return undefined;
  return message(isTold ? "checked-slot.login-not-lost" : "checked-slot.login-lost-untold");
}
