import type * as fc from "fast-check";

import { CAUSE_IDS, type CauseId } from "../../protocol/cause.ts";
import { DECLARED_CELLS } from "../coverage/declared-cells.ts";
import type { Phase } from "../coverage/phase.ts";
import type { Scenario } from "../scenario.ts";
import { directedArbitrary, isDirectedCause } from "./directed.ts";

/** A declared cell and what reaches it. */
export interface DirectedCell {
  readonly cause: CauseId;
  readonly phase: Phase;
  readonly arbitrary: fc.Arbitrary<Scenario>;
}

/** Every declared cell with its generator, in the order of the causes. */
export function directedCells(): readonly DirectedCell[] {
  return CAUSE_IDS.flatMap((cause) => {
    const phases = DECLARED_CELLS[cause];
    if (phases === "later" || !isDirectedCause(cause)) return [];
    return phases.map((phase) => ({ cause, phase, arbitrary: directedArbitrary(cause, phase) }));
  });
}
