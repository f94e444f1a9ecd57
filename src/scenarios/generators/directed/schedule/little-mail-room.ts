import * as fc from "fast-check";

import type { SmtpFault } from "../../../../sim-server/faults/smtp-fault.ts";
import type { MailData } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { minutes, slotScenario } from "./slot-scenario.ts";

/** Room for a few mails. */
const ROOM_BYTES = 20_480;
/** So many that broke off would fill it. */
const BROKEN_COUNT = 24;
/** So many that were deleted would fill it. */
const READ_COUNT = 6;

/** Without TLS, whose handshakes would take most of the run. */
const MAIL: MailData = { to: ["owner@office.example"], secure: false, port: 25 };

const TEST: Step = { do: "test-mail" };
const READ: Step = { do: "read-mails" };
const faults = (...list: readonly SmtpFault[]): Step => ({ do: "smtp-faults", faults: [...list] });

/** The connection breaks off when most of a mail has come. */
const BREAKS = fc.constantFrom<SmtpFault>(
  { stage: "message", kind: "reset", afterBytes: 800, times: "forever" },
  { stage: "message", kind: "reply", code: 421, afterBytes: 800, times: "forever" },
);

/**
 * A mail provider with room for a few mails only, which are read and deleted one by one as they come; then many
 * break off in the middle. There is room for the next one each time.
 */
export const littleMailRoom: fc.Arbitrary<Scenario> = slotScenario(
  BREAKS.map((fault) => ({
    mail: MAIL,
    mailRoomBytes: ROOM_BYTES,
    timeline: [
      ...Array.from({ length: READ_COUNT }, () => [READ, TEST]).flat(),
      READ,
      faults(fault),
      ...Array.from({ length: BROKEN_COUNT }, () => TEST),
      faults(),
      TEST,
      // A slot is missed, and its mail comes as well.
      READ,
      { do: "sleep" as const },
      minutes(70),
      { do: "wake" as const },
      minutes(5),
    ],
  })),
);
