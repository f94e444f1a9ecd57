import type * as fc from "fast-check";

import { CAUSE_IDS, type CauseId } from "../../protocol/cause.ts";
import { DECLARED_CELLS } from "../coverage/declared-cells.ts";
import type { Phase } from "../coverage/phase.ts";
import type { Scenario } from "../scenario.ts";
import { directedDeletion, isDirectedDeleteCause } from "./directed-deletions.ts";
import { directedArbitrary, isDirectedCause } from "./directed.ts";
import { directedRestore, isRestoreCause } from "./directed-restores.ts";

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
    if (phases === "later") return [];
    return phases.flatMap((phase) => {
      const arbitrary = arbitraryOf(cause, phase);
      return arbitrary === undefined ? [] : { cause, phase, arbitrary };
    });
  });
}

function arbitraryOf(cause: CauseId, phase: Phase): fc.Arbitrary<Scenario> | undefined {
  if (isDirectedCause(cause)) return directedArbitrary(cause, phase);
  if (isRestoreCause(cause)) return directedRestore(cause, phase);
  return isDirectedDeleteCause(cause) ? directedDeletion(cause, phase) : undefined;
}
