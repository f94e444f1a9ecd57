import { expect, test } from "vitest";

import type { PcChange, PcTaskFact } from "../../observation/pc-record.ts";
import { noTaskOnServer2012, taskLead } from "./task-lead.ts";

const SCHEDULE: PcChange = {
  what: "schedule",
  schedule: { weekdays: [0, 3], minuteOfDay: 3 },
  isOn: true,
};

function violationsOf(task: Omit<PcTaskFact, "worksSignedOut">): readonly string[] {
  const changes: readonly PcChange[] = [
    SCHEDULE,
    { what: "task", task: { ...task, worksSignedOut: true } },
  ];
  const facts = changes.map((change) => ({
    elapsedMs: 0,
    wallMs: 0,
    change,
    isDuringRun: false,
  }));
  return taskLead({ facts }).map(({ invariant }) => invariant);
}

test("a task five minutes ahead of a slot right after midnight is on the day before", () => {
  expect(violationsOf({ weekdays: [2, 6], minuteOfDay: 1438 })).toEqual([]);
});

test("a task at the slot itself, or on the slot's own day, is not ahead", () => {
  expect(violationsOf({ weekdays: [0, 3], minuteOfDay: 3 })).toEqual(["lead"]);
  expect(violationsOf({ weekdays: [0, 3], minuteOfDay: 1438 })).toEqual(["lead"]);
});

test("a task on Windows Server 2012 is one too many, whenever it starts the tool", () => {
  const task = { weekdays: [2, 6], minuteOfDay: 1438, worksSignedOut: true };
  const change: PcChange = { what: "task", task };
  const facts = [{ elapsedMs: 0, wallMs: 0, change, isDuringRun: false }];

  expect(noTaskOnServer2012({ facts }, "windows-server-2012")).toHaveLength(1);
  expect(noTaskOnServer2012({ facts }, "windows-server")).toEqual([]);
});
