import { beforeAll, describe, expect, test } from "vitest";

import type { JobRecord } from "../../../protocol/job-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import {
  honestRun,
  violatedBy,
  withBackup,
  withDeletion,
  withRestores,
} from "../testing/honest-run.ts";

const COUNTS = [
  "targetCount",
  "targetFileCount",
  "targetBytes",
  "processedCount",
  "transferredFileCount",
  "transferredBytes",
  "excludedCount",
] as const;

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    compareDelete: true,
    tree: {
      "/data/kept": { content: { text: "kept" } },
      "/data/empty": null,
      "/data/gone": { content: { text: "gone" } },
      "/restored": null,
    },
    timeline: [
      { do: "backup" },
      { do: "delete", path: "/data/gone" },
      { do: "write", path: "/data/kept", content: { text: "more" } },
      { do: "backup" },
      { do: "restore", from: { source: 0 }, to: "/restored", onConflict: "overwrite" },
    ],
  });
});

describe.each(COUNTS)("a wrong %s", (count) => {
  const wrong = ({ job }: { readonly job: JobRecord }): { readonly job: JobRecord } => ({
    job: { ...job, [count]: job[count] + 1 },
  });
  const tooLow = ({ job }: { readonly job: JobRecord }): { readonly job: JobRecord } => ({
    job: { ...job, [count]: job[count] - 1 },
  });

  test("of a backup violates I2", () => {
    expect(violatedBy(honest)).toEqual(new Set());
    expect(violatedBy(withBackup(honest, wrong))).toEqual(new Set(["I2"]));
    expect(violatedBy(withBackup(honest, tooLow))).toEqual(new Set(["I2"]));
  });

  test("of a restore violates I2", () => {
    expect(violatedBy(withRestores(honest, wrong))).toEqual(new Set(["I2"]));
    expect(violatedBy(withRestores(honest, tooLow))).toEqual(new Set(["I2"]));
  });

  test("of a delete job violates I2", () => {
    expect(violatedBy(withDeletion(honest, wrong))).toEqual(new Set(["I2"]));
    expect(violatedBy(withDeletion(honest, tooLow))).toEqual(new Set(["I2"]));
  });
});

test("a folder whose row has bytes violates I2", () => {
  const sized = withBackup(honest, ({ rows }) => ({
    rows: rows.map((row) => (row.entryKind === "folder" ? { ...row, sizeBytes: 4096 } : row)),
  }));
  expect(violatedBy(sized)).toEqual(new Set(["I2"]));
});
