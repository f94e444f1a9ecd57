import { expect, test } from "vitest";

import { smtpFaultSchema, type SmtpFault } from "../../faults/smtp-fault.ts";
import { SmtpFaultPlan } from "./smtp-fault-plan.ts";

function hits(fault: SmtpFault, recipientsOfMoments: readonly (readonly string[])[]): boolean[] {
  const plan = new SmtpFaultPlan();
  plan.add(fault);
  return recipientsOfMoments.map(
    (recipients) => plan.due({ stage: fault.stage, recipients }).length > 0,
  );
}

test("counts matching recipients only, whatever their case", () => {
  const fault: SmtpFault = {
    stage: "rcpt",
    kind: "reply",
    code: 550,
    recipient: "*@Example.com",
    nth: 2,
  };
  expect(hits(fault, [["a@example.com"], ["b@example.net"], ["C@EXAMPLE.COM"]])).toEqual([
    false,
    false,
    true,
  ]);
});

test("counts the moments of its own stage only", () => {
  const plan = new SmtpFaultPlan();
  plan.add({ stage: "data", kind: "reset", times: "forever" });
  plan.due({ stage: "mail" });
  plan.due({ stage: "data" })[0]?.strike();
  expect(plan.list()).toMatchObject([{ id: "smtp-fault-1", matchCount: 1, hitCount: 1 }]);
});

test.each([
  [{ stage: "connect", kind: "reply", code: 421 }],
  [{ stage: "handshake", kind: "reply", code: 421 }],
  [{ stage: "mail", kind: "reply", code: 250 }],
  [{ stage: "mail", kind: "reply", code: 550, text: "a\r\nb" }],
  [{ stage: "mail", kind: "reset", recipient: "a@example.com" }],
  [{ stage: "data", kind: "reset", afterBytes: 3 }],
  [{ stage: "message", kind: "reset", committed: true }],
  [{ stage: "auth", kind: "garbage" }],
  [{ stage: "handshake", kind: "certificate", certificate: "none" }],
  [{ stage: "mail", kind: "reset", nth: 0 }],
])("refuses what makes no sense: %j", (fault) => {
  expect(smtpFaultSchema.safeParse(fault).success).toBe(false);
});
