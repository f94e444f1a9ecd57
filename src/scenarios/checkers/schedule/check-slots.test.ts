import { fileURLToPath } from "node:url";

import { beforeAll, expect, test } from "vitest";

import type { PcRecord } from "../../observation/pc-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { readScenario } from "../../runs/read-scenario.ts";
import { runScenario } from "../../simulation/run-scenario.ts";
import { violatedBy } from "../testing/honest-run.ts";

const LAPTOP = "../../../../fixtures/scenarios/a-laptop-that-is-closed-at-night.yaml";

let honest: RunRecord;

beforeAll(async () => {
  honest = await runScenario(readScenario(fileURLToPath(new URL(LAPTOP, import.meta.url))));
});

/** The record of the laptop told otherwise. */
function withPc(change: (pc: PcRecord) => Partial<PcRecord>): RunRecord {
  const { pc } = honest;
  if (pc === undefined) throw new Error("there is no PC");
  return { ...honest, pc: { ...pc, ...change(pc) } };
}

test("nothing is wrong with what the tool of the laptop truly did", () => {
  expect(violatedBy(honest)).toEqual(new Set());
});

test("a slot without its row violates I9", () => {
  const record = withPc(({ backups }) => ({
    backups: backups.filter(({ slotDay }) => slotDay === null),
  }));
  expect(violatedBy(record)).toContain("I9");
});

test("a slot that did not run for a cause that is not true violates I9", () => {
  const record = withPc(({ backups }) => ({
    backups: backups.map((job) =>
      job.status === "not-run" ? { ...job, causes: ["B-NR-8" as const] } : job,
    ),
  }));
  expect(violatedBy(record)).toContain("I9");
});

test("a mail that did not come, one that came twice, and one to somebody else violate I8", () => {
  expect(violatedBy(withPc(() => ({ mails: [] })))).toContain("I8");
  expect(violatedBy(withPc(({ mails }) => ({ mails: [...mails, ...mails] })))).toContain("I8");
  const toOthers = withPc(({ mails }) => ({
    mails: mails.map((mail) => ({ ...mail, recipients: ["other@office.example"] })),
  }));
  expect(violatedBy(toOthers)).toContain("I8");
});
