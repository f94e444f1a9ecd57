import { expect, test } from "vitest";

import { message, type Message } from "../../../messages/message.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import { slotReasons } from "./slot-reasons.ts";

function reasonsOf(causes: JobRecord["causes"], detail: Message | null): readonly string[] {
  const row = { kind: "backup", status: "not-run", endedAtMs: null, causes, detail };
  return slotReasons(row as JobRecord, (what) => what).map(({ invariant }) => invariant);
}

test("a slot without a login may tell of a lost one, and of nothing else", () => {
  expect(reasonsOf(["B-NR-2"], null)).toEqual([]);
  expect(reasonsOf(["B-NR-2"], message("run.login-lost"))).toEqual([]);
  expect(reasonsOf(["B-NR-2"], message("run.no-network-drive"))).toEqual(["reason"]);
});

test("a slot that did not run for another cause tells of no login", () => {
  expect(reasonsOf(["B-NR-9"], message("run.login-lost"))).toEqual(["reason"]);
});
