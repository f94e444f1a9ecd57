import * as fc from "fast-check";

import type { Moment } from "../scenario/moment.ts";

/** Any moment of a restore. */
export const restoreMomentArbitrary: fc.Arbitrary<Moment> = fc.oneof(
  fc.integer({ min: 1, max: 12 }).map((nth): Moment => ({ at: "request", nth })),
  fc.integer({ min: 1, max: 8 }).map((nth): Moment => ({ at: "row", nth })),
  fc
    .tuple(
      fc.constantFrom(
        "enter",
        "make-folder",
        "create",
        "write",
        "set-times",
        "sync",
        "put-in-place",
        "remove",
      ),
      fc.integer({ min: 1, max: 10 }),
    )
    .map(([at, nth]): Moment => ({ at, nth })),
);
