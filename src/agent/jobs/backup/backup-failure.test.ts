import { describe, expect, test } from "vitest";
import { CAUSES } from "../../../protocol/causes/causes.ts";
import { PROBLEM_CODES, problem } from "../../../protocol/http/problem.ts";
import { communicationFailure, refused } from "../../testing/failures.ts";
import type { FileFailure } from "../../core/file-outcome.ts";
import { refusalFailure, backupFailure, type RefusedTarget } from "./backup-failure.ts";

const TARGET: RefusedTarget = {
  name: "a.txt",
  entryKind: "file",
  sizeBytes: 5,
  capacityAtStart: { quotaBytes: 100, freeBytes: 50 },
};

/** Causes that do not belong to the status they stand beside. */
function strayCauses({ status, causes }: FileFailure): readonly string[] {
  return causes.filter((cause) => CAUSES[cause].status !== status);
}

describe("the service's failure", () => {
  test("to answer keeps the cause the connection found", () => {
    const found = backupFailure(communicationFailure({ way: "timeout" }), TARGET);

    expect([found.status, found.causes]).toEqual(["communication-error", ["B-CE-4"]]);
  });

  test("to be who answers is a block of the way", () => {
    const blocked = backupFailure(communicationFailure({ way: "blocked" }), TARGET);
    const foreign = backupFailure(communicationFailure({ way: "foreign" }), TARGET);

    expect([blocked.status, blocked.causes]).toEqual(["communication-error", ["B-CE-7"]]);
    expect([foreign.status, foreign.causes]).toEqual(["communication-error", ["B-CE-7"]]);
  });

  test("to take a name is reported with the character in that name", () => {
    const found = backupFailure(refused("forbidden-name"), { ...TARGET, name: "a?b" });

    expect([found.status, found.causes]).toEqual(["forbidden-characters", ["B-FC-5"]]);
  });

  test.each(["parent-missing", "folder-changed", "state-changed"] as const)(
    "to find the destination as it was is unforeseen (%s)",
    (code) => {
      const found = backupFailure(refused(code), TARGET);

      expect([found.status, found.causes]).toEqual(["unexpected", ["B-UX-11"]]);
    },
  );

  test("to hold a file is insufficient capacity, with its kind", () => {
    const found = backupFailure(refused("insufficient-capacity"), { ...TARGET, sizeBytes: 51 });

    expect([found.status, found.causes]).toEqual(["insufficient-capacity", ["B-IC-3"]]);
  });

  test.each(PROBLEM_CODES)("with %s has causes that belong to its status", (code) => {
    expect(strayCauses(refusalFailure(problem(code, "no"), TARGET))).toEqual([]);
  });
});
