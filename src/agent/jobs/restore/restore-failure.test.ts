import { describe, expect, test } from "vitest";

import { CAUSES } from "../../../protocol/causes/causes.ts";
import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import { DiskError, type DiskErrorKind } from "../../ports/source-disk.ts";
import { communicationFailure, refused } from "../../testing/failures.ts";
import { isFailure } from "../../core/file-outcome.ts";
import { restoreDiskFailure, restoreFailure, restoreTargetFailure } from "./restore-failure.ts";

const DISK: Record<DiskErrorKind, readonly [ofAFile: string, ofTheTarget: string]> = {
  "access-denied": ["R-AD-2", "R-AD-1"],
  locked: ["R-AD-2", "R-AD-2"],
  exists: ["R-AD-2", "R-AD-2"],
  "not-a-folder": ["R-AD-2", "R-IS-1"],
  "not-found": ["R-UX-4", "R-IS-1"],
  "name-too-long": ["R-UX-4", "R-UX-4"],
  "disk-full": ["R-UX-4", "R-UX-4"],
  io: ["R-UX-4", "R-UX-4"],
};

const COMMUNICATION: Record<ExchangeFailure, string> = {
  unreachable: "R-CE-1",
  unresolved: "R-CE-2",
  reset: "R-CE-3",
  timeout: "R-CE-4",
  unavailable: "R-CE-5",
  corrupt: "R-CE-6",
  blocked: "R-CE-6",
  foreign: "R-CE-6",
  "off-contract": "R-CE-6",
  tls: "R-CE-1",
};

describe.each(Object.entries(DISK))("a disk that says %s", (kind, [ofAFile, ofTheTarget]) => {
  const error = new DiskError(kind as DiskErrorKind, "/target/a", "refused");

  test(`is ${ofAFile} for a file, ${ofTheTarget} for the chosen folder`, () => {
    for (const [found, cause] of [
      [restoreDiskFailure(error), ofAFile],
      [restoreTargetFailure(error), ofTheTarget],
    ] as const) {
      expect(found.causes[0]).toBe(cause);
      for (const one of found.causes) expect(CAUSES[one].status).toBe(found.status);
      expect(isFailure(found)).toBe(true);
    }
  });
});

test.each(Object.entries(COMMUNICATION))(
  "an exchange that fails as %s is %s of a restore",
  (way, wanted) => {
    const error = communicationFailure({ way: way as ExchangeFailure });

    expect(restoreFailure(error)).toMatchObject({
      status: "communication-error",
      causes: [wanted],
      detail: error.reason,
    });
  },
);

test("what is not there is 設定内容不正, and any other refusal a false answer", () => {
  expect(restoreFailure(refused("not-found"))).toMatchObject({
    status: "invalid-settings",
    causes: ["R-IS-3", "R-IS-4"],
  });
  expect(restoreFailure(refused("access-refused"))).toMatchObject({
    status: "communication-error",
    causes: ["R-CE-6"],
  });
});
