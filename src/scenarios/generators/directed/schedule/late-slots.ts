import * as fc from "fast-check";

import type { Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { ROOT } from "../directed-scenario.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";

/** On a day that begins at 09:00; what the PC did before its slot at 10:00, in half an hour. */
const BEFORE: readonly (readonly Step[])[] = [
  [minutes(30)],
  [{ do: "sleep" }, minutes(20), { do: "wake" }, minutes(10)],
  [{ do: "hibernate" }, minutes(20), { do: "wake" }, minutes(10)],
  [{ do: "shut-down" }, minutes(20), ...START_AGAIN, minutes(10)],
  [{ do: "lose-power" }, minutes(20), ...START_AGAIN, minutes(10)],
];

/** Who has the tool run. */
const TOOLS: readonly (readonly Step[])[] = [
  [],
  // The task starts it five minutes before the slot, beside a person.
  [{ do: "register-task", password: "right" }, { do: "close-tool" }],
];

/** How it comes that the slot is noticed a while behind its time, by a PC that is awake and a tool that runs. */
const LATE: readonly (readonly Step[])[] = [
  // Somebody sets the clock ahead, a little or much.
  [minutes(27), { do: "set-clock", byMs: 40 * 60_000 }, minutes(20)],
  [minutes(27), { do: "set-clock", byMs: 8 * 60_000 }, minutes(20)],
  // A run of a person's own is under way.
  [
    minutes(29),
    {
      do: "backup",
      faults: { storage: [{ kind: "delay", delayMs: 25_000, times: "forever" }] },
    },
    minutes(20),
  ],
];

const NIGHT: readonly Step[] = [
  ...START_AGAIN,
  { do: "remove-task" },
  { do: "wait", until: "09:00", ms: 17_137 },
];

const DAYS = LATE.flatMap((late) =>
  TOOLS.flatMap((tool) =>
    BEFORE.map((before, at): readonly Step[] => [
      { do: "write", path: `${ROOT}/late`, content: { size: 300 + at, seed: at } },
      ...before,
      ...tool,
      ...late,
      ...NIGHT,
    ]),
  ),
);

/**
 * Slots that are noticed late though the PC is awake and the tool runs, behind every kind of rest, for a source on the
 * disk and one on a network drive. The PC keeps a log: without one nobody can tell what became of such a slot.
 */
export const lateSlots: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      fc.constantFrom<Pc["kind"]>("windows-11", "windows-server", "macos", "linux"),
      fc.shuffledSubarray([...DAYS], { minLength: DAYS.length, maxLength: DAYS.length }),
    )
    .map(([kind, days]) => ({
      kind,
      pc: { networkSources: [1] },
      sources: [ROOT, "/data/photos"],
      tree: { "/data/photos/one": { content: { text: "one" } } },
      timeline: days.flat(),
    })),
);
