import * as fc from "fast-check";

import type { BackupStep, Disturbance, Step } from "../../../scenario/step.ts";
import { REMOVALS } from "./delete-cells.ts";
import { SECOND, TARGET } from "../directed-scenario.ts";

/** A backup with nothing in its way. */
export const BACKUP: BackupStep = { do: "backup" };

/** The same, by somebody who confirms the deletions that are held (D15). */
export const CONFIRMED: BackupStep = { do: "backup", confirmDeletions: true };

/** Everything is on the service, and old enough. */
export const SETTLED: readonly Step[] = [BACKUP, { do: "wait", ms: 5000 }];

/** One of the ways in which something goes. */
export const removal: fc.Arbitrary<Step> = fc.constantFrom(...REMOVALS);

/** Moments at which what was seen by the scan may no longer be so. */
export const lateMoment: fc.Arbitrary<Disturbance["when"]> = fc.constantFrom<Disturbance["when"]>(
  { at: "deletion", nth: 1 },
  { at: "stat", path: TARGET, nth: 1 },
  { at: "stat", path: SECOND, nth: 1 },
  { at: "deleted", nth: 1 },
);
