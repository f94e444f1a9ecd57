import * as fc from "fast-check";

import { MAIL_USER } from "../../../scenario/mail-user.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import type { Pc } from "../../../scenario/pc.ts";
import { daysOfLogins } from "./days-of-logins.ts";
import { littleMailRoom } from "./little-mail-room.ts";
import { monthsOfNotices } from "./months-of-notices.ts";
import { daysOfMails } from "./days-of-mails.ts";
import { daysOfSettings } from "./days-of-settings.ts";
import { daysOfSlots, daysOfSlotsOnLinux } from "./days-of-slots.ts";
import { daysThatComeTwice } from "./days-that-come-twice.ts";
import { eachChangeOfClocks } from "./changed-clocks.ts";
import { settingsOverRestarts } from "./settings-over-restarts.ts";
import { taskToolThatSleeps } from "./task-tool-that-sleeps.ts";
import { weekdaysAroundMidnight } from "./weekdays-around-midnight.ts";
import { mailsOfTheTask, mailsThatWait } from "./mails-that-wait.ts";
import { lateSlots } from "./late-slots.ts";
import { minutes, slotScenario } from "./slot-scenario.ts";
import { missedSlotWithMail } from "./missed-slot-with-mail.ts";

/** A mail server that repeats the password in what it says (I10). */
const indiscreet = missedSlotWithMail(
  fc
    .tuple(
      fc.constantFrom("mail" as const, "rcpt" as const, "end-of-data" as const),
      fc.constantFrom(451, 550),
    )
    .map(([stage, code]) => ({
      after: [
        {
          do: "smtp-faults" as const,
          faults: [{ stage, kind: "reply" as const, code, text: `who is ${MAIL_USER.password}?` }],
        },
        { do: "wake" as const },
        minutes(10),
      ],
    })),
  fc.constantFrom(
    { to: ["owner@office.example"], secure: true, port: 465 },
    { to: ["owner@office.example"], secure: true, port: 587 },
  ),
);

/** One recipient has the mail at once, the other only later. */
const halfTaken = missedSlotWithMail(
  fc
    .tuple(fc.constantFrom("boss@*", "owner@*"), fc.integer({ min: 1, max: 3 }))
    .map(([recipient, times]) => ({
      after: [
        {
          do: "smtp-faults" as const,
          faults: [{ stage: "rcpt" as const, kind: "reply" as const, code: 450, recipient, times }],
        },
        { do: "wake" as const },
        minutes(20),
      ],
    })),
  fc.constant({
    to: ["owner@office.example", "boss@office.example"],
    secure: true,
    port: 465,
  }),
);

/** The password is changed elsewhere: the next slot loses the login, those behind it have none. */
const lostLogin = slotScenario(
  fc
    .tuple(fc.boolean(), fc.constantFrom<Pc["kind"]>("windows-11", "macos", "linux"))
    .map(([isLate, kind]) => ({
      kind,
      timeline: [
        minutes(10),
        { do: "change-service-password" as const },
        minutes(24 * 60),
        ...(isLate
          ? [{ do: "sleep" as const }, minutes(24 * 60), { do: "wake" as const }, minutes(5)]
          : [minutes(24 * 60)]),
        { do: "login" as const },
        minutes(24 * 60),
      ],
    })),
);

/** Situations about schedules and their mails that random search seldom brings together. */
export const SCHEDULE_SITUATIONS: readonly DirectedGenerator[] = [
  { name: "all that may become of a slot", topic: "schedule", arbitrary: daysOfSlots },
  {
    name: "all that may become of a slot on Linux",
    topic: "schedule",
    arbitrary: daysOfSlotsOnLinux,
  },
  { name: "a task's tool that sleeps", topic: "schedule", arbitrary: taskToolThatSleeps },
  { name: "slots that are noticed late", topic: "schedule", arbitrary: lateSlots },
  { name: "all that may become of a mail", topic: "schedule", arbitrary: daysOfMails },
  { name: "mails that wait over restarts", topic: "schedule", arbitrary: mailsThatWait },
  { name: "mails of a tool that a task started", topic: "schedule", arbitrary: mailsOfTheTask },
  { name: "days that come twice", topic: "schedule", arbitrary: daysThatComeTwice },
  { name: "little room for mails", topic: "schedule", arbitrary: littleMailRoom },
  { name: "settings around a slot", topic: "schedule", arbitrary: daysOfSettings },
  { name: "all that may become of a login", topic: "schedule", arbitrary: daysOfLogins },
  { name: "a usage notice each month", topic: "schedule", arbitrary: monthsOfNotices },
  { name: "every setting over restarts", topic: "schedule", arbitrary: settingsOverRestarts },
  { name: "weekdays around midnight", topic: "schedule", arbitrary: weekdaysAroundMidnight },
  ...eachChangeOfClocks.map(({ name, arbitrary }) => ({
    name,
    topic: "schedule" as const,
    arbitrary,
  })),
  { name: "password changed elsewhere", topic: "schedule", arbitrary: lostLogin },
  { name: "mail server repeats the password", topic: "schedule", arbitrary: indiscreet },
  {
    name: "mail for one recipient now, for the other later",
    topic: "schedule",
    arbitrary: halfTaken,
  },
];
