import type * as fc from "fast-check";

import type { CauseId } from "../../protocol/cause.ts";
import { Ledger, type Hit } from "../coverage/ledger.ts";
import type { Phase } from "../coverage/phase.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { directedDeletion, isDirectedDeleteCause } from "./delete/directed-deletions.ts";
import { directedArbitrary, isDirectedCause } from "./directed.ts";
import { directedOutcome, isDirectedOutcome } from "./directed-outcomes.ts";
import { directedSlot, isSlotCause } from "./schedule/directed-slots.ts";
import { directedRestore, isRestoreCause } from "./restore/directed-restores.ts";

/** A declared cell and what reaches it. */
export interface DirectedCell {
  readonly cause: Hit["cause"];
  readonly phase: Phase;
  readonly arbitrary: fc.Arbitrary<Scenario>;
}

/** Every declared cell with its generator, in the order of the causes, then what is no cause. */
export function directedCells(): readonly DirectedCell[] {
  return new Ledger().cells().flatMap(({ cause, phase }) => {
    const arbitrary = isDirectedOutcome(cause)
      ? directedOutcome(cause, phase)
      : arbitraryOf(cause, phase);
    return arbitrary === undefined ? [] : { cause, phase, arbitrary };
  });
}

function arbitraryOf(cause: CauseId, phase: Phase): fc.Arbitrary<Scenario> | undefined {
  if (isSlotCause(cause)) return directedSlot(cause, phase);
  if (isDirectedCause(cause)) return directedArbitrary(cause, phase);
  if (isRestoreCause(cause)) return directedRestore(cause, phase);
  return isDirectedDeleteCause(cause) ? directedDeletion(cause, phase) : undefined;
}
