import * as fc from "fast-check";

import type { Step } from "../../../scenario/step.ts";
import type { SlotPass } from "../../../checkers/schedule/slot-pass.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { minutes, slotScenario } from "./slot-scenario.ts";

/** A slot and what the zone's clocks do around it, up to an hour before. */
type Turn = { readonly time: string } & Pick<Scenario, "zone" | "start">;

/** Clocks go forward by an hour, by half of one, and at midnight. */
const SKIPPING: readonly Turn[] = [
  { zone: "Europe/Berlin", start: "2026-03-29T00:00:17Z", time: "02:30" },
  { zone: "America/New_York", start: "2026-03-08T06:00:17Z", time: "02:30" },
  { zone: "Australia/Lord_Howe", start: "2026-10-03T14:30:17Z", time: "02:15" },
  { zone: "America/Santiago", start: "2026-09-06T03:00:17Z", time: "00:30" },
  { zone: "Asia/Beirut", start: "2026-03-28T21:00:17Z", time: "00:15" },
];

/** They go back, and show the time of the slot 45 or 50 minutes from the start, and again. */
const REPEATING: readonly Turn[] = [
  { zone: "Europe/Berlin", start: "2026-10-24T23:40:17Z", time: "02:30" },
  { zone: "America/New_York", start: "2026-11-01T04:40:17Z", time: "01:30" },
  { zone: "Australia/Lord_Howe", start: "2026-04-04T14:00:17Z", time: "01:45" },
  { zone: "America/Santiago", start: "2026-04-05T01:40:17Z", time: "23:30" },
  { zone: "Asia/Beirut", start: "2026-10-24T19:40:17Z", time: "23:30" },
];

/** One night the PC sleeps through, and one more. */
const NEXT_DAYS: readonly Step[] = [
  { do: "sleep" },
  minutes(24 * 60),
  { do: "wake" },
  minutes(24 * 60),
];

/** What may happen between the two times, for the second is none whatever the tool forgot. */
const BETWEEN = fc.constantFrom<readonly Step[]>(
  [],
  [],
  [{ do: "close-tool" }, { do: "start-tool" }],
  [{ do: "kill-tool" }, { do: "start-tool" }],
  [{ do: "sleep" }, minutes(3), { do: "wake" }],
);

/** So far a clock is set back: never more than the day after which days begin anew. */
const BACK_MINUTES = fc.constantFrom(20, 60, 180, 20 * 60);

/** A daily slot whose time does not come once, as it should (D11). */
export function changedClocks(pass: SlotPass): fc.Arbitrary<Scenario> {
  switch (pass) {
    case "skipped":
      return skipped(fc.constantFrom(...SKIPPING));
    case "repeated":
      return repeated(fc.constantFrom(...REPEATING));
    case "set-back":
      return slotScenario(
        fc.tuple(BACK_MINUTES, BETWEEN).map(([back, between]) => ({
          timeline: [
            minutes(70),
            { do: "set-clock", byMs: -back * 60_000 },
            ...between,
            minutes(back + 30),
          ],
        })),
      );
  }
}

function skipped(turns: fc.Arbitrary<Turn>): fc.Arbitrary<Scenario> {
  return slotScenario(turns.map((turn) => ({ ...turn, timeline: [minutes(150), ...NEXT_DAYS] })));
}

function repeated(turns: fc.Arbitrary<Turn>): fc.Arbitrary<Scenario> {
  return slotScenario(
    fc.tuple(turns, BETWEEN).map(([turn, between]) => ({
      ...turn,
      timeline: [minutes(60), ...between, minutes(150), ...NEXT_DAYS],
    })),
  );
}

/** Each way in which the clocks of a zone change under a slot. */
export const eachChangeOfClocks: readonly {
  readonly name: string;
  readonly arbitrary: fc.Arbitrary<Scenario>;
}[] = [
  ...SKIPPING.map((turn) => ({
    name: `clocks skip a slot in ${turn.zone}`,
    arbitrary: skipped(fc.constant(turn)),
  })),
  ...REPEATING.map((turn) => ({
    name: `clocks repeat a slot in ${turn.zone}`,
    arbitrary: repeated(fc.constant(turn)),
  })),
];
