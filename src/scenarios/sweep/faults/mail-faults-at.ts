import {
  ANSWERED_STAGES,
  type SmtpFault,
  type SmtpStage,
} from "../../../sim-server/faults/smtp-fault.ts";
import type { FaultPlace } from "../../observation/fault-moment.ts";
import { occurrencesAt } from "./occurrences-at.ts";
import type { NamedFault } from "./strike.ts";

/** A fault without the moments at which it strikes. */
type Kind = SmtpFault extends infer One ? (One extends unknown ? Bare<One> : never) : never;
type Bare<One> = Omit<One, "nth" | "times">;

/** What servers refuse with: for now, and for good. */
const CODES = [421, 450, 451, 452, 454, 500, 530, 535, 550, 552, 553, 554] as const;

/** Everything that can come of the nth time that a mail's delivery is at a stage. */
export function mailFaultsAt(
  { stage }: Extract<FaultPlace, { layer: "mail" }>,
  nth: number,
): readonly NamedFault[] {
  return occurrencesAt(nth).flatMap(([form, occurrence]) =>
    kindsAt(stage).map(([name, kind]): NamedFault => {
      const fault = { ...kind, ...occurrence } as SmtpFault;
      return [`${name} ${form}`, { layer: "mail", fault }];
    }),
  );
}

function kindsAt(stage: SmtpStage): readonly (readonly [name: string, kind: Kind])[] {
  const answered = ANSWERED_STAGES.find((one) => one === stage);
  const kinds: (readonly [name: string, kind: Kind])[] = [
    ["delay", { stage, kind: "delay", delayMs: 700 }],
    ["delay-long", { stage, kind: "delay", delayMs: 900_000 }],
    ["stall", { stage, kind: "stall" }],
    ["reset", { stage, kind: "reset" }],
  ];
  if (answered !== undefined) {
    for (const code of CODES) {
      kinds.push([`reply-${code}`, { stage: answered, kind: "reply", code }]);
      if (stage === "end-of-data")
        kinds.push([
          `reply-${code}-taken`,
          { stage: answered, kind: "reply", code, committed: true },
        ]);
    }
  }
  if (stage === "message") {
    kinds.push(["reset-within", { stage, kind: "reset", afterBytes: 300 }]);
    kinds.push(["stall-within", { stage, kind: "stall", afterBytes: 300 }]);
  }
  if (stage === "end-of-data") {
    kinds.push(["reset-taken", { stage, kind: "reset", committed: true }]);
    kinds.push(["stall-taken", { stage, kind: "stall", committed: true }]);
  }
  if (stage === "greeting") kinds.push(["no-starttls", { stage, kind: "no-starttls" }]);
  if (stage === "handshake") {
    for (const certificate of ["untrusted", "other-host", "expired"] as const)
      kinds.push([`certificate-${certificate}`, { stage, kind: "certificate", certificate }]);
    kinds.push(["garbage", { stage, kind: "garbage" }]);
  }
  return kinds;
}
