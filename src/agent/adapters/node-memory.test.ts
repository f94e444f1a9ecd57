import { expect, test } from "vitest";

import { NodeMemory } from "./node-memory.ts";

test("shows the resident memory of this process", () => {
  expect(new NodeMemory().usedBytes()).toBeGreaterThan(2 ** 20);
});

test("allows less than the limit of a container, at which the host ends the process", () => {
  expect(new NodeMemory(1000).allowedBytes()).toBe(900);
});

test("allows everything where the host sets no limit", () => {
  expect(new NodeMemory(0).allowedBytes()).toBe(Number.POSITIVE_INFINITY);
});
