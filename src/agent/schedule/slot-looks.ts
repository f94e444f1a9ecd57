import { dealWithSlots, type SlotWork } from "./deal-with-slots.ts";
import type { ScheduleState } from "./slot-store.ts";
import { countsAnewBeforeMs, nextSlot } from "./slots.ts";

/** When the next slot is; null when there is none. */
export interface Looked {
  readonly nextAtMs: number | null;
}

/**
 * The looks of the daemon at clock and slots. The tool looks every few minutes for as long as the PC runs, and
 * nearly always finds nothing: such a look asks the clock and the zone, and neither reads the database nor writes to it.
 */
export class SlotLooks {
  readonly #work: SlotWork;
  /** The schedule as the last look left it, with no slot that is begun or due; undefined: to be read. */
  #known: { readonly state: ScheduleState | undefined; readonly quiet?: QuietTime } | undefined;

  constructor(work: SlotWork) {
    this.#work = work;
  }

  /**
   * Deals with every slot that is due. `mayHaveChanged`: whether somebody may have changed the database since the
   * last look; otherwise only the clock and the zone may be others.
   */
  async look(mayHaveChanged: boolean): Promise<Looked> {
    const idle = mayHaveChanged ? undefined : this.#idle();
    if (idle !== undefined) return idle;
    this.#known = undefined;
    const looked = await dealWithSlots(this.#work);
    this.#known = { state: this.#work.slots.state() };
    return looked;
  }

  /** What a look comes to when nothing is to be done; undefined when something is, or may be. */
  #idle(): Looked | undefined {
    if (this.#known === undefined) return undefined;
    const { clock, host } = this.#work;
    const { state, quiet: known } = this.#known;
    const zone = host.zone();
    const quiet = known?.zone === zone ? known : quietTime(state, zone);
    if (quiet !== known) this.#known = { state, quiet };
    const { fromMs, untilMs } = quiet;
    const nowMs = clock.nowMs();
    if (nowMs < fromMs || nowMs >= untilMs) return undefined;
    return { nextAtMs: untilMs === Infinity ? null : untilMs };
  }
}

/** From when and until when, by the wall clock, nothing is due in a zone. */
interface QuietTime {
  readonly zone: string;
  readonly fromMs: number;
  /** When the next slot is; `Infinity` when there is none. */
  readonly untilMs: number;
}

function quietTime(state: ScheduleState | undefined, zone: string): QuietTime {
  if (state === undefined || state.schedule === null) {
    return { zone, fromMs: -Infinity, untilMs: Infinity };
  }
  const { schedule, isOn, handledDay } = state;
  const fromMs = countsAnewBeforeMs(handledDay, zone);
  return { zone, fromMs, untilMs: isOn ? nextSlot(schedule, zone, handledDay).atMs : Infinity };
}
