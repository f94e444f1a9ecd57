import type { DiskFault } from "../../../sim-server/faults/disk-fault.ts";
import type { MemoryFault } from "../../../sim-server/faults/memory-fault.ts";
import type { NetworkFault } from "../../../sim-server/faults/network-fault.ts";
import type { SmtpFault } from "../../../sim-server/faults/smtp-fault.ts";
import type { StorageFault } from "../../../sim-server/faults/storage-fault.ts";
import type { Disturbance } from "../../scenario/step.ts";

/** The layers of the world in which a fault can strike; `process` is the tool itself and the power of its PC. */
export const FAULT_LAYERS = ["disk", "storage", "network", "mail", "memory", "process"] as const;

/** One of {@link FAULT_LAYERS}. */
export type FaultLayer = (typeof FAULT_LAYERS)[number];

/** Where points count: one step of a scenario, in one layer. */
export interface FaultWindow {
  /** Number of the timeline's step. */
  readonly step: number;
  readonly layer: FaultLayer;
}

/** A point at which something can go wrong: an I/O of the tool, as its layer counts them. */
export interface FaultPoint extends FaultWindow {
  /** From 1, in the order of its window. */
  readonly number: number;
  /** What is done there, and the how manieth time: `read /data/a #2`. */
  readonly what: string;
  /** Since the world began. */
  readonly elapsedMs: number;
}

/** A fault as it stands in a scenario. */
export type PlacedFault =
  | { readonly layer: "disk"; readonly fault: DiskFault }
  | { readonly layer: "storage"; readonly fault: StorageFault }
  | { readonly layer: "network"; readonly fault: NetworkFault }
  | { readonly layer: "mail"; readonly fault: SmtpFault }
  | { readonly layer: "memory"; readonly fault: MemoryFault }
  | { readonly layer: "process"; readonly fault: Disturbance };

/** A fault with the name that it has in a sweep. */
export type NamedFault = readonly [name: string, placed: PlacedFault];

/** One fault at one point. */
export interface Strike {
  readonly point: FaultPoint;
  /** Which fault, and whether it strikes `once` or from there `on`. */
  readonly name: string;
  readonly placed: PlacedFault;
}

/** What tells a strike apart from every other one of its scenario. */
export function strikeId({ point: { step, layer, number }, name }: Strike): string {
  return `${step}/${layer}/${number}/${name}`;
}
