import { expect, test } from "vitest";

import { SmtpFaultPlan } from "./smtp-fault-plan.ts";
import { smtpFaultSchema, type SmtpFault } from "../../faults/smtp-fault.ts";

function hits(fault: SmtpFault, recipientsOfMoments: readonly (readonly string[])[]): boolean[] {
  const plan = new SmtpFaultPlan();
  plan.add(fault);
  return recipientsOfMoments.map(
    (recipients) => plan.choose({ stage: fault.stage, recipients }).length > 0,
  );
}

test("strikes the moments it counts to, and no others", () => {
  const moments = [[], [], [], [], []];
  expect(hits({ stage: "mail", kind: "stall" }, moments)).toEqual([
    true,
    false,
    false,
    false,
    false,
  ]);
  expect(hits({ stage: "mail", kind: "stall", nth: 2, times: 2 }, moments)).toEqual([
    false,
    true,
    true,
    false,
    false,
  ]);
  expect(hits({ stage: "mail", kind: "stall", nth: 4, times: "forever" }, moments)).toEqual([
    false,
    false,
    false,
    true,
    true,
  ]);
});

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

test("counts a hit only when the fault took effect, and forgets what is taken out", () => {
  const plan = new SmtpFaultPlan();
  const id = plan.add({ stage: "data", kind: "reset", times: "forever" });
  plan.choose({ stage: "data" });
  plan.choose({ stage: "mail" });
  plan.choose({ stage: "data" })[0]?.strike();
  expect(plan.list()).toMatchObject([{ id, matchCount: 2, hitCount: 1 }]);
  expect([plan.remove(id), plan.remove(id)]).toEqual([true, false]);
  expect(plan.list()).toEqual([]);
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
