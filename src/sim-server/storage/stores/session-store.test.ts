import { expect, test } from "vitest";

import { LIMITS } from "../../../protocol/limits.ts";
import { ProblemError } from "../http/problem-error.ts";
import { AccountStore } from "./account-store.ts";
import { BytesStore } from "./bytes-store.ts";
import { MemoryBudget } from "./memory-budget.ts";
import { SessionStore } from "./session-store.ts";

test("begins no more sessions than it can hold, until some end or idle out", () => {
  let nowMs = 0;
  const clock = { nowMs: () => nowMs };
  const accounts = new AccountStore({
    newTimeline: () => "first",
    bytes: new BytesStore(new MemoryBudget(0)),
    clock,
  });
  const account = accounts.add({ loginId: "demo", password: "x" });
  const sessions = new SessionStore(clock);
  for (let count = 0; count < 10_000; count += 1) sessions.begin(String(count), account, "pc");
  expect(() => sessions.begin("more", account, "pc")).toThrow(ProblemError);
  expect(sessions.use("more").kind).toBe("unknown");
  sessions.end("7");
  sessions.begin("more", account, "pc");
  expect(() => sessions.begin("again", account, "pc")).toThrow("10000 sessions");
  nowMs = LIMITS.sessionIdleMinutesMax * 60_000;
  sessions.begin("again", account, "pc");
  expect(sessions.live().length).toBe(1);
});
