import { expect, test } from "vitest";
import { CAUSES, CAUSE_IDS, causesOf } from "./causes.ts";
import { JOB_KINDS } from "../job-kind.ts";
import { JOB_STATUSES, type Status } from "../status.ts";

test("there are 55 causes of backup, 21 of restore and 21 of delete statuses", () => {
  expect(JOB_KINDS.map((kind) => causesOf(kind).length)).toEqual([55, 21, 21]);
});

test("every cause belongs to exactly one kind of job", () => {
  expect(JOB_KINDS.flatMap(causesOf)).toEqual(CAUSE_IDS);
});

test("the ID of a cause begins with the mark of its job", () => {
  const marks = { backup: /^B-/u, restore: /^R-/u, delete: /^DEL-/u } as const;
  for (const kind of JOB_KINDS) {
    expect(causesOf(kind).filter((id) => !marks[kind].test(id))).toEqual([]);
  }
});

test("IDs count from 1 without gaps within each group", () => {
  const numbers = new Map<string, number[]>();
  for (const id of CAUSE_IDS) {
    const at = id.lastIndexOf("-");
    const group = id.slice(0, at);
    numbers.set(group, [...(numbers.get(group) ?? []), Number(id.slice(at + 1))]);
  }
  for (const counted of numbers.values()) {
    expect(counted).toEqual(counted.map((_, index) => index + 1));
  }
});

test("one group of causes leads to one status", () => {
  const statuses = new Map<string, Set<Status>>();
  for (const id of CAUSE_IDS) {
    const group = id.slice(0, id.lastIndexOf("-"));
    statuses.set(group, (statuses.get(group) ?? new Set()).add(CAUSES[id].status));
  }
  expect([...statuses].filter(([, reached]) => reached.size !== 1)).toEqual([]);
});

test("each kind of job has a cause for each of its statuses and for no other", () => {
  for (const kind of JOB_KINDS) {
    const reached = new Set<Status>(causesOf(kind).map((id) => CAUSES[id].status));
    expect([...reached].toSorted()).toEqual(JOB_STATUSES[kind].toSorted());
  }
});
