import type { Message } from "../../messages/message.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { Topic } from "../coverage/topic.ts";
import type { FaultWindow, Strike } from "../sweep/faults/strike.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { RunOutcome } from "./run-outcome.ts";
import type { SearchedRun, SearchOrigin } from "./searched-run.ts";
import type { SliceStrike } from "./slice-strike.ts";
import type { StrikeAnswer } from "./strike-outcome.ts";

/** Which run of which series. */
interface RunNumber {
  readonly seriesSeed: number;
  readonly index: number;
  /** The one kind of job the series is about; undefined: all. */
  readonly only: Topic | undefined;
}

/** What a thread is given when it starts. */
export interface WorkerData {
  /** Where the process keeps its compiled modules; undefined: nowhere. */
  readonly compileCacheFolder: string | undefined;
}

/**
 * What a thread is asked: run one of a series, one of a file, or one of a search; see what breaks in a scenario; find
 * whatever can strike in a window of a file, let one of it strike, or two; or let one strike that a series has in its
 * slice.
 */
export type WorkerRequest =
  | ({ readonly kind: "run" } & RunNumber)
  | { readonly kind: "file"; readonly path: string; readonly index: number }
  | { readonly kind: "search"; readonly index: number; readonly origin: SearchOrigin }
  | {
      readonly kind: "try";
      readonly index: number;
      readonly scenario: Scenario;
      /** Whether it is run twice, to see that both traces are the same (I15). */
      readonly isRepeated: boolean;
    }
  | { readonly kind: "points"; readonly path: string; readonly window: FaultWindow }
  | { readonly kind: "strike"; readonly path: string; readonly strikes: readonly Strike[] }
  | ({ readonly kind: "slice"; readonly index: number } & SliceStrike);

/** One of them that is a run of a series. */
export type SeriesRequest = Extract<WorkerRequest, { kind: "run" | "file" | "slice" }>;

/** What is answered; `died` by the pool, for a thread that broke down, or by a thread that has a reason to tell. */
export type WorkerAnswer =
  | { readonly kind: "outcome"; readonly outcome: RunOutcome }
  | { readonly kind: "searched"; readonly run: SearchedRun }
  | { readonly kind: "tried"; readonly violations: readonly Violation[] }
  | {
      readonly kind: "points";
      readonly pointCount: number;
      readonly strikes: readonly Strike[];
      /** What the scenario violates when nothing strikes. */
      readonly violations: readonly Violation[];
    }
  | { readonly kind: "struck"; readonly outcome: StrikeAnswer }
  | {
      readonly kind: "died";
      /** What the thread broke down with. */
      readonly reason: Message;
    };
