import { expect, test } from "vitest";
import { z } from "zod";

import { FaultPlan } from "./fault-plan.ts";
import { occurrenceSchema, type Occurrence } from "./occurrence.ts";

const faultSchema = z.strictObject({ at: z.string(), ...occurrenceSchema.shape });

type NamedFault = z.infer<typeof faultSchema>;

function planOf(...faults: readonly NamedFault[]): FaultPlan<NamedFault, string> {
  const plan = new FaultPlan<NamedFault, string>({
    idPrefix: "fault",
    schema: faultSchema,
    matcher: (fault) => (place) => fault.at === place,
  });
  for (const fault of faults) plan.add(fault);
  return plan;
}

function strikesOf(occurrence: Occurrence): string {
  const plan = planOf({ at: "here", ...occurrence });
  return Array.from({ length: 5 }, () => (plan.strike("here").length > 0 ? "x" : "-")).join("");
}

test.each<[Occurrence, string]>([
  [{}, "x----"],
  [{ nth: 2, times: 2 }, "-xx--"],
  [{ nth: 4, times: "forever" }, "---xx"],
  [{ times: 3 }, "xxx--"],
])("a fault with %j strikes the moments it counts to, and no others", (occurrence, strikes) => {
  expect(strikesOf(occurrence)).toBe(strikes);
});

test("each fault counts the moments that match it, whatever strikes there beside it", () => {
  const plan = planOf({ at: "here", times: "forever" }, { at: "here", nth: 2 }, { at: "there" });
  expect(plan.strike("here").length).toBe(1);
  expect(plan.strike("here").map(({ nth }) => nth)).toEqual([undefined, 2]);
  expect(plan.list().map(({ matchCount, hitCount }) => [matchCount, hitCount])).toEqual([
    [2, 2],
    [2, 1],
    [0, 0],
  ]);
});

test("a fault that is due is a hit only when it took effect", () => {
  const plan = planOf({ at: "here", times: "forever" });
  plan.due("here");
  plan.due("here")[0]?.strike();
  expect(plan.list()).toMatchObject([{ matchCount: 2, hitCount: 1 }]);
});

test("a fault counts from when it was added, and is gone when it is taken out", () => {
  const plan = planOf({ at: "here", times: "forever" });
  plan.strike("here");
  const id = plan.add({ at: "here" });
  expect(plan.strike("here").length).toBe(2);
  expect([plan.remove(id), plan.remove(id)]).toEqual([true, false]);
  expect([plan.isEmpty, plan.list().length]).toEqual([false, 1]);
  plan.clear();
  expect([plan.isEmpty, plan.strike("here")]).toEqual([true, []]);
});

test("whoever watches is told of each moment, whether or not a fault strikes there", () => {
  const plan = planOf();
  const told: string[] = [];
  plan.watch((place) => void told.push(place));
  expect([plan.isEmpty, plan.strike("here")]).toEqual([false, []]);
  plan.add({ at: "there" });
  expect(plan.strike("there").length).toBe(1);
  plan.watch(undefined);
  plan.clear();
  expect([plan.isEmpty, told]).toEqual([true, ["here", "there"]]);
});

test.each([{ nth: 0 }, { nth: 1.5 }, { times: 0 }, { times: "always" }])(
  "refuses the occurrence %j",
  (occurrence) => {
    expect(occurrenceSchema.safeParse(occurrence).success).toBe(false);
  },
);
