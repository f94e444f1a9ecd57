import type { OperationId } from "../../protocol/http/operation-ids.ts";
import type { DiskOperation } from "../../sim-server/faults/disk-fault.ts";
import type { MemoryFault } from "../../sim-server/faults/memory-fault.ts";
import type { SmtpStage } from "../../sim-server/faults/smtp-fault.ts";

/** Where in the world something can go wrong, by the layer whose faults strike there. */
export type FaultPlace =
  | {
      readonly layer: "disk";
      readonly operation: DiskOperation;
      /** As scenarios write it, in the spelling of whoever makes the call. */
      readonly path: string;
      /** Whatever is below it too. */
      readonly below?: true;
    }
  /** With `partPath`: that part of a batch, and not the batch itself. */
  | {
      readonly layer: "storage";
      readonly operation: OperationId;
      readonly partPath?: string;
    }
  | {
      readonly layer: "network";
      readonly host: string;
      /** Whether connections to it begin with a TLS handshake. */
      readonly isSecure: boolean;
    }
  | { readonly layer: "mail"; readonly stage: SmtpStage }
  | { readonly layer: "memory"; readonly activity: MemoryFault["activity"] };

/** A moment at which a fault of a step could strike. */
export interface FaultMoment {
  /** Number of the timeline's step. */
  readonly step: number;
  /** Since the world began. */
  readonly elapsedMs: number;
  readonly place: FaultPlace;
}
