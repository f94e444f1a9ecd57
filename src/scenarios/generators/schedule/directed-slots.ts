import * as fc from "fast-check";

import type { BackupCauseId, CauseId } from "../../../protocol/cause.ts";
import type { Phase } from "../../coverage/phase.ts";
import { EVERY_DAY, type Pc } from "../../scenario/pc.ts";
import type { Step } from "../../scenario/step.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { directedScenario, surroundingsArbitrary, type Directed } from "../surroundings.ts";

/** Why a slot did not run. */
type SlotCause = Extract<BackupCauseId, `B-NR-${string}`>;

const MINUTE_MS = 60_000;
/** An hour after 09:00 in Tokyo, when directed scenarios begin. */
const SLOT_TIME = "10:00";

/** Whatever the PC and its tool are in, they run afterwards: what is not needed is not done. */
export const START_AGAIN: readonly Step[] = [
  { do: "wake" },
  { do: "boot" },
  { do: "sign-in" },
  { do: "start-tool" },
];

/** Time passes. */
export function minutes(count: number): Step {
  return { do: "wait", ms: count * MINUTE_MS };
}

/** A PC with a daily slot at 10:00, an hour after the scenario begins, or later. */
export interface SlotWish {
  readonly kind?: Pc["kind"];
  readonly pc?: Partial<Pc>;
  /** `HH:MM`. */
  readonly time?: string;
  readonly timeline: readonly Step[];
}

/** What a scenario has to have for a PC. */
export function pcOf(kind: Pc["kind"]): Pick<Scenario, "disk"> & { readonly pc: Pc } {
  const disk = kind === "macos" || kind === "linux" ? kind : "windows";
  return { disk, pc: { kind } };
}

/** Harmless surroundings with a PC in them. */
export function slotScenario(
  wishes: fc.Arbitrary<
    SlotWish & Partial<Directed> & Partial<Pick<Scenario, "zone" | "start" | "mail">>
  >,
): fc.Arbitrary<Scenario> {
  return fc
    .tuple(surroundingsArbitrary(false), wishes)
    .map(
      ([
        around,
        { kind = "windows-11", pc, time = SLOT_TIME, timeline, zone, start, mail, ...rest },
      ]) => {
        const base = pcOf(kind);
        return {
          ...directedScenario(around, { disk: base.disk, ...rest, timeline }),
          ...(zone === undefined ? {} : { zone }),
          ...(start === undefined ? {} : { start }),
          ...(mail === undefined ? {} : { mail }),
          pc: { ...base.pc, ...pc },
          schedule: { weekdays: EVERY_DAY, time },
        };
      },
    );
}

const ANY_KIND = fc.constantFrom<Pc["kind"]>(
  "windows-11",
  "windows-11",
  "windows-server",
  "macos",
  "linux",
);

/** Things that happen before the slot, which then passes; so many minutes in all. */
function over(before: readonly Step[], after: readonly Step[] = START_AGAIN): SlotWish["timeline"] {
  return [minutes(10), ...before, minutes(70), ...after, minutes(5)];
}

const DIRECTED: Record<SlotCause, (phase: Phase) => fc.Arbitrary<SlotWish>> = {
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
    fc.constantFrom<SlotWish>(
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
        ...(hasTask ? [{ do: "register-task" as const, password: "none" as const }] : []),
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

/** Whether a cause is one of a missed slot. */
export function isSlotCause(cause: CauseId): cause is SlotCause {
  return Object.hasOwn(DIRECTED, cause);
}

/** A scenario in which a slot does not run for this reason. */
export function directedSlot(cause: SlotCause, phase: Phase): fc.Arbitrary<Scenario> {
  return slotScenario(DIRECTED[cause](phase));
}
