import * as fc from "fast-check";

import { PC_KINDS } from "../../scenario/pc.ts";
import type { Step } from "../../scenario/step.ts";
import { SCENARIO_VERSION, type Scenario } from "../../scenario/scenario.ts";
import { pcOf } from "../pc-of.ts";
import { FAULT_KINDS } from "./faults.ts";
import { PC_FEATURES, pcDaysArbitrary, workingMailArbitrary, ZONES } from "./pc-days.ts";
import { serviceTuningArbitrary, tuningArbitrary } from "../tuning.ts";

/** Days around which some zone changes its clocks, or the year ends. */
const DAYS = [
  "2026-11-21",
  "2026-03-28",
  "2026-10-24",
  "2026-03-07",
  "2026-10-31",
  "2026-04-03",
  "2026-10-03",
  "2026-09-05",
  "2026-12-30",
  "2028-02-28",
] as const;

/** Times of slots: where clocks are changed, around midnight, by day. */
const TIMES = [
  "03:00",
  "02:30",
  "01:30",
  "00:00",
  "00:01",
  "00:03",
  "00:05",
  "23:58",
  "12:00",
] as const;

/** A year is dear: one scenario in so many has one, with a slot a week. */
const YEAR_EVERY = 24;
const DAY_MS = 24 * 3_600_000;

/** A stretch of a year or so in which nobody does anything. */
const yearArbitrary = fc.oneof(
  { weight: YEAR_EVERY - 1, arbitrary: fc.constant<number | undefined>(undefined) },
  { weight: 1, arbitrary: fc.integer({ min: 200, max: 500 }) },
);

/** One path begins like the other. */
const SOURCES = ["/data/仕事", "/data/仕事2"] as const;

/** Some days of a PC with a schedule: power, people, clocks, the network, mails. */
export const scheduleScenarioArbitrary: fc.Arbitrary<Scenario> = fc
  .record({
    features: fc.subarray([...PC_FEATURES], { minLength: 2, maxLength: 8 }),
    faultKinds: fc.subarray([...FAULT_KINDS], { minLength: 1, maxLength: 3 }),
    kind: fc.constantFrom("windows-11" as const, ...PC_KINDS),
    zone: fc.constantFrom(...ZONES),
    time: fc.constantFrom(...TIMES),
    sourceCount: fc.constantFrom(1, 1, 2),
  })
  .chain(({ features, faultKinds, kind, zone, time, sourceCount }) => {
    const sources = SOURCES.slice(0, sourceCount);
    const files = sources.flatMap((source) => [`${source}/one`, `${source}/folder/two`]);
    const isMailing = features.includes("mail") || features.includes("smtp-faults");
    const { disk, pc } = pcOf(kind);
    return fc
      .record({
        seed: fc.nat({ max: 2 ** 31 - 1 }),
        start: fc
          .tuple(fc.constantFrom(...DAYS), fc.nat({ max: 23 }), fc.nat({ max: 59 }))
          .map(([day, hour, minute]) => `${day}T${two(hour)}:${two(minute)}:17Z`),
        tuning: tuningArbitrary,
        serviceTuning: serviceTuningArbitrary,
        compareDelete: fc.boolean(),
        hasPassword: fc.constantFrom(true, true, true, false),
        isAdministrator: fc.constantFrom(true, true, true, false),
        keepsLog: fc.constantFrom(true, true, true, true, false),
        network: features.includes("drives") ? fc.subarray([0, 1]) : fc.constant<number[]>([]),
        weekdays: fc.oneof(
          fc.constant<number[]>([0, 1, 2, 3, 4, 5, 6]),
          fc.constant<number[]>([1, 2, 3, 4, 5]),
          fc.subarray([0, 1, 2, 3, 4, 5, 6], { minLength: 1 }),
        ),
        mail: isMailing ? workingMailArbitrary : fc.constant(undefined),
        year: yearArbitrary,
        timeline: pcDaysArbitrary({ features, time, zone, faultKinds, files }),
      })
      .map(
        ({
          network,
          weekdays,
          mail,
          hasPassword,
          isAdministrator,
          keepsLog,
          year,
          timeline,
          ...rest
        }): Scenario => ({
          version: SCENARIO_VERSION,
          ...rest,
          zone,
          edition: "office-anshin",
          plan: "standard",
          disk,
          pc: {
            ...pc,
            ...(hasPassword ? {} : { hasPassword }),
            ...(isAdministrator ? {} : { isAdministrator }),
            ...(keepsLog ? {} : { keepsLog }),
            ...(network.length === 0 ? {} : { networkSources: network }),
          },
          schedule: { weekdays: year === undefined ? weekdays : weekdays.slice(0, 1), time },
          ...(mail === undefined ? {} : { mail }),
          tree: Object.fromEntries(
            files.map((path, index) => [path, { content: { size: 60 + index, seed: index } }]),
          ),
          sources: [...sources],
          timeline: year === undefined ? timeline : [...timeline, ...yearOf(year, files)],
        }),
      );
  });

function yearOf(days: number, [path = ""]: readonly string[]): readonly Step[] {
  return [
    { do: "wait", ms: days * DAY_MS + 17_137 },
    { do: "write", path, content: { size: days, seed: days } },
    { do: "wait", ms: 8 * DAY_MS },
  ];
}

function two(value: number): string {
  return String(value).padStart(2, "0");
}
