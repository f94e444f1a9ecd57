import { describe, expect, test } from "vitest";
import { FILE_STATUSES, FILE_STATUS_LABELS, FILE_STATUS_LABELS_EN } from "./file-status.ts";
import { JOB_KINDS, isJobKind } from "./job-kind.ts";
import {
  INCOMPLETE_STATUSES,
  JOB_STATUSES,
  STATUSES,
  STATUS_LABELS,
  STATUS_LABELS_EN,
  isStatus,
} from "./status.ts";

describe("statuses of jobs", () => {
  test("are 13 codes, and 27 over the three kinds of job", () => {
    expect(STATUSES).toHaveLength(13);
    expect(JOB_KINDS.map((kind) => JOB_STATUSES[kind].length)).toEqual([11, 7, 9]);
  });

  test("of each kind are distinct, in the order of all statuses", () => {
    for (const kind of JOB_KINDS) {
      const allowed = new Set(JOB_STATUSES[kind]);
      expect(JOB_STATUSES[kind]).toEqual(STATUSES.filter((status) => allowed.has(status)));
    }
  });

  test("each belong to some kind of job", () => {
    const used = new Set(JOB_KINDS.flatMap((kind) => JOB_STATUSES[kind]));
    expect(STATUSES.filter((status) => !used.has(status))).toEqual([]);
  });

  test("are incomplete exactly when the label begins with 未完了", () => {
    expect(INCOMPLETE_STATUSES).toEqual(
      STATUSES.filter((status) => STATUS_LABELS[status].startsWith("未完了")),
    );
    expect(INCOMPLETE_STATUSES).toEqual(
      STATUSES.filter((status) => STATUS_LABELS_EN[status].startsWith("Incomplete (")),
    );
  });

  test("write the reason of an incomplete one in full-width brackets", () => {
    for (const status of INCOMPLETE_STATUSES) {
      expect(STATUS_LABELS[status]).toMatch(/^未完了（[^（）()]+）$/u);
    }
  });

  test("are recognised by code, never by label", () => {
    expect(STATUSES.every(isStatus)).toBe(true);
    expect(["完了", "COMPLETED", "toString", "", null, 1].some(isStatus)).toBe(false);
  });
});

describe("statuses of files", () => {
  test("are the incomplete ones and three more", () => {
    expect(FILE_STATUSES).toEqual([
      "pending",
      "completed",
      "no-difference",
      ...INCOMPLETE_STATUSES,
    ]);
  });

  test("read as the job's status does where they share a code", () => {
    const shared = STATUSES.filter((status) => new Set<string>(FILE_STATUSES).has(status));
    expect(shared).toEqual(["completed", ...INCOMPLETE_STATUSES]);
    for (const status of ["completed", ...INCOMPLETE_STATUSES] as const) {
      expect(FILE_STATUS_LABELS[status]).toBe(STATUS_LABELS[status]);
      expect(FILE_STATUS_LABELS_EN[status]).toBe(STATUS_LABELS_EN[status]);
    }
  });
});

test.each([
  ["STATUS_LABELS", STATUS_LABELS],
  ["STATUS_LABELS_EN", STATUS_LABELS_EN],
  ["FILE_STATUS_LABELS", FILE_STATUS_LABELS],
  ["FILE_STATUS_LABELS_EN", FILE_STATUS_LABELS_EN],
])("no two labels of %s are the same", (_, table) => {
  const labels = Object.values(table);
  expect(new Set(labels).size).toBe(labels.length);
});

test("job kinds are recognised by code", () => {
  expect(JOB_KINDS.every(isJobKind)).toBe(true);
  expect(["Backup", "constructor", "", undefined].some(isJobKind)).toBe(false);
});
