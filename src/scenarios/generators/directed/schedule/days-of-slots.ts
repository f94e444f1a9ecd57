import * as fc from "fast-check";

import { EVERY_DAY, type Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { ROOT } from "../directed-scenario.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";
import { MAILS } from "./missed-slot-with-mail.ts";

/** Until so long before the slot at 10:00, on a day that begins at 09:00. */
const upToSlot = (minutesBefore: number): Step => minutes(60 - minutesBefore);

const REST: readonly ("sleep" | "hibernate")[] = ["sleep", "hibernate"];

/**
 * What may become of a PC before a slot. Each day begins at 09:00 with a tool that runs, and has its slot
 * at 10:00; afterwards everything is put right.
 */
const DAYS: readonly (readonly Step[])[] = [
  [minutes(90)],
  ...REST.flatMap((rest): (readonly Step[])[] => [
    // It rests over the slot.
    [minutes(10), { do: rest }, minutes(70), { do: "wake" }],
    // It rested before, and runs the slot.
    [minutes(5), { do: rest }, minutes(20), { do: "wake" }, minutes(60)],
    // It rested before, and the tool was closed, or killed, with somebody signed in all the time.
    [{ do: rest }, minutes(20), { do: "wake" }, minutes(5), { do: "close-tool" }, minutes(60)],
    [{ do: rest }, minutes(20), { do: "wake" }, minutes(5), { do: "kill-tool" }, minutes(60)],
    // It rested before, and nobody is signed in.
    [{ do: rest }, minutes(20), { do: "wake" }, { do: "sign-out" }, minutes(60)],
    [{ do: "sign-out" }, minutes(2), { do: rest }, minutes(20), { do: "wake" }, minutes(60)],
    // It rests over the slot, and its power fails while it rests.
    [
      minutes(10),
      { do: rest },
      minutes(70),
      { do: "lose-power" },
      minutes(5),
      ...START_AGAIN,
      minutes(5),
    ],
    [
      { do: "sign-out" },
      { do: rest },
      minutes(80),
      { do: "lose-power" },
      ...START_AGAIN,
      minutes(5),
    ],
    // It rests with nobody signed in, and wakes up behind the slot.
    [{ do: "sign-out" }, minutes(2), { do: rest }, minutes(80), { do: "wake" }, minutes(5)],
  ]),
  [minutes(10), { do: "shut-down" }, minutes(80)],
  [{ do: "shut-down" }, minutes(20), { do: "boot" }, minutes(60)],
  [{ do: "shut-down" }, minutes(20), { do: "boot" }, { do: "sign-in" }, minutes(60)],
  [{ do: "shut-down" }, minutes(20), ...START_AGAIN, minutes(60)],
  [{ do: "lose-power" }, minutes(20), ...START_AGAIN, minutes(60)],
  [{ do: "lose-power" }, minutes(20), { do: "boot" }, minutes(60)],
  [{ do: "lose-power" }, minutes(20), { do: "boot" }, { do: "sign-in" }, minutes(60)],
  [upToSlot(3), { do: "close-tool" }, minutes(20)],
  [upToSlot(3), { do: "sign-out" }, minutes(20)],
  [upToSlot(3), { do: "close-tool" }, minutes(1), { do: "start-tool" }, minutes(20)],
  [upToSlot(30), { do: "close-tool" }, minutes(60)],
  [upToSlot(30), { do: "sign-out" }, minutes(10), { do: "sign-in" }, minutes(60)],
  [{ do: "logout" }, minutes(90), { do: "login" }],
  [{ do: "logout" }, upToSlot(20), { do: "login" }, minutes(40)],
  // A task starts the tool with nobody signed in, behind a rest, beside a tool that was closed.
  [{ do: "register-task", password: "right" }, { do: "sign-out" }, minutes(90)],
  [
    { do: "register-task", password: "right" },
    { do: "sign-out" },
    { do: "hibernate" },
    minutes(20),
    { do: "wake" },
    minutes(70),
  ],
  [
    { do: "register-task", password: "right" },
    { do: "sign-out" },
    { do: "sleep" },
    minutes(58),
    { do: "wake" },
    minutes(30),
  ],
  [{ do: "register-task", password: "right" }, { do: "close-tool" }, minutes(90)],
  [{ do: "register-task", password: "right" }, upToSlot(3), { do: "close-tool" }, minutes(30)],
  [
    { do: "register-task", password: "right" },
    { do: "shut-down" },
    minutes(30),
    { do: "boot" },
    minutes(60),
  ],
  [{ do: "register-task", password: "none" }, { do: "sign-out" }, minutes(90)],
  [
    { do: "register-task", password: "right" },
    { do: "set-schedule", weekdays: EVERY_DAY, time: "10:20" },
    { do: "sign-out" },
    minutes(100),
    { do: "sign-in" },
    { do: "set-schedule", weekdays: EVERY_DAY, time: "10:00" },
  ],
  // Automatic backup is off over one slot, over several, and only before and after one.
  [{ do: "automatic-backup", isOn: false }, minutes(90), { do: "automatic-backup", isOn: true }],
  [
    { do: "automatic-backup", isOn: false },
    minutes(3 * 24 * 60 + 90),
    { do: "automatic-backup", isOn: true },
  ],
  [
    { do: "automatic-backup", isOn: false },
    { do: "close-tool" },
    minutes(2 * 24 * 60 + 90),
    { do: "automatic-backup", isOn: true },
    { do: "start-tool" },
  ],
  [
    { do: "automatic-backup", isOn: false },
    minutes(10),
    { do: "automatic-backup", isOn: true },
    minutes(80),
  ],
  // Another time on a day that had its slot, and on one that had none yet; other days.
  [
    minutes(90),
    { do: "set-schedule", weekdays: EVERY_DAY, time: "11:30" },
    minutes(90),
    { do: "set-schedule", weekdays: EVERY_DAY, time: "10:00" },
  ],
  [
    { do: "set-schedule", weekdays: EVERY_DAY, time: "11:30" },
    minutes(190),
    { do: "set-schedule", weekdays: EVERY_DAY, time: "10:00" },
  ],
  [
    { do: "set-schedule", weekdays: [1, 4], time: "10:00" },
    minutes(8 * 24 * 60),
    { do: "set-schedule", weekdays: EVERY_DAY, time: "10:00" },
  ],
];

/** The person came in a moment ago, as the PC's log has it. */
const MORNING: readonly Step[] = [
  { do: "close-tool" },
  { do: "sign-out" },
  { do: "sign-in" },
  { do: "start-tool" },
];

/** Everything is put right, and the next morning comes. */
const NIGHT: readonly Step[] = [
  ...START_AGAIN,
  { do: "remove-task" },
  { do: "wait", until: "09:00", ms: 17_137 },
];

const KINDS = fc.constantFrom<Pc["kind"]>(
  "windows-11",
  "windows-server",
  "windows-server-2012",
  "macos",
);

/** All that may become of a PC before a slot, each on a day of its own, in any order. */
export const daysOfSlots: fc.Arbitrary<Scenario> = daysOfSlotsOn(KINDS);

/** The same on a PC whose log the shipped tool reads itself, out of the journal. */
export const daysOfSlotsOnLinux: fc.Arbitrary<Scenario> = daysOfSlotsOn(fc.constant("linux"));

function daysOfSlotsOn(kinds: fc.Arbitrary<Pc["kind"]>): fc.Arbitrary<Scenario> {
  return slotScenario(
    fc
      .tuple(
        kinds,
        MAILS,
        fc.shuffledSubarray([...DAYS], { minLength: DAYS.length, maxLength: DAYS.length }),
      )
      .map(([kind, mail, days]) => ({
        kind,
        mail,
        // One is on the PC's own disk, the other on a network drive.
        pc: { networkSources: [1] },
        sources: [ROOT, "/data/photos"],
        tree: { "/data/photos/one": { content: { text: "one" } } },
        timeline: days.flatMap((day) => [...MORNING, ...day, ...NIGHT]),
      })),
  );
}
