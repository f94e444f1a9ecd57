import type { CauseId } from "../../protocol/causes/causes.ts";
import type { Phase } from "./phase.ts";

const FIRST = ["first-try"] as const;
const RETRIED = ["after-retry"] as const;
const RESTARTED = ["first-try", "after-restart"] as const;
const RETRIED_OR_RESTARTED = ["after-retry", "after-restart"] as const;

/** The phases in which each cause must be reached. Leaving out a cause does not compile. */
export const DECLARED_CELLS = {
  "B-OK-1": ["first-try", "after-retry", "after-restart"],
  "B-OK-2": ["first-try", "after-retry"],
  "B-RUN-1": RESTARTED,
  "B-NR-1": RESTARTED,
  "B-NR-2": FIRST,
  "B-NR-3": FIRST,
  "B-NR-4": FIRST,
  "B-NR-5": RESTARTED,
  "B-NR-6": FIRST,
  "B-NR-7": FIRST,
  "B-NR-8": FIRST,
  "B-NR-9": FIRST,
  "B-IS-1": RESTARTED,
  "B-IS-2": RESTARTED,
  "B-IS-3": RESTARTED,
  "B-IS-4": RESTARTED,
  "B-AD-1": RESTARTED,
  "B-AD-2": RESTARTED,
  "B-AD-3": RESTARTED,
  "B-FC-1": FIRST,
  "B-FC-2": FIRST,
  "B-FC-3": FIRST,
  "B-FC-4": FIRST,
  "B-FC-5": FIRST,
  "B-FC-6": FIRST,
  "B-FC-7": FIRST,
  "B-FC-8": FIRST,
  "B-FC-9": FIRST,
  "B-FC-10": RESTARTED,
  "B-IC-1": RESTARTED,
  "B-IC-2": RESTARTED,
  "B-IC-3": RESTARTED,
  // Retried until the budget ended, so never at the first try.
  "B-CE-1": RETRIED_OR_RESTARTED,
  "B-CE-2": RETRIED_OR_RESTARTED,
  "B-CE-3": RETRIED_OR_RESTARTED,
  "B-CE-4": RETRIED_OR_RESTARTED,
  "B-CE-5": RETRIED_OR_RESTARTED,
  "B-CE-6": RETRIED_OR_RESTARTED,
  // Not retried: it would be blocked again.
  "B-CE-7": RESTARTED,
  "B-CE-8": RESTARTED,
  "B-OM-1": RESTARTED,
  "B-OM-2": RESTARTED,
  "B-INT-1": RESTARTED,
  "B-INT-2": RESTARTED,
  // Read again a few times before it is given up.
  "B-UX-1": RETRIED,
  "B-UX-2": RETRIED,
  "B-UX-3": RESTARTED,
  "B-UX-4": RESTARTED,
  "B-UX-5": RESTARTED,
  "B-UX-6": RESTARTED,
  "B-UX-7": RESTARTED,
  "B-UX-8": RESTARTED,
  "B-UX-9": RESTARTED,
  "B-UX-10": RESTARTED,
  "B-UX-11": RESTARTED,

  "R-OK-1": ["first-try", "after-retry", "after-restart"],
  "R-RUN-1": RESTARTED,
  "R-AD-1": RESTARTED,
  "R-AD-2": RESTARTED,
  "R-IS-1": RESTARTED,
  "R-IS-2": RESTARTED,
  "R-IS-3": RESTARTED,
  "R-IS-4": RESTARTED,
  "R-CE-1": RETRIED_OR_RESTARTED,
  "R-CE-2": RETRIED_OR_RESTARTED,
  "R-CE-3": RETRIED_OR_RESTARTED,
  "R-CE-4": RETRIED_OR_RESTARTED,
  "R-CE-5": RETRIED_OR_RESTARTED,
  "R-CE-6": RETRIED_OR_RESTARTED,
  "R-OM-1": RESTARTED,
  "R-UX-1": RESTARTED,
  "R-UX-2": RESTARTED,
  "R-UX-3": RESTARTED,
  "R-UX-4": RESTARTED,
  "R-UX-5": RESTARTED,
  "R-UX-6": RESTARTED,

  "DEL-OK-1": ["first-try", "after-retry", "after-restart"],
  "DEL-OK-2": RESTARTED,
  "DEL-RUN-1": RESTARTED,
  // Whose turn is yet to come was not reached when an earlier run was cut off.
  "DEL-WT-1": FIRST,
  "DEL-NR-1": RESTARTED,
  // Its backup never began, so that nothing can have been tried or cut off before it.
  "DEL-NR-2": FIRST,
  "DEL-NR-3": RESTARTED,
  "DEL-CE-1": RETRIED_OR_RESTARTED,
  "DEL-CE-2": RETRIED_OR_RESTARTED,
  "DEL-CE-3": RETRIED_OR_RESTARTED,
  "DEL-CE-4": RETRIED_OR_RESTARTED,
  "DEL-CE-5": RETRIED_OR_RESTARTED,
  "DEL-CE-6": RETRIED_OR_RESTARTED,
  "DEL-OM-1": RESTARTED,
  "DEL-INT-1": RESTARTED,
  "DEL-INT-2": RESTARTED,
  "DEL-NF-1": RESTARTED,
  "DEL-UX-1": RESTARTED,
  "DEL-UX-2": RESTARTED,
  "DEL-UX-3": RESTARTED,
  "DEL-UX-4": RESTARTED,
} as const satisfies Record<CauseId, readonly Phase[]>;

/** What must be reached besides causes: what becomes of slots and of their mails. */
export const OUTCOME_CELLS = {
  /** A slot ran when it came. */
  "SLOT-RUN": RESTARTED,
  /** Its time is one that clocks skip, one that they show twice, one that a clock was set back over. */
  "SLOT-SKIPPED": FIRST,
  "SLOT-REPEATED": FIRST,
  "SLOT-SET-BACK": FIRST,
  /** A source whose turn had not come when the run was cut off; the next process gives it its row. */
  "SLOT-LEFT-OVER": ["after-restart"],
  /** A deletion of a slot whose turn did not come. */
  "SLOT-DEL-NR-2": FIRST,
  /** The mail of a slot came: at once, after tries that failed, sent by the next process. */
  "MAIL-SENT": ["first-try", "after-retry", "after-restart"],
  /** A slot that completed has no mail. */
  "MAIL-NONE": FIRST,
  /** The server refused it for good. */
  "MAIL-REFUSED": FIRST,
  /** It could not be sent for a whole day. */
  "MAIL-GIVEN-UP": RETRIED,
  /** It waited when result mails were switched off, and is not sent when they are on again. */
  "MAIL-SWITCHED-OFF": FIRST,
  /** Settings that passed no test mail exactly as they are were not put in force. */
  "MAIL-UNTESTED": FIRST,
  /** A login is asked for the characters of an image; they were right, they were wrong. */
  "CAPTCHA-ASKED": FIRST,
  "CAPTCHA-PASSED": FIRST,
  "CAPTCHA-WRONG": FIRST,
  /** After a success a wrong password is one of three again. */
  "CAPTCHA-RESET": FIRST,
} as const satisfies Record<string, readonly Phase[]>;

/** One of {@link OUTCOME_CELLS}. */
export type OutcomeId = keyof typeof OUTCOME_CELLS;
