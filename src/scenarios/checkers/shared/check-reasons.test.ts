import { beforeAll, describe, expect, test } from "vitest";

import type { Message } from "../../../messages/message.ts";
import { message } from "../../../messages/message.ts";
import type { JobRecord } from "../../../protocol/job-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { honestRun, violatedBy, withBackup } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tree: {
      "/data/a": { content: { text: "a" } },
      "/data/it: not": { content: { text: "b" } },
      "/data/link": { kind: "symbolic-link", to: "a" },
    },
    timeline: [{ do: "backup" }],
  });
});

/** The record with another reason in the row at a path of its backup. */
function withReason(path: string, detail: Message | null): RunRecord {
  return withBackup(honest, ({ rows }) => ({
    rows: rows.map((row) => (row.path === path ? { ...row, detail } : row)),
  }));
}

function withJob(change: Partial<JobRecord>): RunRecord {
  return withBackup(honest, ({ job }) => ({ job: { ...job, ...change } }));
}

describe("the reasons of a job", () => {
  test("nothing is wrong with what the agent truly tells", () => {
    expect(violatedBy(honest)).toEqual(new Set());
  });

  test.each<[string, string, Message | null]>([
    ["of another cause", "it: not", message("backup.name-begins-with-dot")],
    ["that is left out", "it: not", null],
    ["of what went well", "a", message("backup.changed-while-read")],
    ["of what is no target, left out", "link", null],
    ["that lacks a word", "link", { code: "backup.not-a-target", params: {} }],
  ])("a reason %s is noticed", (_, path, detail) => {
    expect(violatedBy(withReason(path, detail))).toEqual(new Set(["reason"]));
  });

  test("a job whose own row tells another reason is noticed", () => {
    const told = withJob({ detail: message("backup.interrupted") });
    expect(violatedBy(told)).toEqual(new Set(["reason"]));
  });

  test("what is wrapped in an exchange is judged by its innermost reason", () => {
    const why = message("exchange.with-detail", {
      why: message("exchange.timeout"),
      detail: message("exchange.silent", { seconds: 20 }),
    });
    const failed = message("exchange.failed", {
      what: message("exchange.logging-in", { loginId: "user01" }),
      why,
    });
    expect(violatedBy(withJob({ causes: ["B-CE-4"], detail: failed }))).not.toContain("reason");
    expect(violatedBy(withJob({ causes: ["B-CE-1"], detail: failed }))).toContain("reason");
  });
});
