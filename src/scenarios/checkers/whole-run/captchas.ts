import type { Hit } from "../../coverage/ledger.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { mayHaveLostAnswers } from "./may-have-lost-answers.ts";
import type { CheckResult } from "../shared/check-result.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";

/** Wrong passwords in a row, after which only who answers a CAPTCHA is let in (F02, D1). */
const WRONG_PASSWORD_COUNT = 3;

/**
 * A CAPTCHA (F02, D1): nobody is let in without its answer once three passwords in a row were wrong, nor is
 * a password looked at; nobody is asked before, and after a success nobody is. Verifies what the service
 * said to each login of the account. Does not verify whose image an answer was for, nor runs in which an
 * answer to a login may have been lost.
 */
export function checkCaptchas(record: RunRecord): CheckResult {
  if (mayHaveLostAnswers(record)) return { violations: [], hits: [] };
  const { logins } = record;
  const violations: Violation[] = [];
  const causes: Hit["cause"][] = [];
  let wrongCount = 0;
  let keptCount = 0;
  let hasPassed = false;
  for (const [at, login] of logins.entries()) {
    const before = logins[at - 1];
    const mustAnswer = wrongCount >= WRONG_PASSWORD_COUNT;
    const violate = (what: Message): void => {
      const said = message("checked-run.login", { at, what });
      violations.push({ invariant: "captcha", message: said });
    };
    switch (login) {
      case "taken":
        if (mustAnswer && before !== "answered") violate(message("checked-run.let-in"));
        if (mustAnswer) causes.push("CAPTCHA-PASSED");
        else if (hasPassed && wrongCount > 0) causes.push("CAPTCHA-RESET");
        hasPassed ||= mustAnswer;
        wrongCount = 0;
        break;
      case "refused":
        if (mustAnswer && before !== "answered") violate(message("checked-run.looked-at"));
        wrongCount += 1;
        break;
      case "asked":
        if (!mustAnswer) violate(message("checked-run.asked-early", { count: wrongCount }));
        if (before === "answered") violate(message("checked-run.asked-again"));
        causes.push(before === "mistyped" ? "CAPTCHA-WRONG" : "CAPTCHA-ASKED");
        break;
      case "guessed":
        if (!mustAnswer) wrongCount += 1;
        break;
      case "kept":
        keptCount = wrongCount;
        break;
      case "put-back":
        wrongCount = keptCount;
        break;
      case "typed":
      case "answered":
      case "mistyped":
    }
  }
  return { violations, hits: causes.map((cause) => ({ cause, phase: "first-try" })) };
}
