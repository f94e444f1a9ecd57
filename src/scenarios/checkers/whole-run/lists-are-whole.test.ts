import { beforeAll, describe, expect, test } from "vitest";

import type { ListFacts } from "../../observation/list-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { honestRun, violatedBy } from "../testing/honest-run.ts";

let honest: RunRecord;

beforeAll(async () => {
  honest = await honestRun({
    tuning: { historyPageRowCount: 2 },
    tree: Object.fromEntries(
      ["a", "b", "c", "d"].map((name) => [`/data/${name}`, { content: { text: name } }]),
    ),
    timeline: [{ do: "backup" }, { do: "backup" }],
  });
});

/** The record with the lists of its PC shown otherwise. */
function shown(change: (facts: ListFacts) => Partial<ListFacts>): RunRecord {
  return { ...honest, lists: honest.lists.map((facts) => ({ ...facts, ...change(facts) })) };
}

describe("the lists", () => {
  test("are whole as the agent truly shows them, on more than one page", () => {
    expect(honest.lists[0]?.history.backup.length).toBeGreaterThan(2);
    expect(violatedBy(honest)).toEqual(new Set());
  });

  test.each<[string, (facts: ListFacts) => Partial<ListFacts>]>([
    [
      "a page less",
      ({ history }) => ({ history: { ...history, backup: history.backup.slice(1) } }),
    ],
    [
      "a row twice",
      ({ history }) => ({
        history: { ...history, backup: history.backup.map(() => history.backup[0] ?? EMPTY) },
      }),
    ],
    [
      "another count",
      ({ history }) => ({
        history: {
          ...history,
          backup: history.backup.map((page) => ({ ...page, rowCount: page.rowCount + 1 })),
        },
      }),
    ],
    [
      "a job that is in no list",
      ({ jobs }) => ({ jobs: [...jobs, ...jobs.slice(0, 1).map((job) => ({ ...job, id: 99 }))] }),
    ],
    [
      "a filter that forgets its last page",
      ({ details }) => ({
        details: details.map((one) => ({
          ...one,
          byStatus: new Map([...one.byStatus].map(([status]) => [status, [EMPTY, EMPTY]])),
        })),
      }),
    ],
  ])("with %s violate it", (_, change) => {
    expect(violatedBy(shown(change))).toContain("lists");
  });
});

const EMPTY = { rows: [], pageCount: 1, rowCount: 0 };
