import * as fc from "fast-check";

import type { OutcomeId } from "../coverage/declared-cells.ts";
import type { Hit } from "../coverage/ledger.ts";
import type { Phase } from "../coverage/phase.ts";
import type { Scenario } from "../scenario.ts";
import { minutes, slotScenario } from "./directed-slots.ts";
import { ROOT, SECOND } from "./surroundings.ts";

const DIRECTED: Record<OutcomeId, (phase: Phase) => fc.Arbitrary<Scenario>> = {
  "SLOT-RUN": (phase) =>
    slotScenario(
      fc.boolean().map((isSignedOut) => ({
        timeline: [
          ...(phase === "first-try"
            ? []
            : [
                {
                  do: "backup" as const,
                  disturbances: [
                    { when: { at: "request" as const, nth: 1 }, what: { do: "kill" as const } },
                  ],
                },
              ]),
          { do: "register-task", password: "right" },
          minutes(10),
          ...(isSignedOut ? [{ do: "sign-out" as const }] : []),
          minutes(60),
        ],
      })),
    ),
  "SLOT-DEL-NR-2": () =>
    slotScenario(
      fc.constant({
        compareDelete: true,
        sources: [ROOT, "/data/photos"],
        tree: { "/data/photos/one": { content: { text: "one" } } },
        timeline: [
          { do: "backup" },
          minutes(10),
          { do: "delete", path: SECOND },
          {
            do: "wait",
            ms: 60 * 60_000,
            disturbances: [{ when: { at: "deletion", nth: 1 }, what: { do: "close-tool" } }],
          },
        ],
      }),
    ),
};

/** Whether it is no cause. */
export function isDirectedOutcome(cause: Hit["cause"]): cause is OutcomeId {
  return Object.hasOwn(DIRECTED, cause);
}

/** A scenario in which it comes about. */
export function directedOutcome(outcome: OutcomeId, phase: Phase): fc.Arbitrary<Scenario> {
  return DIRECTED[outcome](phase);
}
