import { expect, test } from "vitest";

import type { HostEvent } from "../../ports/host.ts";
import { readJournal } from "./journal-events.ts";
import { readPmsetLog } from "./pmset-events.ts";
import { eventsWithin } from "./recent-events.ts";
import { readWtmp } from "./wtmp-events.ts";

function told(events: readonly HostEvent[]): string[] {
  return events.map(({ atMs, kind }) => `${new Date(atMs).toISOString().slice(8, 16)} ${kind}`);
}

/** A line of `journalctl --output=json`. */
function line(at: string, bootId: string, messageId: string, fields: object = {}): string {
  return JSON.stringify({
    __CURSOR: "s=1;i=1",
    __REALTIME_TIMESTAMP: `${Date.parse(`2026-11-${at}:00Z`) * 1_000}`,
    __MONOTONIC_TIMESTAMP: "1",
    _BOOT_ID: bootId,
    MESSAGE_ID: messageId,
    ...fields,
  });
}

const STARTED = "b07a249cd024414a82dd00cd181378ff";
const SHUTDOWN = "98268866d1d54a499c4e98921d93bc40";
const SLEEP = "6bbd95ee977941e497c48be27c254128";
const AWAKE = "8811e6df2a8e40f58a94cea26f8ebf14";
const SESSION = "8d45620c1a4348dbb17410da57c60c66";
const NO_SESSION = "3354939424b4456d9802ca8333ed424a";

test("the journal tells power, sleep by its kind, and the user's first and last session", () => {
  const text = [
    line("20T08:00", "a", STARTED),
    line("20T08:01", "a", SESSION, { USER_ID: "taro", SESSION_ID: "1" }),
    line("20T08:02", "a", SESSION, { USER_ID: "hanako", SESSION_ID: "2" }),
    line("20T08:03", "a", SESSION, { USER_ID: "taro", SESSION_ID: "3" }),
    line("20T09:00", "a", SLEEP, { SLEEP: "suspend" }),
    line("20T10:00", "a", AWAKE, { SLEEP: "suspend" }),
    line("20T11:00", "a", SLEEP, { SLEEP: "hibernate" }),
    line("20T12:00", "a", AWAKE, { SLEEP: "hibernate" }),
    line("20T13:00", "a", NO_SESSION, { USER_ID: "taro", SESSION_ID: "3" }),
    line("20T13:01", "a", NO_SESSION, { USER_ID: "hanako", SESSION_ID: "2" }),
    line("20T14:00", "a", NO_SESSION, { USER_ID: "taro", SESSION_ID: "1" }),
    line("20T15:00", "a", SHUTDOWN),
    line("20T16:00", "b", STARTED),
    line("20T18:00", "c", STARTED),
    "",
  ];

  expect(told(readJournal(text.toReversed().join("\n"), "taro"))).toEqual([
    "20T08:00 boot",
    "20T08:01 sign-in",
    "20T09:00 sleep",
    "20T10:00 wake",
    "20T11:00 hibernate",
    "20T12:00 wake",
    "20T14:00 sign-out",
    "20T15:00 shutdown",
    "20T16:00 boot",
    "20T18:00 power-loss",
    "20T18:00 boot",
  ]);
});

test("a start that the journal begins with is told though sessions begin before its end, in one millisecond too", () => {
  const text = [
    line("20T08:00", "a", SESSION, { USER_ID: "gdm", SESSION_ID: "c1" }),
    line("20T08:01", "a", STARTED),
    line("20T08:02", "a", SESSION, { USER_ID: "taro", SESSION_ID: "1" }),
    line("20T17:00", "a", NO_SESSION, { USER_ID: "taro", SESSION_ID: "1" }),
    line("20T17:00", "a", SHUTDOWN),
  ];

  expect(told(readJournal(text.toReversed().join("\n"), "taro"))).toEqual([
    "20T08:00 boot",
    "20T08:02 sign-in",
    "20T17:00 sign-out",
    "20T17:00 shutdown",
  ]);
});

test("a line of the journal that is none is passed over", () => {
  expect(readJournal("{\n-- No entries --\n[]\n{}", "taro")).toEqual([]);
});

test("the login records tell starts, shutdowns, lost power and the user's sign-ins", () => {
  // As util-linux 2.38 prints it.
  const text = `taro     tty2         tty2             2026-11-21T09:01:11+00:00   gone - no logout
reboot   system boot  6.1.0-13-amd64   2026-11-21T08:59:11+00:00   still running
taro     tty2         tty2             2026-11-21T00:01:11+00:00 - crash                      (08:58)
reboot   system boot  6.1.0-13-amd64   2026-11-20T23:59:11+00:00   still running
shutdown system down  6.1.0-13-amd64   2026-11-20T09:02:13+00:00 - 2026-11-20T23:59:11+00:00  (14:56)
hanako   tty3         tty3             2026-11-20T00:02:11+00:00 - 2026-11-20T05:02:11+00:00  (05:00)
taro     tty2         tty2             2026-11-20T00:01:11+00:00 - 2026-11-20T05:01:11+00:00  (05:00)
reboot   system boot  6.1.0-13-amd64   2026-11-19T23:59:11+00:00 - 2026-11-20T09:02:13+00:00  (09:03)

wtmp begins 2026-11-19T23:59:11+00:00
`;

  expect(told(readWtmp(text, "taro"))).toEqual([
    "19T23:59 boot",
    "20T00:01 sign-in",
    "20T05:01 sign-out",
    "20T09:02 shutdown",
    "20T23:59 boot",
    "21T00:01 sign-in",
    "21T08:59 power-loss",
    "21T08:59 boot",
    "21T09:01 sign-in",
  ]);
});

test("the log of a Mac tells sleep, hibernation and wake, through dark wakes", () => {
  const text = `PM Logs
2026-11-20 18:00:00 +0900 Start               \tpowerd process is started
2026-11-20 23:15:02 +0900 Sleep               \tEntering Sleep state due to 'Clamshell Sleep':TCPKeepAlive=active Using Batt (Charge:85%) 3600 secs
2026-11-21 00:15:02 +0900 DarkWake            \tDarkWake from Deep Idle [CDNP] : due to SMC.OutboxNotEmpty/Maintenance Using BATT (Charge:84%) 45 secs
2026-11-21 00:15:47 +0900 Sleep               \tEntering Sleep state due to 'Maintenance Sleep':TCPKeepAlive=active Using Batt (Charge:84%) 28000 secs
2026-11-21 08:01:11 +0900 Wake                \tWake from Deep Idle [CDNVA] : due to NUB.SPMI0.SW3 Lid Open/HID Activity Using BATT (Charge:80%)
2026-11-21 20:00:00 +0900 Assertions          \tPID 99(Mail) Created PreventUserIdleSystemSleep
2026-11-21 23:00:00 +0900 Sleep               \tEntering Sleep state due to 'Low Power Sleep' Using Batt (Charge:1%)
2026-11-22 08:00:00 +0900 Wake                \tWake from Hibernate [CDNVA] : due to Lid Open Using AC (Charge:2%)
Total Sleep/Wakes since boot at 2026-11-20 18:00:00 +0900 :2
`;

  expect(told(readPmsetLog(text))).toEqual([
    "20T09:00 boot",
    "20T14:15 sleep",
    "20T23:01 wake",
    "21T14:00 hibernate",
    "21T23:00 wake",
  ]);
});

test("of what was before, the last event of power and the last of sign-in are kept", () => {
  const events: HostEvent[] = [
    { atMs: 1, kind: "sign-in" },
    { atMs: 2, kind: "sleep" },
    { atMs: 3, kind: "wake" },
    { atMs: 10, kind: "sleep" },
    { atMs: 20, kind: "wake" },
    { atMs: 21, kind: "sleep" },
  ];

  expect(eventsWithin(events.toReversed(), 10, 20)).toEqual([
    { atMs: 1, kind: "sign-in" },
    { atMs: 3, kind: "wake" },
    { atMs: 10, kind: "sleep" },
    { atMs: 20, kind: "wake" },
  ]);
});
