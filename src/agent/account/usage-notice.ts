import type { Contract } from "../../protocol/http/schemas.ts";
import { localTimeAt } from "../core/zone-time.ts";
import type { Clock } from "../ports/clock.ts";
import type { Log } from "../ports/log.ts";
import type { UsageNoticeStore } from "./usage-notice-store.ts";

/** The switch, the month that was shown last, and the service, which may be slow or away. */
export interface UsageNoticeOptions {
  readonly clock: Clock;
  readonly log: Log;
  readonly store: UsageNoticeStore;
  /** Whether it may be shown now: it is switched on, and somebody is logged in. */
  readonly isOn: () => boolean;
  /** Asks the service; may reject. */
  readonly contract: () => Promise<Contract>;
  /** How long the service is waited for. */
  readonly waitMsMax: number;
}

/** The usage notice of a month (F35): plan, used and free capacity at the first start in it. */
export class UsageNotice {
  readonly #options: UsageNoticeOptions;

  constructor(options: UsageNoticeOptions) {
    this.#options = options;
  }

  /**
   * This month's notice, at its first call that finds somebody logged in and the service. Resolves to
   * null with the switch off, when this month's was shown, and when the service cannot be asked in
   * time: the next start tries again. `zone` (IANA) tells the month. Never throws for what the
   * service does.
   */
  async take(zone: string): Promise<Contract | null> {
    const { clock, log, store, isOn } = this.#options;
    if (!isOn()) return null;
    const { year, month } = localTimeAt(zone, clock.nowMs());
    const thisMonth = `${year}-${String(month).padStart(2, "0")}`;
    if (store.month() === thisMonth) return null;
    try {
      const contract = await inTime(this.#options);
      store.noteMonth(thisMonth);
      return contract;
    } catch (error) {
      log.write("info", "no-usage-notice", { error: String(error) });
      return null;
    }
  }
}

function inTime({ clock, contract, waitMsMax }: UsageNoticeOptions): Promise<Contract> {
  const late = Promise.withResolvers<never>();
  const cancel = clock.setTimer(waitMsMax, () => late.reject(new Error("the service is too slow")));
  return Promise.race([contract(), late.promise]).finally(cancel);
}
