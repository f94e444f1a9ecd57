import { expect, test } from "vitest";

import { ProblemError } from "../http/problem-error.ts";
import { MemoryBudget } from "./memory-budget.ts";

test("gives out what it has, and refuses the rest without taking any of it", () => {
  const budget = new MemoryBudget(10);
  budget.take(7);
  expect(() => budget.take(4)).toThrow(ProblemError);
  expect(budget.usedBytes).toBe(7);
  budget.take(3);
  budget.give(10);
  expect(budget.usedBytes).toBe(0);
});

test("takes back what nobody may use any more before it refuses", () => {
  let idleBytes = 6;
  const budget: MemoryBudget = new MemoryBudget(10, () => {
    budget.give(idleBytes);
    idleBytes = 0;
  });
  budget.take(9);
  budget.take(7);
  expect(budget.usedBytes).toBe(10);
  expect(() => budget.take(1)).toThrow(ProblemError);
});
