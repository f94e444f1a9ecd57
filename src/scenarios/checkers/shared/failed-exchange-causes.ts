import type {
  BackupCauseId,
  DeleteCauseId,
  RestoreCauseId,
} from "../../../protocol/causes/causes.ts";
import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";

/**
 * What each way in which an exchange fails is called, for each kind of job: from the tables of the statuses, not from
 * the table that agent and service use. Restores and deletions have six words: what others answer is damaged, and without
 * TLS nothing is reached (decisions 0009 and 0010).
 */
export const FAILED_EXCHANGE_CAUSES: {
  readonly backup: Readonly<Record<ExchangeFailure, BackupCauseId>>;
  readonly restore: Readonly<Record<ExchangeFailure, RestoreCauseId>>;
  readonly delete: Readonly<Record<ExchangeFailure, DeleteCauseId>>;
} = {
  backup: byNumber("B-CE-1 B-CE-2 B-CE-3 B-CE-4 B-CE-5 B-CE-6 B-CE-7 B-CE-8"),
  restore: byNumber("R-CE-1 R-CE-2 R-CE-3 R-CE-4 R-CE-5 R-CE-6 R-CE-6 R-CE-1"),
  delete: byNumber("DEL-CE-1 DEL-CE-2 DEL-CE-3 DEL-CE-4 DEL-CE-5 DEL-CE-6 DEL-CE-6 DEL-CE-1"),
};

/** The causes with the numbers 1 to 8 of the backup, as a kind of job has them. */
function byNumber<Cause extends string>(text: string): Readonly<Record<ExchangeFailure, Cause>> {
  const cause = (number: number): Cause => (text.split(" ")[number - 1] ?? "") as Cause;
  return {
    unreachable: cause(1),
    unresolved: cause(2),
    reset: cause(3),
    timeout: cause(4),
    unavailable: cause(5),
    corrupt: cause(6),
    "off-contract": cause(6),
    blocked: cause(7),
    foreign: cause(7),
    tls: cause(8),
  };
}
