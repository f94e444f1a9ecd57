import type { Timers } from "../kernel/timers.ts";
import type { DueFault } from "../faults/fault-plan.ts";
import type { SmtpFaultPlan, SmtpMoment } from "./faults/smtp-fault-plan.ts";
import type { SmtpFault, SmtpFaultKind, SmtpStage } from "../faults/smtp-fault.ts";
import { strikeFaults, type StageActions } from "./faults/strike-faults.ts";
import type { MailEvent } from "./mail-event.ts";
import type { MailLink } from "./mail-link.ts";
import type { MailTls } from "./mail-tls.ts";
import type { Mailbox } from "./mailbox.ts";

/** What all connections to a mail server share. */
export interface MailContext {
  /** The name in greetings. */
  readonly host: string;
  readonly nowMs: () => number;
  readonly timers: Timers;
  readonly faults: SmtpFaultPlan;
  readonly mailbox: Mailbox;
  readonly tls: MailTls;
  /** Password by user. */
  readonly passwords: ReadonlyMap<string, string>;
  readonly sizeBytesMax: number;
  readonly recipientCountMax: number;
  readonly tell: (event: MailEvent) => void;
  /** Told of what should not have happened. */
  readonly onInternalError: (error: unknown) => void;
}

/** What a fault does to the dialogue of its stage. */
export type DialogueActions = Pick<StageActions, "reply" | "stall">;

/** Chooses the faults of a moment and lets them strike, see `strikeStage`. */
export function passStage(
  context: MailContext,
  link: MailLink,
  moment: SmtpMoment,
  actions: DialogueActions,
  goOn: () => void,
): void {
  strikeStage(context, link, moment.stage, context.faults.due(moment), actions, goOn);
}

/**
 * Lets faults strike on a connection, and then `goOn` unless one ended the stage. An error on the way
 * is an internal one and is answered with 451.
 */
export function strikeStage(
  context: MailContext,
  link: MailLink,
  stage: SmtpStage,
  due: readonly DueFault<SmtpFault>[],
  actions: DialogueActions,
  goOn: () => void,
): void {
  const pass = async (): Promise<void> => {
    const goesOn = await strikeFaults(due, context.timers, {
      ...actions,
      reset: () => link.reset(),
      tell: (kind) => tellFault(context, link, stage, kind),
    });
    if (goesOn) goOn();
  };
  pass().catch((error: unknown) => {
    context.onInternalError(error);
    actions.reply(451, "Error: internal server error");
  });
}

/** Tells that a fault strikes. */
export function tellFault(
  context: MailContext,
  link: MailLink,
  stage: SmtpStage,
  kind: SmtpFaultKind,
): void {
  context.tell({ connection: link.number, kind: "fault", detail: `${stage} ${kind}` });
}
