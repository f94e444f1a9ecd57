import type { ServiceState } from "../handlers/request-context.ts";
import type { Stores } from "../snapshot/restore-snapshot.ts";
import type { StoreJournal } from "../stores/store-journal.ts";

/** Where a service keeps what it knows over restarts. */
export interface ServiceData extends StoreJournal {
  /**
   * The stores as they were written down last; undefined when nothing was yet. Throws an Error when
   * what is there cannot be used.
   */
  load(settings: Pick<ServiceState, "clock" | "entropy" | "memoryBytesMax">): Stores | undefined;
  /** Whose stores these are from now on: read anew when everything has to be written. */
  attach(state: ServiceState): void;
  /** Writes everything down anew, since the stores are others now; at once in the eyes of a restart. */
  replaceAll(): void;
  /**
   * Resolves when every change told so far outlives the end of the process and of the machine;
   * undefined when nothing is open. Rejects when it cannot be written; it is tried again with the next.
   */
  settle(): Promise<void> | undefined;
  /** The same at once; false when it has to wait or cannot be done. Never throws. */
  settleNow(): boolean;
  /**
   * Knows nothing any more but what is written down, as after the end of the process: what was not settled is
   * gone. `load` and `attach` follow.
   */
  reopen(): void;
  /** Writes down what is open and lets go of the files. */
  close(): Promise<void>;
}
