import * as fc from "fast-check";

import type { Tree } from "../../../scenario/tree-node.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { HOSTILE_ENTRIES } from "../../../../sim-server/faults/storage-fault.ts";
import { LASTING } from "../exchange-faults.ts";
import { restoreScenario, restoring, TARGET_NAME } from "./restore-scenario.ts";

/** Listings that no honest service gives, and a service that has the files they name. */
export const hostileListing: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.subarray([...HOSTILE_ENTRIES], { minLength: 1 }),
      fc.constantFrom<Tree>({}, { "/data/outside": { content: { text: "theirs" } } }),
    )
    .map(([entries, tree]) => ({
      tree,
      timeline: [
        restoring({
          onConflict: "overwrite",
          faults: {
            storage: [
              { kind: "hostile-listing", operation: "getFolder", times: "forever", entries },
              ...FALSE_PLACES.map((path) => ({
                kind: "false-file" as const,
                operation: "getFile" as const,
                path,
                times: "forever" as const,
              })),
            ],
          },
        }),
      ],
    })),
);

/** Where the files of hostile entries are asked for. */
const FALSE_PLACES = ["**outside", "**/link"] as const;

/** A listing that never comes to its end, always or a few times. */
export const endlessListing: fc.Arbitrary<Scenario> = restoreScenario(
  fc.constantFrom<"forever" | number>("forever", 1, 3).map((times) => ({
    timeline: [
      restoring({
        faults: { storage: [{ kind: "endless-listing", operation: "getFolder", times }] },
      }),
    ],
  })),
);

/** Answers that are not tried again: of something in between, or of nothing the contract knows. */
export const falseAnswer: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"block-page" | "unknown-answer">("block-page", "unknown-answer"),
      fc.constantFrom<{ path?: string; operation?: "getFile" | "getFolder" }>(
        {},
        { operation: "getFolder" },
        { operation: "getFile" },
        { operation: "getFile", path: `**/${TARGET_NAME}` },
      ),
    )
    .map(([kind, where]) => ({
      timeline: [restoring({ faults: { storage: [{ kind, times: "forever", ...where }] } })],
    })),
);

/** The service cannot show that it is the service. */
export const failingTls: fc.Arbitrary<Scenario> = restoreScenario(
  fc.constant({
    secure: true,
    timeline: [
      restoring({
        faults: LASTING.tls[0],
      }),
    ],
  }),
);
