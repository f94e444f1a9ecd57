import * as fc from "fast-check";

import type { ServiceAct } from "../../scenario/service-act.ts";
import { servicePathArbitrary } from "./act-parts.ts";
import type { ActsStretch } from "./stretches.ts";

type Told = "right" | "wrong" | undefined;

const ALL: readonly Told[] = ["right", "wrong", undefined];
const OF_A_PART = ["right", "wrong"] as const;

/** Of the file and of the request, each is told right, wrong or not at all, in every pair. */
const IN_PUTS = ALL.flatMap((ofFile) => ALL.map((ofRequest) => ({ ofFile, ofRequest })));
const OF_PARTS = OF_A_PART.flatMap((ofPart) => ALL.map((ofRequest) => ({ ofPart, ofRequest })));

function inRequest(told: Told): { readonly contentDigest?: "right" | "wrong" } {
  return told === undefined ? {} : { contentDigest: told };
}

/** Files and batches with a digest of the file and one of the request, of which either may be wrong or not there. */
export const toldDigests: ActsStretch = fc
  .record({
    path: servicePathArbitrary,
    seed: fc.nat({ max: 99 }),
    puts: fc.shuffledSubarray(IN_PUTS, { minLength: IN_PUTS.length }),
    batches: fc.shuffledSubarray(OF_PARTS, { minLength: OF_PARTS.length }),
  })
  .map(({ path, seed, puts, batches }): ServiceAct[] => {
    const file = (at: number) => ({
      path,
      content: { size: 9, seed: seed * 99 + at },
      modifiedAtNs: String(at),
    });
    return [
      ...puts.map(({ ofFile, ofRequest }, at): ServiceAct => ({
        do: "put-file",
        ...file(at),
        digest: ofFile ?? "none",
        ...inRequest(ofRequest),
      })),
      ...batches.map(({ ofPart, ofRequest }, at): ServiceAct => ({
        do: "batch",
        parts: [{ kind: "file", ...file(puts.length + at), digest: ofPart }],
        ...inRequest(ofRequest),
      })),
    ];
  });
