/** What `search-copy.ts` prints. */
export type CopyLine =
  | {
      readonly kind: "failure";
      readonly index: number;
      /** Where its scenario comes from. */
      readonly origin: string;
      /** How it fails. */
      readonly name: string;
      /** Processor time behind the start of the search. */
      readonly cpuSeconds: number;
      /** The scenario as JSON. */
      readonly text: string;
    }
  | {
      readonly kind: "sum";
      readonly runCount: number;
      readonly changedCount: number;
      readonly keptCount: number;
      readonly cpuSeconds: number;
    };
