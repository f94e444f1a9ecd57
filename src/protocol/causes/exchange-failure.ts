import type { CauseIdOf } from "./causes.ts";
import type { JobKind } from "../job-kind.ts";

/**
 * The ways in which an exchange with the service ends without a usable answer, whatever it was for:
 * - `unreachable`: no connection; refused, or no route.
 * - `unresolved`: the name of the service is not resolved.
 * - `reset`: the connection is cut before the answer or, in a transfer, before its end.
 * - `timeout`: nothing is heard until the time limit.
 * - `unavailable`: an answer that says "not now" (408, 429, 5xx).
 * - `corrupt`: an answer, or bytes that were sent, that is cut short or damaged.
 * - `off-contract`: an answer that came whole and is none of the service's contract, in a media type of
 *   the service: a problem of an unknown code, JSON of something else, an empty 200.
 * - `blocked`: something in between refuses this transfer in the service's place (403, 407, 413, ...).
 * - `foreign`: something in between answers in the service's place, because the service is away or a
 *   person has to sign in to the network: a redirect, a page, a 404 of its own.
 * - `tls`: no trusted TLS connection.
 */
export type ExchangeFailure =
  | "unreachable"
  | "unresolved"
  | "reset"
  | "timeout"
  | "unavailable"
  | "corrupt"
  | "off-contract"
  | "blocked"
  | "foreign"
  | "tls";

/** The causes for an exchange that failed, of one kind of job. */
type CommunicationCauseOf<Kind extends JobKind> = Extract<
  CauseIdOf<Kind>,
  `${string}-CE-${number}`
>;

/**
 * What each way is called as the cause of a job. The causes of restores and deletions have no words of
 * their own for the last three: what something in between answers counts as a damaged answer, and
 * without TLS the service is not reached (decisions 0009 and 0010).
 */
export const EXCHANGE_FAILURE_CAUSES = {
  backup: {
    unreachable: "B-CE-1",
    unresolved: "B-CE-2",
    reset: "B-CE-3",
    timeout: "B-CE-4",
    unavailable: "B-CE-5",
    corrupt: "B-CE-6",
    "off-contract": "B-CE-6",
    blocked: "B-CE-7",
    foreign: "B-CE-7",
    tls: "B-CE-8",
  },
  restore: {
    unreachable: "R-CE-1",
    unresolved: "R-CE-2",
    reset: "R-CE-3",
    timeout: "R-CE-4",
    unavailable: "R-CE-5",
    corrupt: "R-CE-6",
    "off-contract": "R-CE-6",
    blocked: "R-CE-6",
    foreign: "R-CE-6",
    tls: "R-CE-1",
  },
  delete: {
    unreachable: "DEL-CE-1",
    unresolved: "DEL-CE-2",
    reset: "DEL-CE-3",
    timeout: "DEL-CE-4",
    unavailable: "DEL-CE-5",
    corrupt: "DEL-CE-6",
    "off-contract": "DEL-CE-6",
    blocked: "DEL-CE-6",
    foreign: "DEL-CE-6",
    tls: "DEL-CE-1",
  },
} as const satisfies {
  readonly [Kind in JobKind]: Readonly<Record<ExchangeFailure, CommunicationCauseOf<Kind>>>;
};
