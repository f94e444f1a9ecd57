import { FaultPlan } from "../../faults/fault-plan.ts";
import { pathGlob } from "../../faults/path-glob.ts";
import { smtpFaultSchema, type SmtpFault, type SmtpStage } from "../../faults/smtp-fault.ts";

/** A moment at which faults may strike. */
export interface SmtpMoment {
  readonly stage: SmtpStage;
  /** The address of RCPT, or those accepted so far. Default: none. */
  readonly recipients?: readonly string[];
}

/** The faults of the mail server that are to strike. They count the moments of their stage. */
export class SmtpFaultPlan extends FaultPlan<SmtpFault, SmtpMoment> {
  /** An empty plan. */
  constructor() {
    super({ idPrefix: "smtp-fault", schema: smtpFaultSchema, matcher });
  }
}

function matcher(fault: SmtpFault): (moment: SmtpMoment) => boolean {
  const recipient = "recipient" in fault ? fault.recipient : undefined;
  const matchesRecipient = recipient === undefined ? null : pathGlob(recipient.toLowerCase());
  return ({ stage, recipients = [] }) =>
    stage === fault.stage &&
    (matchesRecipient === null ||
      recipients.some((address) => matchesRecipient(address.toLowerCase())));
}
