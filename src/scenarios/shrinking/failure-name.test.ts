import { expect, test } from "vitest";

import { message } from "../../messages/message.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import { failureName, isLike } from "./failure-name.ts";

function ended(id: number, found: string): Violation {
  const job = message("checked-job.backup", { id });
  return {
    invariant: "I4",
    message: message("checked-run.not-healed", {
      job,
      what: message("checked-job.ended", { found }),
    }),
  };
}

test("a failure is called by its law, what is said and the causes in it, not by numbers and names", () => {
  expect(failureName(ended(1, "unexpected [B-UX-10] a"))).toMatch(/^I4-[0-9a-f]{8}$/);
  expect(failureName(ended(1, "unexpected [B-UX-10] a"))).toBe(
    failureName(ended(2, "unexpected [B-UX-10] b")),
  );
  expect(failureName(ended(1, "[B-UX-10]"))).not.toBe(failureName(ended(1, "[B-CE-1]")));
});

test("another cause is of the same kind, another law and another message are not", () => {
  const one = ended(1, "[B-UX-10]");
  expect(isLike(one, ended(3, "[B-CE-1]"))).toBe(true);
  expect(isLike(one, { ...one, invariant: "I3" })).toBe(false);
  const other = message("checked-run.after-healing", { difference: "x" });
  expect(isLike(one, { invariant: "I4", message: other })).toBe(false);
});
