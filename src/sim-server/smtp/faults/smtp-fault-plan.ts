import { pathGlob } from "../../faults/path-glob.ts";
import { smtpFaultSchema, type SmtpFault, type SmtpStage } from "../../faults/smtp-fault.ts";

/** A fault that is planned, with what became of it so far. */
export interface PlannedSmtpFault {
  readonly id: string;
  readonly fault: SmtpFault;
  /** Moments that matched. */
  readonly matchCount: number;
  /** How often it struck. */
  readonly hitCount: number;
}

/** A moment at which faults may strike. */
export interface SmtpMoment {
  readonly stage: SmtpStage;
  /** The address of RCPT, or those accepted so far. Default: none. */
  readonly recipients?: readonly string[];
}

/** A fault that is due; `strike` counts that it took effect. */
export interface DueSmtpFault<F extends SmtpFault = SmtpFault> {
  readonly fault: F;
  readonly strike: () => void;
}

interface Entry {
  readonly id: string;
  readonly fault: SmtpFault;
  readonly matchesRecipient: ((address: string) => boolean) | undefined;
  matchCount: number;
  hitCount: number;
}

/**
 * The faults of the mail server that are to strike. Each counts the moments that match it, struck or
 * not, and strikes at those that `nth` and `times` name; there is no chance in it.
 */
export class SmtpFaultPlan {
  readonly #entries: Entry[] = [];
  #addedCount = 0;

  /** Plans a fault; throws a ZodError for one that does not fit the schema. Returns its id. */
  add(fault: SmtpFault): string {
    const checked = smtpFaultSchema.parse(fault);
    this.#addedCount += 1;
    const id = `smtp-fault-${this.#addedCount}`;
    const recipient = "recipient" in checked ? checked.recipient : undefined;
    const matchesRecipient =
      recipient === undefined ? undefined : pathGlob(recipient.toLowerCase());
    this.#entries.push({ id, fault: checked, matchesRecipient, matchCount: 0, hitCount: 0 });
    return id;
  }

  /** Takes a fault out; `false` when there is none of that id. */
  remove(id: string): boolean {
    const index = this.#entries.findIndex((entry) => entry.id === id);
    if (index !== -1) this.#entries.splice(index, 1);
    return index !== -1;
  }

  /** Takes all faults out. */
  clear(): void {
    this.#entries.length = 0;
  }

  /** All planned faults, in the order they were added, with their counters. */
  list(): readonly PlannedSmtpFault[] {
    return this.#entries.map(({ id, fault, matchCount, hitCount }) => ({
      id,
      fault,
      matchCount,
      hitCount,
    }));
  }

  /** Counts a moment against every fault and returns those that are due, in the order planned. */
  choose({ stage, recipients = [] }: SmtpMoment): DueSmtpFault[] {
    const addresses = recipients.map((address) => address.toLowerCase());
    const due: DueSmtpFault[] = [];
    for (const entry of this.#entries) {
      const { fault, matchesRecipient } = entry;
      if (fault.stage !== stage) continue;
      if (matchesRecipient !== undefined && !addresses.some(matchesRecipient)) continue;
      entry.matchCount += 1;
      const { nth = 1, times = 1 } = fault;
      const last = times === "forever" ? Number.POSITIVE_INFINITY : nth + times - 1;
      if (entry.matchCount < nth || entry.matchCount > last) continue;
      due.push({ fault, strike: () => void (entry.hitCount += 1) });
    }
    return due;
  }
}
