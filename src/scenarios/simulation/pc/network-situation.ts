import type { World } from "../../../sim-server/world.ts";
import type { NetworkData } from "../../scenario/network.ts";

/** The network that the PC is in, as it is now. */
export class NetworkSituation {
  readonly #world: World;
  #now: NetworkData = {};

  constructor(world: World, begin: NetworkData = {}) {
    this.#world = world;
    this.#put(begin);
  }

  /** What there is now; nothing where the network is an ordinary one. */
  get now(): NetworkData {
    return this.#now;
  }

  /** The PC is in another network from now on: what is open breaks. Says whether it is another one. */
  change(to: NetworkData): boolean {
    if (JSON.stringify(to) === JSON.stringify(this.#now)) return false;
    this.#put(to);
    this.#world.network.cut();
    return true;
  }

  #put(to: NetworkData): void {
    this.#now = to;
    this.#world.network.inspection = to.inspection;
  }
}
