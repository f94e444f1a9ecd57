import { nextLocalStart } from "../../../sim-server/host/next-local-start.ts";
import type { SimPc } from "../../../sim-server/host/sim-pc.ts";
import type { World } from "../../../sim-server/world.ts";
import { EVERY_DAY, minuteOfDay } from "../../scenario/pc.ts";
import type { PcFacts } from "../observe/pc-facts.ts";

/** What the PC's clock shows, and who sets it. */
export class PcClock {
  readonly #world: World;
  readonly #pc: SimPc;
  readonly #facts: PcFacts;
  #zone: string;

  /** Begins in this zone, by its IANA name. */
  constructor(world: World, pc: SimPc, facts: PcFacts, zone: string) {
    this.#world = world;
    this.#pc = pc;
    this.#facts = facts;
    this.#zone = zone;
  }

  /** The zone it is set to. */
  get zone(): string {
    return this.#zone;
  }

  /** Milliseconds until it shows a time, `HH:MM`, next. */
  untilTime(time: string): number {
    const nowMs = this.#world.clock.nowMs();
    const daily = { weekdays: EVERY_DAY, minuteOfDay: minuteOfDay({ time, weekdays: EVERY_DAY }) };
    return nextLocalStart(this.#zone, daily, nowMs) - nowMs;
  }

  /** Sets it forward, or back. */
  set(byMs: number): void {
    const beforeMs = this.#world.clock.nowMs();
    this.#pc.setWallClock(beforeMs + byMs);
    this.#facts.note({ what: "clock", beforeMs });
  }

  /** Sets it to another zone. */
  setZone(zone: string): void {
    this.#zone = zone;
    this.#pc.setZone(zone);
    this.#facts.note({ what: "zone", zone });
  }
}
