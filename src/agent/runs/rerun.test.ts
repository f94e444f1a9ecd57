import { describe, expect, test } from "vitest";

import { INCOMPLETE_STATUSES, STATUSES } from "../../protocol/status.ts";
import { jobRecord } from "../cli/testing/job-records.ts";
import { rerunPlan } from "./rerun.ts";
import type { SourceFolder } from "../state/records.ts";

const SOURCE: SourceFolder = {
  id: 1,
  path: "/home/taro/docs",
  name: "docs",
  destination: "セキュリティ領域/x",
  addedAtMs: 0,
};

describe("再実行 of a backup", () => {
  test("backs its source up with the settings it had", () => {
    const settings = { includeHidden: false, compareUpload: true, compareDelete: true };
    const job = jobRecord({ status: "interrupted", settings: { kind: "backup", ...settings } });

    expect(rerunPlan(job, [SOURCE])).toEqual({ kind: "backup", source: SOURCE, settings });
  });

  test("of an older agent, which did not note them, takes those of today", () => {
    const job = jobRecord({ status: "interrupted", settings: null });

    expect(rerunPlan(job, [SOURCE])).toMatchObject({ settings: {} });
  });

  test("is refused when its source was taken off the list", () => {
    const job = jobRecord({ status: "interrupted", sourceId: null });

    expect(() => rerunPlan(job, [SOURCE])).toThrow(
      expect.objectContaining({ code: "no-such-source" }),
    );
  });
});

describe("再実行 of a restore", () => {
  const restore = jobRecord({
    kind: "restore",
    sourceId: null,
    sourcePath: "セキュリティ領域/a.txt",
    destination: "/home/taro/back",
    status: "unexpected",
    settings: { kind: "restore", entryKind: "file", generation: 3, onConflict: "keep-both" },
  });

  test("brings the same generation to the same place with the same choice", () => {
    expect(rerunPlan(restore, [], { onConflict: "overwrite" })).toEqual({
      kind: "restore",
      request: {
        from: "セキュリティ領域/a.txt",
        to: "/home/taro/back",
        entryKind: "file",
        generation: 3,
        onConflict: "keep-both",
        trigger: "rerun",
      },
    });
  });

  test("in which a person was asked asks again, and touches nothing when nobody is there", () => {
    const settings = { kind: "restore", entryKind: "folder", generation: null } as const;
    const asked = { ...restore, settings: { ...settings, onConflict: "ask" } as const };

    expect(rerunPlan(asked, [], { onConflict: "overwrite" })).toMatchObject({
      request: { onConflict: "overwrite" },
    });
    const alone = rerunPlan(asked, []);
    expect(alone).toMatchObject({ request: { onConflict: "skip", entryKind: "folder" } });
    expect(alone).not.toHaveProperty("request.generation");
  });
});

const OTHER_STATUSES = STATUSES.filter((status) => !isOneOf(INCOMPLETE_STATUSES, status));

function isOneOf(texts: readonly string[], text: string): boolean {
  return texts.includes(text);
}

test.each(INCOMPLETE_STATUSES)("a job that ended %s can be run again", (status) => {
  expect(rerunPlan(jobRecord({ status }), [SOURCE])).toMatchObject({ source: SOURCE });
});

test.each(OTHER_STATUSES)("a job that is %s cannot be run again", (status) => {
  expect(() => rerunPlan(jobRecord({ status }), [SOURCE])).toThrow(
    expect.objectContaining({ code: "job-not-incomplete" }),
  );
});

test("of a deletion its backup is what to run", () => {
  const job = jobRecord({ kind: "delete", status: "not-found" });

  expect(() => rerunPlan(job, [SOURCE])).toThrow(/run the backup of \/home\/taro\/docs/);
});
