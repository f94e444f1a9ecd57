import * as fc from "fast-check";

import type { SmtpFault } from "../../../../sim-server/faults/smtp-fault.ts";
import type { MailData, Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Disturbance, Step } from "../../../scenario/step.ts";
import { INNER, INNER_FOLDER, ROOT, SECOND, TARGET } from "../directed-scenario.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";

const OWNER = "owner@office.example";
const BOSS = "boss@office.example";
const PHOTOS = "/data/photos";
const CLERK = "clerk@office.example";

/** In force on each morning. */
const BOTH: MailData = { to: [OWNER, BOSS], secure: true, port: 465 };

const faults = (...list: SmtpFault[]): Step => ({ do: "smtp-faults", faults: list });
const WELL = faults();
const set = (mail: MailData): Step => ({ do: "set-mail", ...mail });
const TEST: Step = { do: "test-mail" };
const CONFIRM: Step = { do: "confirm-mail" };
const confirmed = (mail: MailData): readonly Step[] => [set(mail), TEST, CONFIRM];

const busy = (recipient: string, times: number): SmtpFault => ({
  stage: "rcpt",
  kind: "reply",
  code: 450,
  recipient,
  times,
});
const refused = (recipient: string): SmtpFault => ({
  stage: "rcpt",
  kind: "reply",
  code: 550,
  recipient,
  times: "forever",
});
const OUT: SmtpFault = { stage: "connect", kind: "reset", times: "forever" };
const STRIPPED: SmtpFault = { stage: "greeting", kind: "no-starttls", times: "forever" };

/** The slot at 10:00 is missed, and this happens before the PC wakes up, and afterwards. */
const missed = (before: readonly Step[], after: readonly Step[] = []): readonly Step[] => [
  { do: "sleep" },
  minutes(70),
  ...before,
  { do: "wake" },
  ...after,
];

/** The slot at 10:00 runs, and takes its time. */
function slowSlot(...disturbances: Disturbance[]): Step {
  return {
    do: "wait",
    ms: 90 * 60_000,
    faults: { storage: [{ kind: "delay", delayMs: 2_500, times: "forever" }] },
    ...(disturbances.length > 0 && { disturbances }),
  };
}

/** A name so long that it takes several encoded words, with blanks in it and without. */
const LONG_NAMES = [
  "営業部第二課の共有パソコン（三階の窓側、複合機の隣にあるもの）",
  "経理 Main PC 2 of 3 - 会議室 A の 奥",
] as const;

/** Files that are sent one after another or at once, as the tuning says. */
const MANY = Array.from({ length: 6 }, (_, at) => `${ROOT}/one of many ${at}`);

/** What may become of a mail and of its settings. */
const DAYS: readonly (readonly Step[])[] = [
  missed([]),
  // The server is busy for one of two recipients, or both; or refuses one for good, at once or later.
  ...["owner@*", "boss@*"].flatMap((who): (readonly Step[])[] => [
    missed([faults(busy(who, 2))]),
    missed([faults(busy(who, 4))], [minutes(4), { do: "kill-tool" }, { do: "start-tool" }]),
    missed([faults(refused(who))]),
    missed([faults(busy(who, 2), { ...refused(who), nth: 3 })]),
  ]),
  missed([faults(busy("*", 3))]),
  missed([faults(busy("owner@*", 1), { ...busy("boss@*", 2), nth: 1 })]),
  // It fails as a whole, and passes later.
  missed([faults({ stage: "mail", kind: "reply", code: 451, times: 3 })]),
  missed([faults({ stage: "greeting", kind: "reply", code: 421, times: 2 })]),
  missed([faults({ stage: "end-of-data", kind: "reply", code: 452, times: 2 })]),
  missed([faults({ stage: "auth", kind: "reply", code: 454, times: 2 })]),
  // It is refused for good.
  missed([faults({ stage: "mail", kind: "reply", code: 553, times: "forever" })]),
  missed([faults({ stage: "auth", kind: "reply", code: 535, times: "forever" })]),
  // The network is out, the tool ends meanwhile.
  missed(
    [{ do: "network-down", kind: "unreachable" }],
    [minutes(3), { do: "close-tool" }, minutes(3), { do: "network-up" }, { do: "start-tool" }],
  ),
  // Two slots wait for the same server.
  [
    ...missed([faults(OUT)]),
    { do: "wait", until: "09:00", ms: 17_137 },
    ...missed([], [minutes(5)]),
  ],
  // It cannot be sent for a whole day.
  [
    ...missed([faults(OUT)]),
    { do: "automatic-backup", isOn: false },
    minutes(25 * 60),
    { do: "automatic-backup", isOn: true },
  ],
  // Runs that meet trouble at some files, take some seconds, or are interrupted.
  [{ do: "deny", path: SECOND }, slowSlot(), { do: "allow", path: SECOND }],
  [
    { do: "lock", path: SECOND },
    { do: "deny", path: INNER_FOLDER },
    minutes(90),
    { do: "unlock", path: SECOND },
    { do: "allow", path: INNER_FOLDER },
  ],
  [
    { do: "write", path: `${ROOT}/a new one`, content: { size: 12_345, seed: 4 } },
    { do: "deny", path: SECOND },
    minutes(90),
    { do: "allow", path: SECOND },
    { do: "delete", path: `${ROOT}/a new one` },
  ],
  [
    { do: "write", path: SECOND, content: { size: 321, seed: 11 } },
    { do: "write", path: TARGET, content: { size: 432, seed: 12 } },
    slowSlot({ when: { at: "request", nth: 2 }, what: { do: "interrupt" } }),
  ],
  [
    { do: "write", path: SECOND, content: { size: 654, seed: 13 } },
    { do: "write", path: TARGET, content: { size: 543, seed: 14 } },
    { do: "deny", path: INNER },
    slowSlot({ when: { at: "request", nth: 3 }, what: { do: "kill" } }),
    { do: "allow", path: INNER },
  ],
  // It ends in the middle of files, of which it had found more than it was through with.
  ...([6, 7] as const).map((nth): readonly Step[] => [
    ...MANY.map((path, at): Step => ({
      do: "write",
      path,
      content: { size: 700 + nth, seed: 20 * nth + at },
    })),
    slowSlot({ when: { at: "request", nth }, what: { do: nth === 7 ? "power-loss" : "kill" } }),
    ...MANY.map((path): Step => ({ do: "delete", path })),
  ]),
  [
    { do: "deny", path: SECOND },
    { do: "delete", path: PHOTOS },
    minutes(90),
    { do: "allow", path: SECOND },
    { do: "make-folder", path: PHOTOS },
    { do: "write", path: `${PHOTOS}/two`, content: { size: 20, seed: 6 } },
  ],
  // A deletion that fails, and one that is held back.
  [
    { do: "make-folder", path: `${ROOT}/short-lived` },
    { do: "write", path: `${ROOT}/short-lived/one`, content: { size: 2_345, seed: 5 } },
    { do: "make-folder", path: `${ROOT}/short-lived/and empty` },
    { do: "write", path: `${ROOT}/short-lived/two`, content: { size: 3_456, seed: 5 } },
    minutes(90),
    { do: "delete", path: `${ROOT}/short-lived` },
    {
      do: "wait",
      ms: 24 * 60 * 60_000,
      faults: {
        storage: [{ operation: "deleteFile", kind: "status", status: 403, times: "forever" }],
      },
    },
  ],
  // Nobody is to have it any more, or somebody else, while it waits.
  missed([faults(OUT)], [minutes(3), WELL, ...confirmed({ ...BOTH, to: [BOSS] })]),
  missed(
    [faults(busy("boss@*", 9))],
    [minutes(3), ...confirmed({ ...BOTH, to: [OWNER] }), minutes(90)],
  ),
  missed([faults(OUT)], [minutes(3), { do: "switch-mail", isOn: false }, WELL, minutes(90)]),
  // Who has it does not get it again, whoever else is to have it meanwhile.
  missed(
    [faults(busy("boss@*", 9))],
    [
      minutes(3),
      WELL,
      ...confirmed({ ...BOTH, to: [BOSS, CLERK] }),
      faults(busy("boss@*", 9)),
      minutes(10),
      WELL,
      ...confirmed(BOTH),
      minutes(90),
    ],
  ),
  // Result mails are off, and stay off whatever is set, tried and confirmed.
  [
    { do: "switch-mail", isOn: false },
    ...confirmed({ ...BOTH, to: [BOSS] }),
    ...missed([], [minutes(30)]),
    { do: "switch-mail", isOn: true },
    minutes(30),
  ],
  [
    { do: "switch-mail", isOn: false },
    { do: "close-tool" },
    { do: "start-tool" },
    ...missed([], [minutes(30)]),
  ],
  // Settings that are set and not confirmed, or whose test failed, are not in force.
  [set({ ...BOTH, to: [OWNER], hasRightPassword: false }), TEST, CONFIRM, ...missed([])],
  [set({ ...BOTH, to: [BOSS] }), TEST, ...missed([])],
  // A test that one of two recipients does not get is none, whoever it is.
  ...["owner@*", "boss@*"].map((who): readonly Step[] => [
    set({ ...BOTH, port: 25, secure: false }),
    faults(refused(who)),
    TEST,
    CONFIRM,
    faults(busy(who, 1)),
    TEST,
    CONFIRM,
    WELL,
    ...missed([]),
  ]),
  // Who logs out keeps the settings, and is told that the slot did not run.
  [{ do: "logout" }, { do: "kill-tool" }, { do: "start-tool" }, minutes(90), { do: "login" }],
  // SSL is ON, and the server does not offer it any more, or shows another's certificate.
  ...([25, 587] as const).flatMap((port): (readonly Step[])[] => [
    [...confirmed({ ...BOTH, port }), ...missed([faults(STRIPPED)], [minutes(90), WELL])],
    [set({ ...BOTH, to: [BOSS], port }), faults(STRIPPED), TEST, CONFIRM, WELL],
    [...confirmed({ ...BOTH, to: [OWNER], port }), ...missed([])],
  ]),
  [
    ...confirmed({ ...BOTH, port: 587 }),
    ...missed([
      faults({
        stage: "handshake",
        kind: "certificate",
        certificate: "untrusted",
        times: "forever",
      }),
    ]),
  ],
  [...confirmed({ to: [OWNER, BOSS], secure: false, port: 25 }), ...missed([])],
  // The PC has another name.
  ...LONG_NAMES.map((deviceName): readonly Step[] => [
    { do: "settings", deviceName },
    ...confirmed(BOTH),
    ...missed([]),
  ]),
];

/** Nothing is wrong any more in the afternoon, and the settings are as ever in the evening; at 09:00 the next day comes. */
const REST_OF_DAY: readonly Step[] = [
  ...START_AGAIN,
  minutes(100),
  WELL,
  minutes(100),
  { do: "settings", deviceName: "PC-1" },
  ...confirmed(BOTH),
  { do: "switch-mail", isOn: true },
  // A tool that starts looks at all that waits.
  { do: "close-tool" },
  { do: "start-tool" },
  { do: "wait", until: "09:00", ms: 17_137 },
];

const KINDS = fc.constantFrom<Pc["kind"]>("windows-11", "windows-server", "macos", "linux");

/** All that may become of a result mail and of its settings, each on a day of its own, in any order. */
export const daysOfMails: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      KINDS,
      fc.shuffledSubarray([...DAYS], { minLength: DAYS.length, maxLength: DAYS.length }),
    )
    .map(([kind, days]) => ({
      kind,
      mail: BOTH,
      compareDelete: true,
      sources: [ROOT, PHOTOS],
      tree: { [`${PHOTOS}/one`]: { content: { text: "one" } } },
      timeline: days.flatMap((day) => [...day, ...REST_OF_DAY]),
    })),
);
