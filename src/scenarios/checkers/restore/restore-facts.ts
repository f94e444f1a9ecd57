import type { RestoreRun } from "../../observation/restore-run.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";
import { restoreCommunication, type RestoreCommunication } from "./restore-communication.ts";
import { placeExists, restoredEntries, type RestoredEntry } from "./restored-entries.ts";

/** A restore, with what follows from its faults and from what people did. */
export interface RestoreFacts {
  readonly run: RestoreRun;
  readonly communication: RestoreCommunication;
  readonly entries: readonly RestoredEntry[];
  readonly placeExists: boolean;
  /** Whether the folder to restore to was there, as a folder, when the job began. */
  readonly targetExists: boolean;
  /** Whether somebody took the folder itself away, or made something else of it, while the job ran. */
  readonly targetTouched: boolean;
  /** Whether somebody deleted or renamed on the service what is restored, while the job ran. */
  readonly placeTouched: boolean;
  readonly memoryRanOut: boolean;
}

/** Gathers what follows from a restore's faults. */
export function restoreFacts(run: RestoreRun, retryPolicy: RetryPolicy): RestoreFacts {
  return {
    run,
    communication: restoreCommunication(run, retryPolicy),
    entries: restoredEntries(run),
    placeExists: placeExists(run),
    targetExists: run.targetBefore.get("")?.kind === "folder",
    targetTouched: run.targetChanges.some(({ path }) => path === ""),
    placeTouched: run.storedChanges.some(({ path }) => path === "" || path === run.path),
    memoryRanOut: run.fired.some(({ layer, hitCount }) => layer === "memory" && hitCount > 0),
  };
}
