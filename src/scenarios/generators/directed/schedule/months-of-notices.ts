import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { SECOND } from "../directed-scenario.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";

const AT_TERMINAL: Step = { do: "usage-notice" };
const notice = (isOn: boolean): Step => ({ do: "settings", usageNotice: isOn });
const START_ANEW = fc.constantFrom<readonly Step[]>(
  [{ do: "close-tool" }, { do: "start-tool" }],
  [{ do: "kill-tool" }, { do: "start-tool" }],
  [{ do: "lose-power" }, ...START_AGAIN],
);
/** No month is longer. */
const MONTH: Step = minutes(31 * 24 * 60);
const YEAR: Step = minutes(365 * 24 * 60);

/** What may become of the notice of a month; each begins with nothing told in it. */
const months = (anew: readonly Step[]): readonly (readonly Step[])[] => [
  [AT_TERMINAL, AT_TERMINAL, ...anew, AT_TERMINAL],
  // The service is away at the first start, and at several.
  ...(["unreachable", "unresolved", "silent"] as const).map((kind): readonly Step[] => [
    { do: "network-down", kind },
    AT_TERMINAL,
    ...anew,
    AT_TERMINAL,
    { do: "network-up" },
    minutes(24 * 60),
    AT_TERMINAL,
    AT_TERMINAL,
  ]),
  // It is off, and on again in the same month; the switch stays as it is put.
  [notice(false), AT_TERMINAL, ...anew, AT_TERMINAL, notice(true), ...anew, AT_TERMINAL],
  [notice(false), ...anew, AT_TERMINAL, MONTH, AT_TERMINAL, notice(true), AT_TERMINAL, AT_TERMINAL],
  [AT_TERMINAL, notice(false), ...anew, notice(true), AT_TERMINAL],
  // Nobody is logged in.
  [{ do: "logout" }, AT_TERMINAL, ...anew, AT_TERMINAL, { do: "login" }, AT_TERMINAL, AT_TERMINAL],
  // Nobody is at the terminal until the same month comes again.
  [AT_TERMINAL, YEAR, AT_TERMINAL, AT_TERMINAL],
  // What is used is another figure than last month.
  [
    { do: "write", path: SECOND, content: { size: 4_321, seed: 9 } },
    { do: "backup" },
    ...anew,
    AT_TERMINAL,
    { do: "backup" },
    AT_TERMINAL,
  ],
];

/** Months of a person who starts the tool at a terminal, in any order, from the end of a month on. */
export const monthsOfNotices: fc.Arbitrary<Scenario> = slotScenario(
  fc.tuple(START_ANEW, fc.constantFrom("Asia/Tokyo", "America/New_York")).chain(([anew, zone]) => {
    const all = months(anew);
    return fc
      .shuffledSubarray([...all], { minLength: all.length, maxLength: all.length })
      .map((chosen) => ({
        zone,
        // Some hours before a month ends, first in Tokyo and last in New York.
        start: "2026-11-30T12:00:17Z",
        timeline: [
          // Hundreds of slots would tell nothing of notices.
          { do: "automatic-backup", isOn: false },
          ...[0, 5, 4, 6].flatMap((hours): Step[] => [
            { do: "wait", ms: hours * 3_600_000 + 137 },
            AT_TERMINAL,
          ]),
          ...chosen.flatMap((month) => [...month, MONTH]),
        ],
      }));
  }),
);
