import * as fc from "fast-check";

import { EVERY_DAY, type Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { ROOT } from "../directed-scenario.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";
import { DAYS_OF_A_TASK_TOOL } from "./task-tool-that-sleeps.ts";

/** A folder that is no source to begin with, and one that is. */
const EXTRA = "/data/extra";
const PHOTOS = "/data/photos";

type Change = Extract<Step, { do: "set-schedule" | "automatic-backup" }>;

const CLOSE: Step = { do: "close-tool" };
const START: Step = { do: "start-tool" };
const SIGN_IN: readonly Step[] = [{ do: "sign-in" }, START];
const ADD: Step = { do: "add-source", path: EXTRA };
const at = (time: string): Change => ({ do: "set-schedule", weekdays: [...EVERY_DAY], time });
const only = (weekdays: number[], time: string): Change => ({ do: "set-schedule", weekdays, time });
const clock = (byMinutes: number): Step => ({ do: "set-clock", byMs: byMinutes * 60_000 });
const zone = (
  name: "Asia/Tokyo" | "Asia/Kolkata" | "Australia/Lord_Howe" | "America/New_York",
): Step => ({ do: "set-zone", zone: name });
const until = (time: string): Step => ({ do: "wait", until: time, ms: 17_137 });
const REGISTER: Step = { do: "register-task", password: "right" };
const on = (isOn: boolean): Change => ({ do: "automatic-backup", isOn });

/** What a person changes while no tool runs, behind a slot at 10:00 that passed without one. */
const BEHIND_A_SLOT: readonly (readonly Step[])[] = [
  [ADD],
  [ADD, minutes(24 * 60)],
  [{ do: "remove-source", path: PHOTOS }],
  [
    { do: "remove-source", path: PHOTOS },
    { do: "add-source", path: PHOTOS },
  ],
  [at("11:30"), minutes(20), START, minutes(60)],
  [at("10:20"), START, minutes(30)],
  [only([1, 2, 4], "10:00")],
  [on(false), minutes(1), on(true)],
  [on(false), START, on(true), at("11:15"), minutes(60)],
];

/** What happens behind a clock that a person sets: to before the start of the tool, and ahead. */
const AROUND_A_SET_CLOCK: readonly (readonly Step[])[] = [
  [CLOSE, START, clock(-3 * 60), at("07:00"), minutes(90), clock(3 * 60)],
  [CLOSE, START, clock(-3 * 60), minutes(12), at("07:00"), minutes(80), clock(3 * 60)],
  [
    CLOSE,
    START,
    clock(-120),
    on(false),
    on(true),
    at("07:40"),
    minutes(60),
    CLOSE,
    clock(120),
    START,
  ],
  // A source is added while the clock is ahead, or behind.
  [clock(2 * 60), minutes(12), ADD, clock(-2 * 60), minutes(90)],
  [CLOSE, clock(-2 * 60), ADD, clock(2 * 60), minutes(90)],
];

/** Nobody is logged in when the clock is set over a slot, and somebody is when that is noticed. On a first day: no clock was set back yet. */
const LOGGED_OUT_OVER_A_SLOT = fc.constantFrom<readonly Step[]>(
  [minutes(51), { do: "logout" }, clock(40), { do: "login" }, minutes(20)],
  [minutes(51), { do: "logout" }, clock(9), { do: "login" }, minutes(20)],
);

/** Another zone: the slot comes earlier there, or later, or was there already. */
const IN_ANOTHER_ZONE: readonly (readonly Step[])[] = [
  [at("12:00"), minutes(15), zone("Asia/Kolkata"), until("12:20"), zone("Asia/Tokyo")],
  [zone("Asia/Kolkata"), minutes(12), at("06:30"), minutes(70), zone("Asia/Tokyo"), minutes(12)],
  [at("14:00"), minutes(22), zone("Australia/Lord_Howe"), until("14:10"), zone("Asia/Tokyo")],
  [CLOSE, at("12:00"), zone("America/New_York"), START, minutes(120), zone("Asia/Tokyo")],
];

/** The clock is set by days, so that days begin anew: what was before cannot be told from what comes, so that it is the last day. */
const BY_DAYS = fc.constantFrom<readonly Step[]>(
  [clock(-20 * 24 * 60), minutes(90), minutes(24 * 60)],
  [clock(-40 * 24 * 60), minutes(12), at("09:30"), minutes(90), minutes(24 * 60)],
  [clock(4 * 24 * 60), minutes(12), ADD, clock(-4 * 24 * 60), minutes(90), minutes(24 * 60)],
  [CLOSE, clock(90 * 24 * 60), ADD, clock(-90 * 24 * 60), START, minutes(90), minutes(24 * 60)],
);

/** Who is there at a slot that no task was registered for, and who left right before it. */
const WITHOUT_A_FITTING_TASK: readonly (readonly Step[])[] = [
  [REGISTER, at("15:00"), minutes(10), { do: "sign-out" }, until("15:05"), ...SIGN_IN],
  [at("15:00"), REGISTER, at("10:00"), { do: "sign-out" }, minutes(90), ...SIGN_IN],
  [only([1, 3], "13:00"), REGISTER, at("13:00"), { do: "sign-out" }, until("13:05"), ...SIGN_IN],
  [REGISTER, at("15:00"), REGISTER, minutes(10), { do: "sign-out" }, until("15:05"), ...SIGN_IN],
  [CLOSE, minutes(57), { do: "sign-out" }, minutes(20)],
  [
    CLOSE,
    minutes(30),
    { do: "sign-out" },
    { do: "sign-in" },
    minutes(27),
    { do: "sign-out" },
    minutes(9),
  ],
  [CLOSE, { do: "sign-out" }, minutes(57), { do: "sign-in" }, { do: "sign-out" }, minutes(9)],
  [CLOSE, { do: "sign-out" }, minutes(57), { do: "sign-in" }, minutes(9)],
];

/** Around midnight. */
const AROUND_MIDNIGHT: readonly (readonly Step[])[] = [
  [until("23:57"), at("00:01"), minutes(10)],
  [until("23:57"), CLOSE, at("00:01"), minutes(1), START, minutes(10)],
  [until("23:40"), CLOSE, at("00:01"), minutes(30), START, minutes(10)],
  [until("23:57"), CLOSE, minutes(6), at("00:01"), START, minutes(10)],
  [until("23:57"), { do: "sleep" }, minutes(6), { do: "wake" }, at("00:01"), minutes(10)],
  [until("23:50"), at("23:58"), minutes(9), at("00:03"), minutes(10)],
];

const beside = <Command extends Step>(command: Command): Command => ({
  ...command,
  isBeside: true,
});

/** A command is typed at a terminal while the tool runs, which goes by it from then on. */
const BESIDE_THE_TOOL: readonly (readonly Step[])[] = [
  [beside(ADD), minutes(90)],
  [beside({ do: "remove-source", path: PHOTOS }), minutes(90)],
  [
    { do: "write", path: `${ROOT}/deleted`, content: { size: 90, seed: 2 } },
    { do: "backup" },
    beside({ do: "settings", compareDelete: true }),
    { do: "delete", path: `${ROOT}/deleted` },
    minutes(90),
    beside({ do: "settings", compareDelete: false }),
  ],
  [beside(at("10:20")), minutes(90)],
  [beside(at("09:30")), minutes(45), beside(at("10:00")), minutes(60)],
  [beside(on(false)), minutes(70), beside(on(true)), minutes(24 * 60)],
  [beside({ do: "logout" }), minutes(90), beside({ do: "login" }), minutes(24 * 60)],
];

type Disturbances = NonNullable<Extract<Step, { do: "backup" }>["disturbances"]>;

/** So long behind the begin of a run. */
const after = (ms: number, what: Change): Disturbances[number] => ({
  when: { at: "ms", ms },
  what,
});

/** A person's own run that lasts from before the slot to behind it, in which something else happens. */
function during(...disturbances: Disturbances): readonly Step[] {
  return [
    minutes(59),
    { do: "write", path: `${ROOT}/while`, content: { size: 100, seed: 1 } },
    {
      do: "backup",
      disturbances,
      faults: { storage: [{ kind: "delay", delayMs: 15_000, times: "forever" }] },
    },
    minutes(20),
  ];
}

/** A slot that came waits for the end of the run, and runs; one that did not come yet is as the change says. */
const WHILE_A_SLOT_WAITS: readonly (readonly Step[])[] = [
  during(after(60_000, at("10:20"))),
  during(after(60_000, at("09:30"))),
  during(after(60_000, only([0, 6], "10:00"))),
  during(after(60_000, on(false))),
  during(after(60_000, on(false)), after(70_000, on(true))),
  // Before the slot comes.
  during(after(20_000, at("10:20"))),
  during(after(20_000, on(false))),
];

const DAYS: readonly (readonly Step[])[] = [
  ...BEHIND_A_SLOT.map((change): readonly Step[] => [
    CLOSE,
    minutes(70),
    ...change,
    START,
    minutes(5),
  ]),
  // The same before a slot, and while the PC sleeps over one.
  [CLOSE, minutes(20), ADD, minutes(70)],
  [
    minutes(20),
    ADD,
    { do: "sleep" },
    minutes(60),
    { do: "wake" },
    { do: "remove-source", path: EXTRA },
  ],
  ...AROUND_A_SET_CLOCK,
  ...IN_ANOTHER_ZONE,
  ...WITHOUT_A_FITTING_TASK,
  ...DAYS_OF_A_TASK_TOOL,
  ...AROUND_MIDNIGHT,
  ...BESIDE_THE_TOOL,
  ...WHILE_A_SLOT_WAITS,
];

/** Everything is as it was, and the next morning comes. */
const NIGHT: readonly Step[] = [
  ...START_AGAIN,
  { do: "login" },
  { do: "remove-task" },
  on(true),
  at("10:00"),
  { do: "remove-source", path: EXTRA },
  { do: "add-source", path: PHOTOS },
  until("09:00"),
];

/** Whether the second source is on a network drive. */
const PCS = fc.constantFrom<Partial<Pc>>({}, { networkSources: [1] });

const KINDS = fc.constantFrom<Pc["kind"]>("windows-11", "windows-server", "macos", "linux");

/**
 * What a person changes around a slot while no tool runs, the clock is another one, midnight is near: times and days of
 * slots, sources, the task of the OS. Each on a day of its own, in any order.
 */
export const daysOfSettings: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      KINDS,
      PCS,
      fc.shuffledSubarray([...DAYS], { minLength: DAYS.length, maxLength: DAYS.length }),
      LOGGED_OUT_OVER_A_SLOT,
      BY_DAYS,
    )
    .map(([kind, pc, days, first, last]) => ({
      kind,
      pc,
      sources: [ROOT, PHOTOS],
      tree: {
        [`${PHOTOS}/one`]: { content: { text: "one" } },
        [`${EXTRA}/two`]: { content: { text: "two" } },
      },
      timeline: [...[first, ...days].flatMap((day) => [...day, ...NIGHT]), ...last],
    })),
);
