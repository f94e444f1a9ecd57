import type { FiredFault } from "../scenario/fired-fault.ts";
import type { DestinationTouch } from "./destination-touch.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { DiskCallFact, DiskChangeFact, DiskFact } from "./disk-fact.ts";
import type { NetworkFact } from "./network-fact.ts";
import type { RequestFact } from "./request-fact.ts";
import type { ServiceFacts } from "./service-facts.ts";

/**
 * What the world knows about the time in which a job of one device worked, as far as one source and
 * its destination go. Moments are virtual milliseconds since the world began.
 */
export interface ObservationWindow {
  /** The kind of disk that the job is about. */
  readonly disk: Scenario["disk"];
  /** The network that the PC was in. */
  readonly network: NetworkFact;
  readonly startedMs: number;
  readonly endedMs: number;
  /** When it began, among the changes and disk calls of the scenario. */
  readonly startedSeq: number;
  /** Every path at or below the source root when it began. */
  readonly diskBefore: ReadonlyMap<string, DiskFact>;
  /**
   * Whether a folder above the source root was denied: all the time, for some of it, or never. While one is, the root
   * counts as denied, and nobody can tell whether it is there.
   */
  readonly barredAbove: "always" | "for-a-while" | "never";
  /** Changes at or below the source root. */
  readonly diskChanges: readonly DiskChangeFact[];
  /** Calls of the device's agent to the disk. */
  readonly diskCalls: readonly DiskCallFact[];
  readonly serviceBefore: ServiceFacts;
  readonly serviceAfter: ServiceFacts;
  /** How often the destination folder became another one, or an older one, before it began. */
  readonly destinationChangeCount: number;
  /** When the destination folder was last another one: what people did before it was done to that one. */
  readonly destinationSinceSeq: number;
  /** What was done meanwhile to the destination folder as a whole, in order. */
  readonly destinationTouches: readonly DestinationTouch[];
  /** All requests that the service received, of every device. */
  readonly requests: readonly RequestFact[];
  /** How often each fault of the step struck meanwhile. */
  readonly fired: readonly FiredFault[];
  /** How long the PC slept meanwhile, each time. */
  readonly sleepsMs: readonly number[];
}
