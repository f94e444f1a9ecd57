import { message } from "../../../messages/message.ts";
import type { RefusalFact, RunRecord } from "../../observation/run-record.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import type { Violation } from "../shared/violation.ts";

type IsTrue = (refusal: RefusalFact) => boolean;

const always: IsTrue = () => true;
const withoutLogin: IsTrue = ({ isLoggedIn }) => !isLoggedIn;

/** A disk that filled while a step went on may have room again at its end. */
function onFullDisk({ step, isStateDiskFull }: RefusalFact, { timeline }: Scenario): boolean {
  const taken = timeline[step];
  const disturbances = taken !== undefined && "disturbances" in taken ? taken.disturbances : [];
  return isStateDiskFull || (disturbances ?? []).some(({ what }) => what.do === "fill-state-disk");
}

/** What each command may be refused for, and when that is true; whatever else is refused is not due. */
const REASONS: Readonly<Record<string, Readonly<Record<string, IsTrue>>>> = {
  // Somebody logs in at the second PC first, where there is one.
  backup: { "not-logged-in": withoutLogin, "login-lost": withoutLogin, "captcha-required": always },
  restore: { "not-logged-in": withoutLogin, "login-lost": withoutLogin },
  // Of what the service says to a login, and which folders become sources, there are laws of their own.
  login: {
    "login-refused": always,
    "captcha-required": always,
    "service-unreachable": always,
    "service-refused": always,
  },
  "add-source": {
    "source-refused": always,
    "not-logged-in": withoutLogin,
    "login-lost": always,
    "service-unreachable": always,
    "service-refused": always,
  },
};

/**
 * The invariant `refusal`: what a person asks of the tool is done, unless something that is true stands in its way.
 * Does not verify whether somebody is logged in beyond what the tool shows, nor acts about mail, of which I8 says
 * what is due.
 */
export function refusalsAreDue({
  refusals,
  scenario,
}: Pick<RunRecord, "refusals" | "scenario">): Violation[] {
  return refusals.flatMap((refusal): Violation[] => {
    const { step, action, code } = refusal;
    // Nothing can be written down, whatever is asked for.
    if (code === "state-full" && onFullDisk(refusal, scenario)) return [];
    if (REASONS[action]?.[code]?.(refusal) === true) return [];
    const said = { step, action, code };
    return [{ invariant: "refusal", message: message("checked-run.refusal-not-due", said) }];
  });
}
