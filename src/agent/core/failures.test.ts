import { describe, expect, test } from "vitest";
import { CAUSES } from "../../protocol/causes/causes.ts";
import { PROBLEM_CODES, problem } from "../../protocol/http/problem.ts";
import { ServiceError } from "../ports/service.ts";
import { DiskError, type DiskErrorKind } from "../ports/source-disk.ts";
import { communicationFailure, refused } from "../testing/failures.ts";
import { fileFailure, folderFailure } from "./disk-failure.ts";
import type { FileFailure } from "./file-outcome.ts";
import { refusalFailure, serviceFailure, type RefusedTarget } from "./service-failure.ts";

const TARGET: RefusedTarget = {
  name: "a.txt",
  entryKind: "file",
  sizeBytes: 5,
  capacityAtStart: { quotaBytes: 100, freeBytes: 50 },
};

function ofDisk(kind: DiskErrorKind): DiskError {
  return new DiskError(kind, "/source/a.txt", "refused");
}

/** Causes that do not belong to the status they stand beside. */
function strayCauses({ status, causes }: FileFailure): readonly string[] {
  return causes.filter((cause) => CAUSES[cause].status !== status);
}

describe("a disk's refusal", () => {
  test.each([
    ["not-found", "unexpected", "B-UX-4"],
    ["access-denied", "access-denied", "B-AD-1"],
    ["locked", "unexpected", "B-UX-2"],
    ["not-a-folder", "unexpected", "B-UX-5"],
    ["name-too-long", "unexpected", "B-UX-10"],
    ["io", "unexpected", "B-UX-10"],
  ] as const)("of a file that is %s makes it %s, first of all %s", (kind, status, cause) => {
    const found = fileFailure(ofDisk(kind));

    expect([found.status, found.causes[0]]).toEqual([status, cause]);
    expect(strayCauses(found)).toEqual([]);
  });

  test("names all three causes the agent cannot tell apart when a file is gone", () => {
    expect(fileFailure(ofDisk("not-found")).causes.toSorted()).toEqual([
      "B-UX-3",
      "B-UX-4",
      "B-UX-5",
    ]);
  });

  test("of a folder has the folder's own cause where there is one", () => {
    expect(folderFailure(ofDisk("access-denied")).causes).toEqual(["B-AD-2"]);
    expect(folderFailure(ofDisk("not-found"))).toEqual(fileFailure(ofDisk("not-found")));
  });
});

describe("the service's failure", () => {
  test("to answer keeps the cause the connection found", () => {
    const found = serviceFailure(communicationFailure({ way: "timeout" }), TARGET);

    expect([found.status, found.causes]).toEqual(["communication-error", ["B-CE-4"]]);
  });

  test("to speak the contract is unexpected", () => {
    const found = serviceFailure(new ServiceError({ kind: "unknown-answer" }, "HTTP 418"), TARGET);

    expect([found.status, found.causes, found.detail]).toEqual([
      "unexpected",
      ["B-UX-10"],
      "HTTP 418",
    ]);
  });

  test("to take a name is reported with the character in that name", () => {
    const found = serviceFailure(refused("forbidden-name"), { ...TARGET, name: "a?b" });

    expect([found.status, found.causes]).toEqual(["forbidden-characters", ["B-FC-5"]]);
  });

  test("to find the destination is an invalid setting, deleted or renamed", () => {
    const found = serviceFailure(refused("parent-missing"), TARGET);

    expect([found.status, found.causes]).toEqual(["invalid-settings", ["B-IS-3", "B-IS-4"]]);
  });

  test("to hold a file is insufficient capacity, with its kind", () => {
    const found = serviceFailure(refused("insufficient-capacity"), { ...TARGET, sizeBytes: 51 });

    expect([found.status, found.causes]).toEqual(["insufficient-capacity", ["B-IC-3"]]);
  });

  test.each(PROBLEM_CODES)("with %s has causes that belong to its status", (code) => {
    expect(strayCauses(refusalFailure(problem(code, "no"), TARGET))).toEqual([]);
  });
});
