import * as fc from "fast-check";

import type { Content } from "../../../scenario/content.ts";
import type { Moment } from "../../../scenario/moment.ts";
import { restoreMomentArbitrary } from "../../restore-moment.ts";
import type { Disturbance } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { withLargeFile } from "./large-file.ts";
import {
  onConflict,
  RESTORED_TO,
  restoreScenario,
  restoring,
  TARGET_NAME,
} from "./restore-scenario.ts";

/** What stands where files are restored to: other bytes, other times, the same file, other kinds. */
export const conflictingTarget: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      onConflict,
      fc.constantFrom<Content>({ size: 100, seed: 1 }, { size: 0, seed: 0 }, { text: "x" }),
      fc.constantFrom("file", "folder", "link", "numbered", "inner"),
    )
    .map(([choice, content, kind]) => {
      const at = `${RESTORED_TO}/${TARGET_NAME}`;
      const trees: Readonly<Record<typeof kind, Tree>> = {
        file: { [at]: { content } },
        folder: { [`${at}/inside`]: { content } },
        link: { [RESTORED_TO]: null, [at]: { kind: "symbolic-link", to: `${RESTORED_TO}/other` } },
        numbered: { [at]: { content }, [`${at} (2)`]: { content } },
        inner: { [`${RESTORED_TO}/inner`]: { content } },
      };
      return { tree: trees[kind], timeline: [restoring({ onConflict: choice })] };
    }),
);

/** Somebody works in the folder while it is restored to. */
export const busyTarget: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(restoreMomentArbitrary, fc.nat({ max: 11 }), onConflict)
    .map(([when, which, choice]) => ({
      timeline: [
        ...withLargeFile,
        restoring({
          onConflict: choice,
          disturbances: [{ when, what: MEDDLING[which % MEDDLING.length] ?? { do: "kill" } }],
        }),
      ],
    })),
);

const AT_TARGET = `${RESTORED_TO}/${TARGET_NAME}`;
const AT_INNER = `${RESTORED_TO}/inner`;

const MEDDLING: readonly Disturbance["what"][] = [
  { do: "delete", path: RESTORED_TO },
  { do: "rename", path: RESTORED_TO, to: "/restored/renamed" },
  { do: "deny", path: RESTORED_TO },
  { do: "make-read-only", path: RESTORED_TO },
  { do: "write", path: AT_TARGET, content: { text: "somebody else's" } },
  { do: "make-folder", path: AT_TARGET },
  { do: "make-link", path: AT_INNER, to: "/data" },
  { do: "delete", path: AT_INNER },
  { do: "deny", path: AT_INNER },
  { do: "delete", path: AT_TARGET },
  { do: "lock", path: AT_TARGET },
  { do: "rename", path: AT_INNER, to: `${RESTORED_TO}/moved` },
];

/** A folder on the way becomes a link right when it was made. */
export const linkedTarget: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom<Moment["at"]>("create", "write", "request", "put-in-place"),
    )
    .map(([nth, at]) => ({
      tree: { [RESTORED_TO]: null },
      timeline: [
        restoring({
          onConflict: "overwrite",
          disturbances: [
            { when: { at, nth } as Moment, what: { do: "delete", path: AT_INNER } },
            { when: { at, nth } as Moment, what: { do: "make-link", path: AT_INNER, to: "/data" } },
          ],
        }),
      ],
    })),
);
