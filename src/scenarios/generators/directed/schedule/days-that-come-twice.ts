import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { SECOND } from "../directed-scenario.ts";
import { MAILS } from "./missed-slot-with-mail.ts";
import { minutes, slotScenario } from "./slot-scenario.ts";

const DAY_MINUTES = 24 * 60;
/** From 23:10 to 09:10. */
const EVENING_MINUTES = 10 * 60;

/** What becomes of the slot at 10:00 of one day, from 09:10 to 10:50. */
const SLOTS = fc.constantFrom<readonly Step[]>(
  [minutes(100)],
  [{ do: "deny", path: SECOND }, minutes(100), { do: "allow", path: SECOND }],
  [{ do: "sleep" }, minutes(70), { do: "wake" }, minutes(30)],
  [{ do: "close-tool" }, minutes(70), { do: "start-tool" }, minutes(30)],
  [
    { do: "delete", path: SECOND },
    minutes(100),
    { do: "write", path: SECOND, content: { size: 90, seed: 9 } },
  ],
);

/** Between two runs of one day. */
const BETWEEN = fc.constantFrom<readonly Step[]>(
  [],
  [],
  [{ do: "close-tool" }, { do: "start-tool" }],
  [{ do: "kill-tool" }, { do: "start-tool" }],
);

/** A clock that is set back by days, so that days begin anew: the slot of a date comes once more, and ends in another way. */
export const daysThatComeTwice: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      MAILS,
      fc.array(SLOTS, { minLength: 2, maxLength: 2 }),
      SLOTS,
      SLOTS,
      BETWEEN,
      fc.boolean(),
    )
    .map(([mail, [first = [], second = []], again, last, between, compareDelete]) => {
      const night = minutes(DAY_MINUTES - 100);
      const days: readonly (readonly Step[])[] = [first, second];
      return {
        mail,
        compareDelete,
        timeline: [
          minutes(10),
          ...days.flatMap((day) => [...day, night]),
          // It is 09:10 of the third day; now it is 23:10 of the day before the first, behind which days begin anew.
          { do: "set-clock", byMs: -(days.length * DAY_MINUTES + EVENING_MINUTES) * 60_000 },
          ...between,
          minutes(EVENING_MINUTES),
          ...again,
          night,
          ...last,
        ],
      };
    }),
);
