import type { Message } from "../../messages/message.ts";
import type { Topic } from "../coverage/topic.ts";
import type { Counterexample, RunOutcome } from "./run-outcome.ts";

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

/** What a thread is asked: run one of a series, make its scenario smaller, or run one of a file. */
export type WorkerRequest =
  | ({ readonly kind: "run" } & RunNumber)
  | ({
      readonly kind: "shrink";
      readonly triesMax: number;
    } & RunNumber)
  | { readonly kind: "file"; readonly path: string; readonly index: number };

/** What is answered; `died` by the pool, for a thread that broke down, or by a thread that has a reason to tell. */
export type WorkerAnswer =
  | { readonly kind: "outcome"; readonly outcome: RunOutcome }
  | { readonly kind: "counterexample"; readonly counterexample: Counterexample }
  | {
      readonly kind: "died";
      /** What the thread broke down with. */
      readonly reason: Message;
    };
