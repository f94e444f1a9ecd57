import * as fc from "fast-check";

import { TARGET_CALLS, type Moment } from "../scenario/moment.ts";

/** Any call that a restore makes where it restores to. */
export const restoreCallArbitrary = fc.constantFrom(...TARGET_CALLS);

/** Any moment of a restore. */
export const restoreMomentArbitrary: fc.Arbitrary<Moment> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((nth): Moment => ({ at: "request", nth })),
  fc.integer({ min: 1, max: 8 }).map((nth): Moment => ({ at: "row", nth })),
  fc
    .tuple(restoreCallArbitrary, fc.integer({ min: 1, max: 10 }))
    .map(([at, nth]): Moment => ({ at, nth })),
);
