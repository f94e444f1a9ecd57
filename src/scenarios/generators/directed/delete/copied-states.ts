import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import {
  directedScenario,
  INNER_FOLDER,
  ROOT,
  SECOND,
  surroundingsArbitrary,
  TARGET,
} from "../directed-scenario.ts";

const DAY_MS = 24 * 3_600_000;

/** What the other PC lacks or has of its own. */
const OTHER_FILES: readonly (readonly Step[])[] = [
  [{ do: "delete", path: TARGET }],
  [{ do: "delete", path: INNER_FOLDER }],
  [{ do: "write", path: SECOND, content: { text: "the other PC's" } }],
  [{ do: "empty", path: ROOT }],
  [{ do: "remount", path: ROOT, holds: "same" }],
  [],
];

/**
 * The tool's folder is copied to another PC, where other files are, once or twice; somebody confirms the deletions
 * there, or nobody does.
 */
export const copiedState: fc.Arbitrary<Scenario> = fc
  .record({
    around: surroundingsArbitrary(false),
    isBackedUp: fc.boolean(),
    stays: fc.array(
      fc.record({
        files: fc.constantFrom(...OTHER_FILES),
        how: fc.constantFrom<"backup" | "confirmed" | "stopped" | "restarted">(
          "backup",
          "confirmed",
          "stopped",
          "restarted",
        ),
      }),
      { minLength: 1, maxLength: 2 },
    ),
  })
  .map(({ around, isBackedUp, stays }) => {
    const timeline: Step[] = isBackedUp ? [{ do: "backup" }, { do: "wait", ms: DAY_MS }] : [];
    for (const { files, how } of stays) {
      timeline.push({ do: "move-state" }, ...files, backupOf(how));
      if (how === "restarted") timeline.push({ do: "restart", how: "power-loss" });
      timeline.push({ do: "wait", ms: DAY_MS }, { do: "backup" });
    }
    return directedScenario(around, { compareDelete: true, timeline });
  });

function backupOf(how: "backup" | "confirmed" | "stopped" | "restarted"): Step {
  if (how === "confirmed") return { do: "backup", confirmDeletions: true };
  if (how !== "stopped") return { do: "backup" };
  const disturbances = [{ when: { at: "deleted", nth: 1 }, what: { do: "kill" } } as const];
  return { do: "backup", confirmDeletions: true, disturbances };
}
