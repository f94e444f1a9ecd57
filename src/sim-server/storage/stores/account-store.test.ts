import { expect, test } from "vitest";

import { AccountStore } from "./account-store.ts";
import { BytesStore } from "./bytes-store.ts";
import { MemoryBudget } from "./memory-budget.ts";

test("has an end to accounts and contracts", () => {
  const accounts = new AccountStore({
    newTimeline: () => "first",
    bytes: new BytesStore(new MemoryBudget(0)),
    clock: { nowMs: () => 0 },
  });
  for (let index = 0; index < 10_000; index += 1) {
    accounts.add({ loginId: `a${index}`, password: "x", contractId: "one" });
  }
  expect(() => accounts.add({ loginId: "more", password: "x" })).toThrow("10000 accounts");
  expect([accounts.has("more"), accounts.contracts().length]).toEqual([false, 1]);
});
