import { expect, test } from "vitest";

import { honestRun, violatedBy } from "../testing/honest-run.ts";

/** Somebody browses where the seed says so. */
const life = {
  seed: 1,
  tuning: { historyPageRowCount: 2 },
  serviceTuning: { listingPageEntryCountMax: 2 },
  tree: {
    "/data/a": { content: { text: "a" } },
    "/data/b": { content: { text: "b" } },
    "/data/c/d": { content: { text: "d" } },
    "/data/e": { content: { text: "e" } },
  },
  timeline: [],
};

test("pages of a folder on the service have each entry once, and the last of them is told", async () => {
  const honest = await honestRun(life);
  expect(violatedBy(honest)).toEqual(new Set());
  const [fact] = honest.browsed;
  if (fact === undefined) throw new Error("nobody browsed");
  expect(fact.pages.map(({ entries, isLast }) => [entries.length, isLast])).toEqual([
    [2, false],
    [2, true],
    [0, true],
  ]);
  const [first, second, third] = fact.pages;
  if (first === undefined || second === undefined || third === undefined)
    throw new Error("there are three pages");
  const wrong = [
    [{ ...first, isLast: true }, second],
    [first, { ...second, isLast: false }, third],
    [first, { ...second, entries: second.entries.slice(1) }, third],
    [first, { ...second, entries: first.entries }, third],
    [first, second, { ...third, entryCount: 3 }],
  ];
  for (const pages of wrong) {
    expect(violatedBy({ ...honest, browsed: [{ ...fact, pages }] })).toEqual(new Set(["lists"]));
  }
});
