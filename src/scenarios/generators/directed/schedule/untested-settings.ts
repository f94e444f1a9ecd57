import * as fc from "fast-check";

import type { SmtpFault } from "../../../../sim-server/faults/smtp-fault.ts";
import type { MailData } from "../../../scenario/pc.ts";
import type { Step } from "../../../scenario/step.ts";

const GOOD: MailData = { to: ["owner@office.example"], secure: true, port: 465 };

/** Settings that differ from {@link GOOD} in one respect each. */
const OTHERS: readonly MailData[] = [
  { ...GOOD, to: ["boss@office.example"] },
  { ...GOOD, to: ["owner@office.example", "boss@office.example"] },
  { ...GOOD, port: 587 },
  { ...GOOD, hasRightPassword: false },
];

const set = (mail: MailData): Step => ({ do: "set-mail", ...mail });
const TEST: Step = { do: "test-mail" };
const CONFIRM: Step = { do: "confirm-mail" };

/** Settings whose test mail does not come, by their own fault or by the server's. */
const FAILING: readonly Step[] = [
  set({ ...GOOD, hasRightPassword: false }),
  TEST,
  CONFIRM,
  { do: "smtp-faults", faults: [{ stage: "rcpt", kind: "reply", code: 550 }] },
  set({ ...GOOD, to: ["boss@office.example"] }),
  TEST,
  CONFIRM,
  { do: "smtp-faults", faults: [] },
];

const OWNER = "owner@office.example";
const BOSS = "boss@office.example";

const rcpt = (code: number, recipient: string): SmtpFault => ({
  stage: "rcpt",
  kind: "reply",
  code,
  recipient,
  times: "forever",
});
const whole = (stage: "greeting" | "mail" | "data", code: number): readonly SmtpFault[] => [
  { stage, kind: "reply", code, times: "forever" },
];

/** What the server says to a mail for two: to all of it, or to each of them by itself. */
const REPLIES: readonly (readonly SmtpFault[])[] = [
  [rcpt(450, OWNER), rcpt(550, BOSS)],
  [rcpt(550, OWNER), rcpt(450, BOSS)],
  [rcpt(450, OWNER), rcpt(451, BOSS)],
  [rcpt(550, OWNER), rcpt(553, BOSS)],
  [rcpt(452, BOSS)],
  [rcpt(551, BOSS)],
  whole("greeting", 421),
  whole("mail", 554),
  whole("data", 452),
];

/** Test mails for two that the server puts off or refuses, the one, the other, or both. */
const REFUSED: readonly Step[] = [
  set({ ...GOOD, to: [OWNER, BOSS] }),
  ...REPLIES.flatMap((faults): Step[] => [{ do: "smtp-faults", faults: [...faults] }, TEST]),
  { do: "smtp-faults", faults: [] },
];

/**
 * A person wants to confirm settings that passed no test mail exactly as they are (F36): others than
 * those that were tested, in every order, and such whose test failed.
 */
export const untestedSettings: fc.Arbitrary<readonly Step[]> = fc
  .tuple(
    fc.shuffledSubarray([...OTHERS], { minLength: OTHERS.length, maxLength: OTHERS.length }),
    fc.boolean(),
  )
  .map(([others, isPutRight]) => [
    ...FAILING,
    ...REFUSED,
    set(GOOD),
    TEST,
    ...others.flatMap((other) => [set(other), CONFIRM]),
    ...(isPutRight ? [set(GOOD), CONFIRM] : []),
  ]);
