import * as fc from "fast-check";

import type { OutcomeId } from "../../../coverage/declared-cells.ts";
import type { SmtpFault } from "../../../../sim-server/faults/smtp-fault.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import type { CellGenerators } from "../cell-generators.ts";
import { changedClocks } from "./changed-clocks.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";
import { untestedSettings } from "./untested-settings.ts";
import { ROOT, SECOND } from "../directed-scenario.ts";
import { MAILS, missedSlotWithMail } from "./missed-slot-with-mail.ts";

/** Failures of a mail server that pass. */
const TRANSIENT: readonly SmtpFault[] = [
  { stage: "connect", kind: "reset" },
  { stage: "greeting", kind: "reply", code: 421 },
  { stage: "mail", kind: "reply", code: 451 },
  { stage: "rcpt", kind: "reply", code: 450 },
  { stage: "data", kind: "reply", code: 452 },
  { stage: "message", kind: "reset" },
  { stage: "end-of-data", kind: "reply", code: 451 },
  { stage: "end-of-data", kind: "reset", committed: true },
  { stage: "mail", kind: "stall" },
];

/** Failures that do not. */
const PERMANENT: readonly SmtpFault[] = [
  { stage: "mail", kind: "reply", code: 553 },
  { stage: "rcpt", kind: "reply", code: 550 },
  { stage: "end-of-data", kind: "reply", code: 554 },
];

/** The cells of what becomes of slots and of their mails. */
export const SCHEDULE_OUTCOME_CELLS: CellGenerators<OutcomeId> = {
  "SLOT-RUN": (phase) =>
    slotScenario(
      fc.boolean().map((isSignedOut) => ({
        timeline: [
          ...(phase === "first-try"
            ? []
            : [
                {
                  do: "backup" as const,
                  disturbances: [
                    { when: { at: "request" as const, nth: 1 }, what: { do: "kill" as const } },
                  ],
                },
              ]),
          { do: "register-task", password: "right" },
          minutes(10),
          ...(isSignedOut ? [{ do: "sign-out" as const }] : []),
          minutes(60),
        ],
      })),
    ),
  "CAPTCHA-ASKED": () => guessed(fc.constantFrom<Captcha>("right", "wrong", "none")),
  "CAPTCHA-PASSED": () => guessed(fc.constant<Captcha>("right")),
  "CAPTCHA-WRONG": () => guessed(fc.constant<Captcha>("wrong")),
  "CAPTCHA-RESET": () => guessed(fc.constantFrom<Captcha>("right", "wrong")),
  "SLOT-SKIPPED": () => changedClocks("skipped"),
  "SLOT-REPEATED": () => changedClocks("repeated"),
  "SLOT-SET-BACK": () => changedClocks("set-back"),
  "SLOT-LEFT-OVER": () =>
    slotScenario(
      fc
        .tuple(
          MAILS,
          fc.constantFrom("kill" as const, "power-loss" as const),
          fc.integer({ min: 2, max: 3 }),
        )
        .map(([mail, act, nth]) => ({
          mail,
          sources: [ROOT, "/data/photos"],
          tree: { "/data/photos/one": { content: { text: "one" } } },
          timeline: [
            minutes(10),
            {
              do: "wait",
              ms: 60 * 60_000,
              // Else the end comes at the very moment of the slot, and nobody can say which was first.
              faults: { storage: [{ kind: "delay", delayMs: 300, times: "forever" }] },
              disturbances: [{ when: { at: "request", nth }, what: { do: act } }],
            },
          ],
        })),
    ),
  "SLOT-DEL-NR-2": () =>
    slotScenario(
      fc.constant({
        compareDelete: true,
        sources: [ROOT, "/data/photos"],
        tree: { "/data/photos/one": { content: { text: "one" } } },
        timeline: [
          { do: "backup" },
          minutes(10),
          { do: "delete", path: SECOND },
          {
            do: "wait",
            ms: 60 * 60_000,
            disturbances: [{ when: { at: "deletion", nth: 1 }, what: { do: "close-tool" } }],
          },
        ],
      }),
    ),
  "MAIL-SENT": (phase) => {
    if (phase === "first-try")
      return missedSlotWithMail(fc.constant({ after: [{ do: "wake" }, minutes(5)] }));
    if (phase === "after-retry") {
      return missedSlotWithMail(
        fc
          .tuple(fc.constantFrom(...TRANSIENT), fc.integer({ min: 1, max: 3 }))
          .map(([fault, times]) => ({
            after: [
              { do: "smtp-faults", faults: [{ ...fault, times }] },
              { do: "wake" },
              minutes(120),
              { do: "smtp-faults", faults: [] },
              minutes(5),
            ],
          })),
      );
    }
    return missedSlotWithMail(
      fc
        .constantFrom("close-tool" as const, "kill-tool" as const, "lose-power" as const)
        .map((end) => ({
          after: [
            { do: "network-down", kind: "unreachable" },
            { do: "wake" },
            minutes(2),
            { do: end },
            minutes(2),
            { do: "network-up" },
            ...START_AGAIN,
            minutes(5),
          ],
        })),
    );
  },
  "MAIL-NONE": () => slotScenario(MAILS.map((mail) => ({ mail, timeline: [minutes(70)] }))),
  "MAIL-REFUSED": () =>
    missedSlotWithMail(
      fc.constantFrom(...PERMANENT).map((fault) => ({
        after: [
          { do: "smtp-faults", faults: [{ ...fault, times: "forever" }] },
          { do: "wake" },
          minutes(5),
          { do: "smtp-faults", faults: [] },
          minutes(100),
        ],
      })),
    ),
  "MAIL-GIVEN-UP": () =>
    missedSlotWithMail(
      fc
        .constantFrom(...TRANSIENT.filter(({ stage }) => stage === "connect" || stage === "mail"))
        .map((fault) => ({
          after: [
            // The slot of the next day is none, so that one mail alone waits.
            { do: "smtp-faults", faults: [{ ...fault, times: "forever" }] },
            { do: "wake" },
            minutes(5),
            { do: "automatic-backup", isOn: false },
            minutes(25 * 60),
          ],
        })),
    ),
  "MAIL-SWITCHED-OFF": () =>
    missedSlotWithMail(
      fc
        .constantFrom<Step>(
          { do: "network-down", kind: "unreachable" },
          { do: "smtp-faults", faults: [{ stage: "mail", kind: "stall", times: "forever" }] },
        )
        .map((hindrance) => ({
          after: [
            hindrance,
            { do: "wake" },
            minutes(2),
            { do: "switch-mail", isOn: false },
            { do: "network-up" },
            { do: "smtp-faults", faults: [] },
            minutes(1),
            { do: "switch-mail", isOn: true },
            // A tool that starts looks at all that waits.
            { do: "close-tool" },
            { do: "start-tool" },
            minutes(5),
          ],
        })),
    ),
  "MAIL-UNTESTED": () =>
    missedSlotWithMail(
      untestedSettings.map((before) => ({ before, after: [{ do: "wake" }, minutes(5)] })),
    ),
};

type Captcha = "right" | "wrong" | "none";

/**
 * Somebody elsewhere guesses the password; the session ends, so that the next slot loses the login, or it
 * does not. The person logs in, first with what is drawn, and after more wrong passwords once again.
 */
function guessed(captchas: fc.Arbitrary<Captcha>): fc.Arbitrary<Scenario> {
  return slotScenario(
    fc
      .tuple(captchas, fc.boolean(), fc.integer({ min: 3, max: 5 }), fc.integer({ min: 1, max: 2 }))
      .map(([captcha, isLost, times, more]) => ({
        timeline: [
          minutes(10),
          { do: "login-wrong", times },
          ...(isLost ? [{ do: "end-sessions" as const }] : []),
          minutes(24 * 60),
          { do: "login", captcha },
          { do: "login" },
          { do: "login-wrong", times: more },
          { do: "login" },
          minutes(24 * 60),
        ],
      })),
  );
}
