import { expect, test } from "vitest";

import { message, type Message } from "../../../messages/message.ts";
import { wrongLoginReason } from "./login-reason.ts";
import { stretchesOf } from "./pc-timeline.ts";

const LOST = message("run.login-lost");
const SLOT = { cameMs: 1000, noticedMs: 2000 };

/** A PC on which the login is lost, and somebody logs out, at these moments. */
function stretches(lostMs: number, logoutMs: number): ReturnType<typeof stretchesOf> {
  const change = { what: "account", isLoggedIn: false } as const;
  const at = { wallMs: 0, isDuringRun: false };
  return stretchesOf({
    facts: [
      { ...at, elapsedMs: 0, change: { what: "account", isLoggedIn: true } },
      { ...at, elapsedMs: lostMs, change: { ...change, isLost: true } },
      { ...at, elapsedMs: logoutMs, change },
    ],
    endElapsedMs: 10_000,
  } as unknown as Parameters<typeof stretchesOf>[0]);
}

test.each<[string, number, number, Message | null, boolean]>([
  ["lost, and told", 500, 5000, LOST, false],
  ["lost, and not told", 500, 5000, null, true],
  ["lost only later, and told", 4000, 5000, LOST, true],
  ["left since, and told", 300, 500, LOST, true],
  ["left since, and not told", 300, 500, null, false],
  ["lost between slot and notice", 1500, 5000, null, false],
])("a login that was %s", (_, lostMs, logoutMs, detail, isWrong) => {
  const row = { causes: ["B-NR-2"], detail } as Parameters<typeof wrongLoginReason>[0];
  const found = wrongLoginReason(row, SLOT, stretches(lostMs, logoutMs));
  expect(found !== undefined).toBe(isWrong);
});
