import * as fc from "fast-check";

import type { BackupCauseId } from "../../../../protocol/causes/causes.ts";
import type { Phase } from "../../../coverage/phase.ts";
import type { Pc } from "../../../scenario/pc.ts";
import type { Step } from "../../../scenario/step.ts";
import type { CellGenerators } from "../cell-generators.ts";
import { minutes, slotScenario, START_AGAIN, type SlotCase } from "./slot-scenario.ts";

/** Why a slot did not run. */
type SlotCause = Extract<BackupCauseId, `B-NR-${string}`>;

const ANY_KIND = fc.constantFrom<Pc["kind"]>(
  "windows-11",
  "windows-11",
  "windows-server",
  "macos",
  "linux",
);

/** Things that happen before the slot, which then passes; so many minutes in all. */
function over(before: readonly Step[], after: readonly Step[] = START_AGAIN): SlotCase["timeline"] {
  return [minutes(10), ...before, minutes(70), ...after, minutes(5)];
}

const CAUSES: Record<SlotCause, (phase: Phase) => fc.Arbitrary<SlotCase>> = {
  "B-NR-1": (phase) =>
    fc.tuple(ANY_KIND, fc.boolean()).map(([kind, hasTask]) => ({
      kind,
      timeline: over([
        ...(hasTask && phase === "first-try"
          ? [
              { do: "register-task" as const, password: "right" as const },
              { do: "change-password" as const },
              { do: "remove-task" as const },
            ]
          : []),
        { do: phase === "first-try" ? "close-tool" : "kill-tool" },
      ]),
    })),
  "B-NR-2": () =>
    ANY_KIND.map((kind) => ({ kind, timeline: over([{ do: "logout" }], [{ do: "login" }]) })),
  "B-NR-3": () => ANY_KIND.map((kind) => ({ kind, timeline: over([{ do: "sleep" }]) })),
  "B-NR-4": () => ANY_KIND.map((kind) => ({ kind, timeline: over([{ do: "hibernate" }]) })),
  "B-NR-5": (phase) =>
    ANY_KIND.map((kind) => ({
      kind,
      timeline: over([{ do: phase === "first-try" ? "shut-down" : "lose-power" }]),
    })),
  "B-NR-6": () => ANY_KIND.map((kind) => ({ kind, timeline: over([{ do: "sign-out" }]) })),
  "B-NR-7": () =>
    fc.constantFrom<SlotCase>(
      { pc: { networkSources: [0] }, timeline: over([{ do: "close-tool" }]) },
      {
        // The task starts the tool, and nobody is there to connect the drive.
        pc: { networkSources: [0] },
        timeline: over([{ do: "register-task", password: "right" }, { do: "sign-out" }]),
      },
    ),
  "B-NR-8": () =>
    fc.boolean().map((hasTask) => ({
      kind: "windows-server-2012" as const,
      timeline: over([
        ...(hasTask ? [{ do: "register-task" as const, password: "right" as const }] : []),
        { do: "sign-out" },
      ]),
    })),
  "B-NR-9": () =>
    fc
      .tuple(
        ANY_KIND,
        fc.constantFrom("close-tool" as const, "sign-out" as const),
        fc.integer({ min: 1, max: 4 }),
      )
      .map(([kind, act, lead]) => ({
        kind,
        timeline: [minutes(60 - lead), { do: act }, minutes(10), ...START_AGAIN, minutes(5)],
      })),
};

/** The cells of slots that did not run. */
export const SLOT_CELLS = Object.fromEntries(
  Object.entries(CAUSES).map(([cause, cases]) => [
    cause,
    (phase: Phase) => slotScenario(cases(phase)),
  ]),
) as CellGenerators<SlotCause>;
