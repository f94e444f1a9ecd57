import * as fc from "fast-check";

import { EVERY_DAY, type Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { pcOf } from "../../pc-of.ts";
import { directedScenario, surroundingsArbitrary, type Directed } from "../directed-scenario.ts";

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
export interface SlotCase {
  readonly kind?: Pc["kind"];
  readonly pc?: Partial<Pc>;
  /** `HH:MM`. */
  readonly time?: string;
  readonly timeline: readonly Step[];
}

/** Harmless surroundings with a PC in them. */
export function slotScenario(
  cases: fc.Arbitrary<
    SlotCase &
      Partial<Omit<Directed, "pc" | "schedule">> &
      Partial<Pick<Scenario, "zone" | "start" | "mail" | "mailRoomBytes">>
  >,
): fc.Arbitrary<Scenario> {
  return fc
    .tuple(surroundingsArbitrary(false), cases)
    .map(
      ([
        around,
        {
          kind = "windows-11",
          pc,
          time = SLOT_TIME,
          timeline,
          zone,
          start,
          mail,
          mailRoomBytes,
          ...rest
        },
      ]) => {
        const base = pcOf(kind);
        return {
          ...directedScenario(around, { disk: base.disk, ...rest, timeline }),
          ...(zone === undefined ? {} : { zone }),
          ...(start === undefined ? {} : { start }),
          ...(mail === undefined ? {} : { mail }),
          ...(mailRoomBytes === undefined ? {} : { mailRoomBytes }),
          pc: { ...base.pc, ...pc },
          schedule: { weekdays: EVERY_DAY, time },
        };
      },
    );
}
