import type { Hit } from "../../coverage/ledger.ts";
import type { Violation } from "./violation.ts";

/** What a checker finds: the invariants that are violated, and the cells of the ledger that were reached. */
export interface CheckResult {
  readonly violations: readonly Violation[];
  readonly hits: readonly Hit[];
}
