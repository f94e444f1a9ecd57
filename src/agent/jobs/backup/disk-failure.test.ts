import { describe, expect, test } from "vitest";
import { CAUSES } from "../../../protocol/causes/causes.ts";
import { DiskError, type DiskErrorKind } from "../../ports/source-disk.ts";
import { fileFailure, folderFailure } from "./disk-failure.ts";

function ofDisk(kind: DiskErrorKind): DiskError {
  return new DiskError(kind, "/source/a.txt", "refused");
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
    for (const one of found.causes) expect(CAUSES[one].status).toBe(found.status);
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
