import { expect, test } from "vitest";

import type { Violation } from "../checkers/shared/violation.ts";
import { limitViolations } from "./limit-violations.ts";
import { message } from "../../messages/message.ts";

test("of each invariant 20 violations are shown, and the others counted", () => {
  const of = (invariant: Violation["invariant"], count: number): Violation[] =>
    Array.from({ length: count }, () => ({
      invariant,
      message: message("checked-run.open-files"),
    }));
  const limited = limitViolations([...of("I1", 3000), ...of("I5", 20)]);
  expect(
    limited.map(({ invariant, shown, furtherCount }) => [invariant, shown.length, furtherCount]),
  ).toEqual([
    ["I1", 20, 2980],
    ["I5", 20, 0],
  ]);
});
