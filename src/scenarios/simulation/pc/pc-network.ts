import type { World } from "../../../sim-server/world.ts";
import type { PcFacts } from "../observe/pc-facts.ts";

/** How a network can be out. */
type Outage = "unreachable" | "unresolved" | "silent";

/** The PC's network, as a person has it: there, or out for as long as it pleases him. */
export class PcNetwork {
  readonly #world: World;
  readonly #facts: PcFacts;
  #outage: Outage | undefined;

  constructor(world: World, facts: PcFacts) {
    this.#world = world;
    this.#facts = facts;
  }

  /** How it is out, if it is. */
  get outage(): Outage | undefined {
    return this.#outage;
  }

  /** It is out from now on. */
  down(outage: Outage): void {
    this.#outage = outage;
    this.#world.network.down(outage);
    this.#facts.note({ what: "network", isUp: false });
  }

  /** It is there again; does nothing where it is. */
  up(): void {
    if (this.#outage === undefined) return;
    this.#outage = undefined;
    this.#world.network.up();
    this.#facts.note({ what: "network", isUp: true });
  }

  /** Faults of a step may hinder it from now on. */
  hindered(): void {
    this.#facts.note({ what: "network", isUp: false });
  }

  /** The faults of a step are over. */
  unhindered(): void {
    this.#facts.note({ what: "network", isUp: this.#outage === undefined });
  }
}
