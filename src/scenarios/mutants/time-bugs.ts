import type { Bug } from "./bug.ts";

const AGENT_MAIL = "src/agent/mail/mail.ts";
const DEAL_WITH_SLOTS = "src/agent/schedule/deal-with-slots.ts";
const MAIL_SENDER = "src/agent/mail/sender.ts";
const MISSED_SLOT = "src/agent/schedule/missed-slot.ts";
const OUTBOX = "src/agent/mail/outbox.ts";
const SCHEDULE = "src/agent/schedule/slots.ts";
const SLOT_STORE = "src/agent/schedule/slot-store.ts";

const END_CUT_SLOTS = "for (const slot of work.slots.open()) endSlot(work, slot, CUT);";

/** Scenarios and sweep both have to notice it. */
export const ORPHANS_STAY_OPEN: Bug = {
  name: "orphans-stay-open",
  takesAway: "the closing of jobs whose process ended",
  patches: [
    {
      file: "src/agent/runs/close-orphaned-jobs.ts",
      find: "if (orphans.length + waiting.length === 0) return [];",
      replace: "if (orphans.length + waiting.length >= 0) return [];",
    },
  ],
};

/** Bugs in the schedule and its slots, and in closing what an earlier process left open. */
const SLOT_BUGS: readonly Bug[] = [
  ORPHANS_STAY_OPEN,
  {
    name: "task-at-the-slot",
    takesAway: "the five minutes by which the OS task is ahead of its slot",
    patches: [
      {
        file: "src/agent/schedule/os-task.ts",
        find: "const minute = minuteOfDay - LIMITS.taskLeadMinutes;",
        replace: "const minute = minuteOfDay;",
      },
    ],
  },
  {
    name: "no-lead-rule",
    takesAway: "B-NR-9: the tool was closed, or its user signed out, within the five minutes",
    patches: [
      {
        file: MISSED_SLOT,
        find: 'if (endedInLead(missed, isRunning)) return "B-NR-9";',
        replace: "",
      },
    ],
  },
  {
    name: "slots-by-the-wall",
    takesAway:
      "the date as what tells slots apart: they come again when the wall shows their time again",
    patches: [
      {
        file: DEAL_WITH_SLOTS,
        find: `const handledDay = countsAnew(seenMs, nowMs)
    ? dayBeforeFirstSlot(schedule, host.zone(), nowMs)
    : before;`,
        replace: `const wallAt = (atMs: number): number => {
    const shown = localTimeAt(host.zone(), atMs);
    return dayNumber(shown) * 1440 + shown.minuteOfDay;
  };
  const wall = wallAt(nowMs);
  const wallDay = Math.floor(wall / 1440);
  const isBack = nowMs >= seenMs && wall < wallAt(seenMs);
  let handledDay = countsAnew(seenMs, nowMs)
    ? dayBeforeFirstSlot(schedule, host.zone(), nowMs)
    : before;
  if (isBack) handledDay = wall % 1440 < schedule.minuteOfDay ? wallDay - 1 : wallDay;`,
      },
      {
        file: DEAL_WITH_SLOTS,
        find: 'import { dayNumber } from "../core/zone-time.ts";',
        replace: 'import { dayNumber, localTimeAt } from "../core/zone-time.ts";',
      },
    ],
  },
  {
    name: "second-of-the-two",
    takesAway: "the first of the two times where clocks are set back over a slot",
    patches: [
      {
        file: "src/agent/core/zone-time.ts",
        find: "if (exact.length > 0) return Math.min(...exact);",
        replace: "if (exact.length > 0) return Math.max(...exact);",
      },
    ],
  },
  {
    name: "skipped-time-no-slot",
    takesAway: "the slot of a day whose clocks skip its time",
    patches: [
      {
        file: SCHEDULE,
        find: `  return { date, atMs: firstInstantOf(zone, date, schedule.minuteOfDay) };`,
        replace: `  const atMs = firstInstantOf(zone, date, schedule.minuteOfDay);
  const isThere = localTimeAt(zone, atMs).minuteOfDay === schedule.minuteOfDay;
  return isThere ? { date, atMs } : nextSlot(schedule, zone, day);`,
      },
    ],
  },
  {
    name: "slot-again-after-an-hour-back",
    takesAway: "the day by which a clock has to be set back until slots count anew",
    patches: [
      {
        file: SCHEDULE,
        find: "return nowMs < seenMs - DAY_MS;",
        replace: "return nowMs < seenMs;",
      },
    ],
  },
  {
    name: "missed-slots-get-no-row",
    takesAway: "the rows of missed slots",
    patches: [
      {
        file: DEAL_WITH_SLOTS,
        find: "const sources = sourcesAt(work, slot);\n  const isLoggedOutNow",
        replace: "const sources: readonly SourceFolder[] = [];\n  const isLoggedOutNow",
      },
    ],
  },
  {
    name: "missed-slots-are-caught-up",
    takesAway: "D3: a slot that was missed is run when the tool comes to it",
    patches: [
      {
        file: DEAL_WITH_SLOTS,
        find: "if (slot.atMs < work.startedAtMs || !work.isLoggedIn()) return false;",
        replace: "if (slot.atMs < work.startedAtMs) return work.isLoggedIn();",
      },
    ],
  },
  {
    name: "missed-rows-start-now",
    takesAway: "D3: the row of a missed slot starts at its slot",
    patches: [
      {
        file: DEAL_WITH_SLOTS,
        find: "startedAtMs: isNotRun ? place.atMs : nowMs,",
        replace: "startedAtMs: nowMs,",
      },
    ],
  },
  {
    name: "off-is-not-off",
    takesAway: "自動バックアップ OFF: slots go on",
    patches: [
      {
        file: DEAL_WITH_SLOTS,
        find: "if (state === undefined || state.schedule === null || !state.isOn) return undefined;",
        replace: "if (state === undefined || state.schedule === null) return undefined;",
      },
      {
        file: DEAL_WITH_SLOTS,
        find: "if (state === undefined || state.schedule === null || !state.isOn) return;",
        replace: "if (state === undefined || state.schedule === null) return;",
      },
    ],
  },
  {
    name: "cut-slots-stay-open",
    takesAway: "the rows and the mail of a slot whose process ended in the middle of it",
    patches: [{ file: DEAL_WITH_SLOTS, find: END_CUT_SLOTS, replace: "" }],
  },
  {
    name: "slots-count-at-their-end",
    takesAway: "the note of a slot that begins: after a crash it is a missed one as well",
    patches: [
      { file: DEAL_WITH_SLOTS, find: END_CUT_SLOTS, replace: "" },
      { file: SLOT_STORE, find: "    this.setHandledDay(day);\n", replace: "" },
      {
        file: SLOT_STORE,
        find: '    this.#database.run("DELETE FROM slot WHERE day = ?", day);',
        replace: `    this.setHandledDay(day);
    this.#database.run("DELETE FROM slot WHERE day = ?", day);`,
      },
    ],
  },
];

/** Bugs in the result mail. */
const MAIL_BUGS: readonly Bug[] = [
  {
    name: "outbox-in-memory",
    takesAway: "the outbox on the disk: mails die with their process",
    patches: [
      {
        file: OUTBOX,
        find: "  readonly #database: StateDatabase;\n",
        replace: "  readonly #database: StateDatabase;\n  readonly #own = new Set<string>();\n",
      },
      {
        file: OUTBOX,
        find: "  enqueue(mail: NewMail): void {\n",
        replace: "  enqueue(mail: NewMail): void {\n    this.#own.add(mail.messageId);\n",
      },
      {
        file: OUTBOX,
        find: `this.#database.all("SELECT * FROM outbox ORDER BY id").map((row) => toWaitingMail(row));`,
        replace: `this.#database
      .all("SELECT * FROM outbox ORDER BY id")
      .map((row) => toWaitingMail(row))
      .filter(({ messageId }) => this.#own.has(messageId));`,
      },
    ],
  },
  {
    name: "waiting-mails-need-a-new-one",
    takesAway: "the look at what an earlier process left to be sent",
    patches: [
      {
        file: MAIL_SENDER,
        find: "    this.#onNews = onNews;\n    this.kick();",
        replace: "    this.#onNews = onNews;",
      },
    ],
  },
  {
    name: "no-mail-of-a-cut-slot",
    takesAway: "the mail of a slot whose process ended in the middle of it",
    patches: [
      {
        file: DEAL_WITH_SLOTS,
        find: END_CUT_SLOTS,
        replace: `for (const slot of work.slots.open()) {
    endSlot({ ...work, report: () => undefined }, slot, CUT);
  }`,
      },
    ],
  },
  {
    name: "confirmed-without-a-test",
    takesAway: "the test mail before settings are put in force",
    patches: [
      {
        file: AGENT_MAIL,
        find: "if (this.#settings.testedFingerprint() !== mailFingerprint(draft)) {",
        replace: "if (false) {",
      },
    ],
  },
  {
    name: "confirmed-for-other-recipients",
    takesAway: "the recipients from what a test mail is remembered by",
    patches: [
      {
        file: "src/agent/mail/status.ts",
        find: "[host, port, user, password, secure, from, to]",
        replace: "[host, port, user, password, secure, from]",
      },
    ],
  },
  {
    name: "confirmed-with-another-password",
    takesAway: "the password from what a test mail is remembered by",
    patches: [
      {
        file: "src/agent/mail/status.ts",
        find: "[host, port, user, password, secure, from, to]",
        replace: "[host, port, user, secure, from, to]",
      },
    ],
  },
  {
    name: "test-that-failed-counts",
    takesAway: "the mail server's word: a test mail counts whether it was taken or not",
    patches: [
      {
        file: AGENT_MAIL,
        find: '      throw new AgentError("mail-not-sent", reason);\n',
        replace: "",
      },
    ],
  },
  {
    name: "mail-for-completed-runs",
    takesAway: "D14: no mail when every row of a slot is 完了",
    patches: [
      {
        file: AGENT_MAIL,
        find: "if (settings === undefined || !isWorthMail(report)) return false;",
        replace: "if (settings === undefined) return false;",
      },
    ],
  },
  {
    name: "mail-for-ever",
    takesAway: "the day after which a mail is given up: it is tried for a year",
    patches: [
      {
        file: MAIL_SENDER,
        find: "expiresAtMs: elapsedMs + tuning.mailAgeMsMax - ageMs,",
        replace: "expiresAtMs: elapsedMs + 365 * tuning.mailAgeMsMax - ageMs,",
      },
    ],
  },
  {
    name: "refused-mail-again",
    takesAway: "the end of a mail that the server refused for good",
    patches: [
      {
        file: MAIL_SENDER,
        find: 'if (result.kind === "permanent") return this.#giveUp(mail, "mail was refused", result.reason);',
        replace: "",
      },
      {
        file: MAIL_SENDER,
        find: 'if (result.kind === "transient") {',
        replace: 'if (result.kind !== "sent") {',
      },
    ],
  },
  {
    name: "mail-again-to-who-has-it",
    takesAway: "the note of which recipients have a mail already",
    patches: [
      {
        file: MAIL_SENDER,
        find: "const only = settings.to.filter((address) => !mail.settledRecipients.includes(address));",
        replace: "const only = settings.to;",
      },
    ],
  },
  {
    name: "off-keeps-what-waits",
    takesAway: "the throwing away of waiting mails when result mails are switched off",
    patches: [
      {
        file: AGENT_MAIL,
        find: "return isOn ? 0 : this.#outbox.clear();",
        replace: "return 0;",
      },
    ],
  },
  {
    name: "mail-password-in-the-log",
    takesAway: "keeping a mail server's repetition of the password out of the log",
    patches: [
      {
        file: "src/agent/adapters/smtp-failure.ts",
        find: "  if (secrets.some((secret) => response.includes(secret) || words.includes(secret))) return bare;\n",
        replace: "",
      },
    ],
  },
];

/** Bugs in what follows the clock: schedule, slots and result mails. */
export const TIME_BUGS: readonly Bug[] = [...SLOT_BUGS, ...MAIL_BUGS];
