import * as fc from "fast-check";

import type { Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { minutes, slotScenario } from "./slot-scenario.ts";

const WEEK: Step = minutes(7 * 24 * 60);

/** Some days of a week, never all: the day before or behind each is none of them. */
const WEEKDAYS = fc.constantFrom<readonly number[]>([1, 3, 5], [0], [6], [0, 3], [2, 4, 6]);

/** So little behind midnight that its task starts on the day before, just not so little, and right before midnight. */
const TIMES = ["00:00", "00:02", "00:04", "00:05", "00:06", "23:57"] as const;

const ZONES = fc.constantFrom("Asia/Tokyo", "America/New_York", "Asia/Kolkata", "UTC");

/**
 * A schedule around midnight on some days of the week: a week in which the task of the OS alone starts the
 * tool, one in which a person's tool runs, one without either. Each time has its turn.
 */
export const weekdaysAroundMidnight: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      fc.constantFrom<Pc["kind"]>("windows-11", "windows-server", "linux"),
      ZONES,
      fc.shuffledSubarray([...TIMES], { minLength: TIMES.length, maxLength: TIMES.length }),
      fc.tuple(WEEKDAYS, WEEKDAYS, WEEKDAYS, WEEKDAYS, WEEKDAYS, WEEKDAYS),
    )
    .map(([kind, zone, times, days]) => ({
      kind,
      zone,
      timeline: times.flatMap((time, index): Step[] => [
        { do: "wait", until: "12:00", ms: 17_137 },
        { do: "set-schedule", weekdays: [...(days[index] ?? [])], time },
        { do: "register-task", password: "right" },
        { do: "sign-out" },
        WEEK,
        { do: "sign-in" },
        { do: "start-tool" },
        { do: "remove-task" },
        ...(index % 3 === 0 ? [WEEK] : []),
        ...(index % 3 === 1 ? [{ do: "sign-out" as const }, WEEK] : []),
        { do: "sign-in" },
        { do: "start-tool" },
      ]),
    })),
);
