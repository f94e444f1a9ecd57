import type { Timers } from "../../kernel/timers.ts";
import type { DueFault } from "../../faults/fault-plan.ts";
import { replyText, type SmtpFault, type SmtpFaultKind } from "../../faults/smtp-fault.ts";

/** How the faults of a stage reach the client. */
export interface StageActions {
  /** Sends a refusal; what comes after it is the stage's own business. */
  reply(code: number, text: string): void;
  stall(): void;
  reset(): void;
  /** Told of each fault that strikes. */
  tell(kind: SmtpFaultKind): void;
}

/**
 * Lets faults strike in the order they were planned: delays add up, the first that ends the stage
 * ends it. Resolves with whether the stage goes on. Kinds that belong to one stage alone (`no-starttls`,
 * `certificate`, `garbage`) are that stage's business and pass by.
 */
export async function strikeFaults(
  due: readonly DueFault<SmtpFault>[],
  timers: Timers,
  actions: StageActions,
): Promise<boolean> {
  for (const { fault, strike } of due) {
    const { kind } = fault;
    if (kind === "no-starttls" || kind === "certificate" || kind === "garbage") continue;
    strike();
    actions.tell(kind);
    switch (kind) {
      case "delay":
        await new Promise<void>((resolve) => {
          timers.setTimer(fault.delayMs, resolve);
        });
        break;
      case "reply":
        actions.reply(fault.code, replyText(fault));
        return false;
      case "stall":
        actions.stall();
        return false;
      case "reset":
        actions.reset();
        return false;
    }
  }
  return true;
}
