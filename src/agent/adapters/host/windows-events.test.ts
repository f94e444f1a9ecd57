import { expect, test } from "vitest";

import { readWindowsEvents, windowsEventQuery } from "./windows-events.ts";

const SID = "S-1-5-21-1-2-3-1001";

/** An event as `wevtutil qe System /f:xml` prints it. */
function event(
  provider: string,
  id: number,
  at: string,
  data: Readonly<Record<string, string>> = {},
): string {
  const fields = Object.entries(data).map(
    ([name, value]) => `<Data Name='${name}'>${value}</Data>`,
  );
  return `<Event xmlns='http://schemas.microsoft.com/win/2004/08/events/event'><System><Provider Name='${provider}' Guid='{331c3b3a-2005-44c2-ac5e-77220c37d6b4}'/><EventID Qualifiers='0'>${id}</EventID><Version>3</Version><Level>4</Level><TimeCreated SystemTime='2026-11-${at}.1234567Z'/><EventRecordID>1</EventRecordID><Channel>System</Channel><Computer>pc</Computer><Security UserID='${SID}'/></System><EventData>${fields.join("")}</EventData></Event>\r\n`;
}

const power = "Microsoft-Windows-Kernel-Power";
const general = "Microsoft-Windows-Kernel-General";
const bootLog = "Microsoft-Windows-Kernel-Boot";
const winlogon = "Microsoft-Windows-Winlogon";

/** Day and time of each event, with its kind. */
function read(...events: readonly string[]): string[] {
  return readWindowsEvents(events.toReversed().join(""), SID).map(
    ({ atMs, kind }) => `${new Date(atMs).toISOString().slice(8, 16)} ${kind}`,
  );
}

test("sleep and hibernation are told apart by the state they go into, or the reason", () => {
  expect(
    read(
      event(power, 42, "20T14:00:00", { TargetState: "4", EffectiveState: "4", Reason: "0" }),
      event(power, 107, "20T23:00:00", { TargetState: "4" }),
      event(power, 42, "21T14:00:00", { TargetState: "5", EffectiveState: "5", Reason: "4" }),
      event(power, 107, "21T23:00:00", { TargetState: "5" }),
      event(power, 42, "22T14:00:00", { TargetState: "4", EffectiveState: "5", Reason: "6" }),
      event(power, 506, "23T14:00:00", { Reason: "15" }),
      event(power, 507, "23T23:00:00", { Reason: "1" }),
    ),
  ).toEqual([
    "20T14:00 sleep",
    "20T23:00 wake",
    "21T14:00 hibernate",
    "21T23:00 wake",
    "22T14:00 hibernate",
    "23T14:00 sleep",
    "23T23:00 wake",
  ]);
});

test("a wake-up that was noted with the time of falling asleep is put right", () => {
  expect(
    read(
      event(power, 42, "20T14:00:00", { TargetState: "4" }),
      event(power, 107, "20T14:00:03"),
      event("Microsoft-Windows-Power-Troubleshooter", 1, "20T23:00:05", {
        SleepTime: "2026-11-20T14:00:01.5000000Z",
        WakeTime: "2026-11-20T23:00:00.5000000Z",
      }),
    ),
  ).toEqual(["20T14:00 sleep", "20T23:00 wake"]);
});

test("a shutdown and the start after it are one each, though several providers tell of them", () => {
  expect(
    read(
      event("EventLog", 6006, "20T09:00:00"),
      event(general, 13, "20T09:00:02", { StopTime: "x" }),
      event(general, 12, "20T23:00:00", { StartTime: "x" }),
      event(bootLog, 27, "20T23:00:00", { BootType: "0x0" }),
      event("EventLog", 6005, "20T23:00:09"),
    ),
  ).toEqual(["20T09:00 shutdown", "20T23:00 boot"]);
});

test("a start after a restart is not taken for a repetition", () => {
  expect(
    read(
      event(general, 13, "20T09:00:00"),
      event(general, 12, "20T09:01:00"),
      event(general, 13, "20T09:03:00"),
      event(general, 12, "20T09:04:00"),
    ),
  ).toEqual(["20T09:00 shutdown", "20T09:01 boot", "20T09:03 shutdown", "20T09:04 boot"]);
});

test("lost power is noticed at the next start, and told before it", () => {
  expect(
    read(
      event(general, 12, "20T23:00:00"),
      event(power, 41, "20T23:00:03", { BugcheckCode: "0" }),
      event("EventLog", 6008, "20T23:00:09"),
      event("EventLog", 6005, "20T23:00:09"),
    ),
  ).toEqual(["20T23:00 power-loss", "20T23:00 boot"]);
});

test("a shutdown by Fast Startup hibernates the kernel and is a shutdown all the same", () => {
  expect(
    read(
      event(winlogon, 7002, "20T09:00:00", { TSId: "1", UserSid: SID }),
      event(power, 42, "20T09:00:05", { TargetState: "5" }),
      event(bootLog, 27, "20T23:00:00", { BootType: "0x1" }),
    ),
  ).toEqual(["20T09:00 sign-out", "20T09:00 shutdown", "20T23:00 boot"]);
});

test("a start out of hibernation is a wake-up", () => {
  expect(
    read(
      event(power, 42, "20T09:00:05", { TargetState: "5" }),
      event(bootLog, 27, "20T23:00:00", { BootType: "0x2" }),
    ),
  ).toEqual(["20T09:00 hibernate", "20T23:00 wake"]);
});

test("only the user's own sign-ins count; everybody's when he is not known", () => {
  const events = [
    event(winlogon, 7001, "20T09:00:00", { TSId: "1", UserSid: SID }),
    event(winlogon, 7002, "20T10:00:00", { TSId: "2", UserSid: "S-1-5-21-1-2-3-1002" }),
  ];

  expect(read(...events)).toEqual(["20T09:00 sign-in"]);
  expect(readWindowsEvents(events.join(""), undefined)).toHaveLength(2);
});

test("what is no event, and other events, are passed over", () => {
  expect(
    read("", "<Event>", event(power, 105, "20T09:00:00"), event("Disk", 41, "20T09:00:00")),
  ).toEqual([]);
});

test("the query has the moment in UTC and stays below the 32 terms that the event log allows", () => {
  const query = windowsEventQuery(Date.UTC(2026, 10, 21, 3));

  expect(query).toContain("@SystemTime<='2026-11-21T03:00:00.000Z'");
  expect(query.match(/=/g)?.length).toBeLessThan(32);
});
