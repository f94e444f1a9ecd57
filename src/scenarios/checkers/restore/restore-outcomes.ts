import type { RestoreCauseId } from "../../../protocol/causes/causes.ts";
import { outcome, type Outcome } from "../shared/outcome.ts";

/** One way in which a row of a restore may end. */
export type RestoreOutcome = Outcome<RestoreCauseId>;

/** Something stands there that is never replaced, or must not be written. */
export const NOT_WRITABLE: RestoreOutcome = outcome("access-denied", "R-AD-2");

/** The disk cannot have it. */
export const DISK_FAILS: RestoreOutcome = outcome("unexpected", "R-UX-4");

/** It is not on the service any more. */
export const NOT_STORED: RestoreOutcome = outcome("invalid-settings", "R-IS-3", "R-IS-4");

/** The service told of something that it cannot truly have. */
export const FALSE_ENTRY: RestoreOutcome = outcome("communication-error", "R-CE-6");
