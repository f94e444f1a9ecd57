import * as fc from "fast-check";

import type { Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { ROOT } from "../directed-scenario.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";

const SIGN_IN: readonly Step[] = [{ do: "sign-in" }, { do: "start-tool" }];
const LOGOUT: Step = { do: "logout" };
const REST: readonly ("sleep" | "hibernate")[] = ["sleep", "hibernate"];

/** From 09:00, until two minutes behind the start of a tool that a task starts at 09:55 with nobody signed in. */
const STARTED_BY_THE_TASK: readonly Step[] = [
  { do: "register-task", password: "right" },
  { do: "sign-out" },
  minutes(57),
];

/** What becomes of such a tool before its slot at 10:00. */
export const DAYS_OF_A_TASK_TOOL: readonly (readonly Step[])[] = [
  ...REST.flatMap((rest): (readonly Step[])[] => [
    // Over the slot, long and short, with and without somebody who came meanwhile.
    [{ do: rest }, minutes(40), { do: "wake" }, minutes(9)],
    [{ do: rest }, minutes(7), { do: "wake" }, minutes(9)],
    [...SIGN_IN, { do: rest }, minutes(40), { do: "wake" }, minutes(9)],
    // It is awake again by then.
    [{ do: rest }, minutes(2), { do: "wake" }, minutes(20)],
  ]),
  [...SIGN_IN, LOGOUT, minutes(20)],
].map((day) => [...STARTED_BY_THE_TASK, ...day]);

const NIGHT: readonly Step[] = [
  ...START_AGAIN,
  { do: "login" },
  { do: "remove-task" },
  { do: "wait", until: "09:00", ms: 17_137 },
];

/**
 * A tool that a task started on a PC that keeps no log, and slots that nobody can tell it was there for: for a source on
 * the disk, and one on a network drive, which such a tool does not reach.
 */
export const taskToolThatSleeps: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      fc.constantFrom<Pc["kind"]>("windows-11", "windows-server"),
      fc.shuffledSubarray([...DAYS_OF_A_TASK_TOOL], { minLength: DAYS_OF_A_TASK_TOOL.length }),
    )
    .map(([kind, days]) => ({
      kind,
      pc: { networkSources: [1], keepsLog: false },
      sources: [ROOT, "/data/photos"],
      tree: { "/data/photos/one": { content: { text: "one" } } },
      timeline: days.flatMap((day) => [...day, ...NIGHT]),
    })),
);
