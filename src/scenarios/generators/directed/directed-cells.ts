import type * as fc from "fast-check";

import { Ledger, type Hit } from "../../coverage/ledger.ts";
import type { Phase } from "../../coverage/phase.ts";
import type { Topic } from "../../coverage/topic.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { BACKUP_CELLS } from "./backup/backup-cells.ts";
import type { CellGenerators } from "./cell-generators.ts";
import { DELETE_CELLS } from "./delete/delete-cells.ts";
import { RESTORE_CELLS } from "./restore/restore-cells.ts";
import { SCHEDULE_OUTCOME_CELLS } from "./schedule/schedule-outcome-cells.ts";
import { SLOT_CELLS } from "./schedule/slot-cells.ts";

/** A declared cell and what reaches it. */
interface DirectedCell {
  readonly cause: Hit["cause"];
  readonly phase: Phase;
  readonly topic: Topic;
  readonly arbitrary: fc.Arbitrary<Scenario>;
}

/** Leaving out a cause or an outcome does not compile. */
const GENERATORS: CellGenerators<Hit["cause"]> = {
  ...BACKUP_CELLS,
  ...RESTORE_CELLS,
  ...DELETE_CELLS,
  ...SLOT_CELLS,
  ...SCHEDULE_OUTCOME_CELLS,
};

/** Every declared cell with its generator, in the order of the causes, then what is no cause. */
export function directedCells(): readonly DirectedCell[] {
  return new Ledger().cells().map(({ cause, phase, topic }) => ({
    cause,
    phase,
    topic,
    arbitrary: GENERATORS[cause](phase),
  }));
}
