import type { ScenarioSize } from "../../src/scenarios/shrinking/scenario-size.ts";

/** What `shrink-in-copy.ts` prints. */
export interface ShrinkLine {
  /** The number of the run. */
  readonly index: number;
  /** The law that broke first. */
  readonly law: string;
  readonly found: ScenarioSize;
  readonly shrunk: ScenarioSize;
  /** Scenarios run on the way. */
  readonly triedCount: number;
  /** What is left. */
  readonly text: string;
}
