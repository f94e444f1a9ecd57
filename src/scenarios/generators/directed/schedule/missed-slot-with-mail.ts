import * as fc from "fast-check";

import type { MailData } from "../../../scenario/pc.ts";
import type { Step } from "../../../scenario/step.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { minutes, slotScenario } from "./slot-scenario.ts";

/** Settings of the result mail that work. */
export const MAILS = fc.constantFrom<MailData>(
  { to: ["owner@office.example"], secure: true, port: 465 },
  { to: ["owner@office.example", "boss@office.example"], secure: true, port: 587 },
  { to: ["owner@office.example"], secure: false, port: 25 },
);

/** What comes before a slot that is missed, and what follows. */
interface AroundMissedSlot {
  readonly before?: readonly Step[];
  readonly after: readonly Step[];
}

/** A slot at 10:00 that is missed since the PC sleeps, with result mails on, and what follows. */
export function missedSlotWithMail(
  rest: fc.Arbitrary<AroundMissedSlot>,
  mails = MAILS,
): fc.Arbitrary<Scenario> {
  return slotScenario(
    fc.tuple(mails, rest).map(([mail, { before = [], after }]) => ({
      mail,
      timeline: [minutes(10), ...before, { do: "sleep" as const }, minutes(70), ...after],
    })),
  );
}
