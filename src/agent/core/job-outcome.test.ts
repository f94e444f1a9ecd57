import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CAUSES, causesOf, type BackupCauseId } from "../../protocol/causes/causes.ts";
import { INCOMPLETE_STATUSES, type IncompleteStatus } from "../../protocol/status.ts";
import { JOB_CAUSES } from "./job-causes.ts";
import { OutcomeTally, type JobOutcome, type Trouble } from "./job-outcome.ts";

function isIncomplete(status: string): status is IncompleteStatus {
  return (INCOMPLETE_STATUSES as readonly string[]).includes(status);
}

function troubleOf(cause: BackupCauseId): Trouble[] {
  const { status } = CAUSES[cause];
  return isIncomplete(status) ? [{ status, causes: [cause] }] : [];
}

const TROUBLES = causesOf("backup").flatMap(troubleOf);
const trouble = fc.constantFrom(...TROUBLES);

function outcomeOf(troubles: readonly Trouble[], sentAnything = true): JobOutcome {
  const tally = new OutcomeTally(JOB_CAUSES.backup);
  for (const one of troubles) tally.add(one);
  return tally.outcome(sentAnything);
}

describe("a job's outcome", () => {
  test("without trouble is completed, because files were sent or none differed", () => {
    expect(outcomeOf([], true)).toEqual({ status: "completed", causes: ["B-OK-1"] });
    expect(outcomeOf([], false)).toEqual({ status: "completed", causes: ["B-OK-2"] });
  });

  test("with one kind of trouble is that kind, with each of its causes once", () => {
    fc.assert(
      fc.property(fc.array(trouble, { minLength: 1 }), fc.boolean(), (drawn, sentAnything) => {
        const kind = drawn[0]?.status;
        const troubles = drawn.filter(({ status }) => status === kind);

        const { status, causes } = outcomeOf(troubles, sentAnything);

        expect(status).toBe(kind);
        expect(causes).toEqual([...new Set(troubles.flatMap((one) => one.causes))]);
      }),
    );
  });

  test("with two or more kinds is unexpected, mixed first, then every cause once", () => {
    fc.assert(
      fc.property(fc.array(trouble, { minLength: 2 }), fc.boolean(), (troubles, sentAnything) => {
        fc.pre(new Set(troubles.map(({ status }) => status)).size > 1);

        const { status, causes } = outcomeOf(troubles, sentAnything);

        expect(status).toBe("unexpected");
        expect(causes[0]).toBe("B-UX-9");
        expect(new Set(causes)).toEqual(
          new Set(["B-UX-9", ...troubles.flatMap((one) => one.causes)]),
        );
        expect(new Set(causes).size).toBe(causes.length);
      }),
    );
  });

  test("counts an interruption as one kind: after an unreadable file it is mixed (D5)", () => {
    const outcome = outcomeOf([
      { status: "access-denied", causes: ["B-AD-1"] },
      { status: "interrupted", causes: ["B-INT-1"] },
    ]);

    expect(outcome).toEqual({ status: "unexpected", causes: ["B-UX-9", "B-AD-1", "B-INT-1"] });
  });
});
