import * as fc from "fast-check";

import type { OutcomeId } from "../coverage/declared-cells.ts";
import type { Hit } from "../coverage/ledger.ts";
import type { Phase } from "../coverage/phase.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { SmtpFault } from "../../sim-server/faults/smtp-fault.ts";
import type { Step } from "../scenario/step.ts";
import { directedClocks } from "./schedule/directed-clocks.ts";
import { minutes, slotScenario, START_AGAIN } from "./schedule/directed-slots.ts";
import { untestedSettings } from "./schedule/untested-settings.ts";
import { ROOT, SECOND } from "./surroundings.ts";
import { MAILS, told, type Told } from "./schedule/told.ts";

const always = (...steps: Step[]): fc.Arbitrary<Told> => fc.constant({ after: steps });

/** Failures of a mail server that pass. */
const PASSING: readonly SmtpFault[] = [
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
const FINAL: readonly SmtpFault[] = [
  { stage: "mail", kind: "reply", code: 553 },
  { stage: "rcpt", kind: "reply", code: 550 },
  { stage: "end-of-data", kind: "reply", code: 554 },
];

const DIRECTED: Record<OutcomeId, (phase: Phase) => fc.Arbitrary<Scenario>> = {
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
  "SLOT-SKIPPED": () => directedClocks("skipped"),
  "SLOT-REPEATED": () => directedClocks("repeated"),
  "SLOT-SET-BACK": () => directedClocks("set-back"),
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
    if (phase === "first-try") return told(always({ do: "wake" }, minutes(5)));
    if (phase === "after-retry") {
      return told(
        fc
          .tuple(fc.constantFrom(...PASSING), fc.integer({ min: 1, max: 3 }))
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
    return told(
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
    told(
      fc.constantFrom(...FINAL).map((fault) => ({
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
    told(
      fc
        .constantFrom(...PASSING.filter(({ stage }) => stage === "connect" || stage === "mail"))
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
    told(
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
    told(untestedSettings.map((before) => ({ before, after: [{ do: "wake" }, minutes(5)] }))),
};

/** Whether it is no cause. */
export function isDirectedOutcome(cause: Hit["cause"]): cause is OutcomeId {
  return Object.hasOwn(DIRECTED, cause);
}

/** A scenario in which it comes about. */
export function directedOutcome(outcome: OutcomeId, phase: Phase): fc.Arbitrary<Scenario> {
  return DIRECTED[outcome](phase);
}
