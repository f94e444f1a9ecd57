import type { LoginFact } from "../../observation/login-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { mayHaveLostAnswers } from "./may-have-lost-answers.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

/**
 * A password that is wrong is tried once by each tool, until somebody logs in again (F02, D1). Verifies how
 * many logins the service refused in a row. Does not verify runs in which an answer to a login may have
 * been lost: whoever did not hear it asks again.
 */
export function oneWrongPassword(record: RunRecord): Violation[] {
  const { logins, agentCount } = record;
  if (mayHaveLostAnswers(record)) return [];
  let refusedCount = 0;
  for (const [at, login] of logins.entries()) {
    const isOfPerson = PERSONS.has(logins[at - 1] ?? login);
    if (login === "taken") refusedCount = 0;
    if ((login === "refused" || login === "asked") && !isOfPerson) refusedCount += 1;
    if (refusedCount > agentCount) {
      const said = { count: refusedCount, agents: agentCount };
      return [{ invariant: "login", message: message("checked-run.refused-logins", said) }];
    }
  }
  return [];
}

/** What a person does at a login of their own. */
const PERSONS: ReadonlySet<LoginFact> = new Set(["typed", "answered", "mistyped"]);
