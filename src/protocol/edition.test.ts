import { expect, test } from "vitest";
import { EDITIONS, EDITION_RULES } from "./edition.ts";

test("flets-azukeru-pro keeps 3 generations in its free and paid plans and 10 in PRO", () => {
  const { free, paid, pro, standard } = EDITION_RULES["flets-azukeru-pro"].plans;
  expect([free, paid, pro].map((plan) => plan?.generationCount)).toEqual([3, 3, 10]);
  expect(standard).toBeUndefined();
});

test("office-anshin keeps 10 generations in its only plan", () => {
  const plans = EDITION_RULES["office-anshin"].plans;
  expect(Object.keys(plans)).toEqual(["standard"]);
  expect(plans.standard?.generationCount).toBe(10);
});

test("only flets-azukeru-pro logs in through the closed network, only office-anshin by device", () => {
  expect(EDITION_RULES["flets-azukeru-pro"].authenticationModes).toEqual([
    "vpn-closed-network",
    "line-ipv6",
  ]);
  expect(EDITION_RULES["office-anshin"].authenticationModes).toEqual(["device-ipv4", "line-ipv6"]);
});

test("every plan has a name and a capacity in whole bytes", () => {
  for (const edition of EDITIONS) {
    for (const plan of Object.values(EDITION_RULES[edition].plans)) {
      expect(plan.labelJa).not.toBe("");
      expect(plan.quotaBytes).toBeGreaterThan(0);
      expect(Number.isSafeInteger(plan.quotaBytes)).toBe(true);
    }
  }
});
