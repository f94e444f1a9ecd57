import type { World } from "../../../sim-server/world.ts";
import type { PcChange, PcFact } from "../../observation/pc-record.ts";

/** What is so about the PC, and from when on: put down as it changes, for the judge. */
export class PcFacts {
  readonly all: PcFact[] = [];
  readonly #world: World;
  readonly #isRunUnderWay: () => boolean;

  /** `isRunUnderWay` says whether a run of a slot or of a person is. */
  constructor(world: World, isRunUnderWay: () => boolean) {
    this.#world = world;
    this.#isRunUnderWay = isRunUnderWay;
  }

  /** Puts down what is so from now on. */
  note(change: PcChange): void {
    const { clock, trace } = this.#world;
    this.all.push({
      elapsedMs: clock.elapsedMs(),
      wallMs: clock.nowMs(),
      change,
      isDuringRun: this.#isRunUnderWay(),
    });
    trace.add("pc", "fact", JSON.stringify(change));
  }
}
