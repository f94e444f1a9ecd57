import type { Violation } from "../checkers/shared/violation.ts";

/** Where a scenario of a search comes from. */
export type SearchOrigin =
  /** As a series makes it: see `plannedRun`. */
  | { readonly kind: "fresh"; readonly seriesSeed: number }
  /** It was kept. */
  | { readonly kind: "kept"; readonly path: string }
  /** Changes of one that was kept, with parts of another; both are files. */
  | {
      readonly kind: "changed";
      readonly path: string;
      readonly donorPath: string;
      readonly seed: string;
    };

/** What one run of a search came to: small enough to be passed between threads. */
export interface SearchedRun {
  /** Its number in the search; those that were kept before it began have negative ones. */
  readonly index: number;
  /** See {@link SearchOrigin}. */
  readonly origin: SearchOrigin["kind"];
  readonly violations: readonly Violation[];
  /** What it came to, see `featuresOf`; nothing of a run with violations. */
  readonly features: readonly number[];
  /** The scenario as JSON. */
  readonly text: string;
  /** Changes that were thrown away before this one, since they made of a scenario what is none. */
  readonly thrownAwayCount: number;
}
