import * as fc from "fast-check";

import type { SmtpFault } from "../../../../sim-server/faults/smtp-fault.ts";
import type { Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { SECOND } from "../directed-scenario.ts";
import { MAILS, missedSlotWithMail } from "./missed-slot-with-mail.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";

/** Why no mail gets through. */
const HINDERED = fc.constantFrom<SmtpFault>(
  { stage: "connect", kind: "reset", times: "forever" },
  { stage: "greeting", kind: "reply", code: 421, times: "forever" },
  { stage: "end-of-data", kind: "reply", code: 452, times: "forever" },
);

/** How the tool comes to its end and begins again, while it waits for some time. */
const RESTART = fc.constantFrom<(pauseMinutes: number) => readonly Step[]>(
  (pause) => [{ do: "close-tool" }, minutes(pause), { do: "start-tool" }],
  (pause) => [{ do: "kill-tool" }, minutes(pause), { do: "start-tool" }],
  (pause) => [{ do: "shut-down" }, minutes(pause), ...START_AGAIN],
  (pause) => [{ do: "lose-power" }, minutes(pause), ...START_AGAIN],
  (pause) => [{ do: "sign-out" }, minutes(pause), ...START_AGAIN],
  (pause) => [{ do: "hibernate" }, minutes(pause), { do: "wake" }],
);

/** Hours between two starts. */
const PAUSE_HOURS = fc.constantFrom(3, 8, 11, 16);

/**
 * A mail that cannot be sent waits over several starts of the tool, with long pauses in between in which nothing runs;
 * then the server is well again: before a day has passed since the slot, or after one, or after several.
 */
export const mailsThatWait: fc.Arbitrary<Scenario> = missedSlotWithMail(
  fc
    .tuple(
      HINDERED,
      fc.array(fc.tuple(RESTART, PAUSE_HOURS, fc.constantFrom(0, 30, 240)), {
        minLength: 2,
        maxLength: 4,
      }),
    )
    .map(([fault, restarts]) => ({
      before: [{ do: "smtp-faults", faults: [fault] }],
      after: [
        { do: "wake" },
        minutes(5),
        // No other slot makes a mail of its own.
        { do: "automatic-backup", isOn: false },
        ...restarts.flatMap(([restart, hours, heldMinutes]): readonly Step[] => [
          ...(heldMinutes === 0 ? [] : [minutes(heldMinutes)]),
          ...restart(hours * 60),
        ]),
        { do: "smtp-faults", faults: [] },
        minutes(100),
      ],
    })),
);

/** A slot that the tool runs for the OS ends in trouble, since a file may not be read. */
const TROUBLE: readonly Step[] = [
  { do: "deny", path: SECOND },
  minutes(65),
  { do: "allow", path: SECOND },
];

/** What happens while nobody is signed in, or for a while somebody is, before the server is well again. */
const MEANWHILE = fc.constantFrom<readonly Step[]>(
  [minutes(20)],
  [minutes(300)],
  [minutes(15), { do: "sign-in" }, minutes(60), { do: "sign-out" }, minutes(30)],
  [{ do: "sleep" }, minutes(200), { do: "wake" }, minutes(20)],
  [minutes(27 * 60)],
);

/** The tool that a task of the OS starts for a slot, with nobody signed in, stays for its mail, and comes again the next day. */
export const mailsOfTheTask: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      MAILS,
      fc.option(HINDERED, { nil: undefined }),
      MEANWHILE,
      fc.constantFrom<Pc["kind"]>("windows-11", "windows-server", "linux"),
    )
    .map(([mail, fault, meanwhile, kind]) => ({
      mail,
      kind,
      timeline: [
        { do: "register-task", password: "right" },
        { do: "sign-out" },
        ...(fault === undefined ? [] : [{ do: "smtp-faults" as const, faults: [fault] }]),
        ...TROUBLE,
        ...meanwhile,
        { do: "smtp-faults", faults: [] },
        minutes(26 * 60),
        ...START_AGAIN,
        minutes(100),
      ],
    })),
);
