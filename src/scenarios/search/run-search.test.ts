import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { afterAll, expect, test } from "vitest";

import { keptScenarioFiles } from "../runs/kept-scenario-files.ts";
import { runSearch, type SearchState } from "./run-search.ts";

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

/** A search of so many runs; its state, and the names of what was kept. */
async function search(
  options: { readonly jobCount: number; readonly folder?: string; readonly keptCountMax?: number },
  runCount: number,
): Promise<SearchState & { readonly names: readonly string[]; readonly folder: string }> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), "azukeru-search-"));
  folders.push(...(options.folder === undefined ? [folder] : []));
  const ending = new AbortController();
  const state = await runSearch({
    seed: 1,
    folder,
    jobCount: options.jobCount,
    aheadCount: 6,
    ...(options.keptCountMax !== undefined && { keptCountMax: options.keptCountMax }),
    seedPaths: keptScenarioFiles().slice(0, 4),
    isRandom: false,
    shrinkTriesMax: 0,
    signal: ending.signal,
    onRun: (now) => {
      if (now.runCount >= runCount) ending.abort();
    },
    onFailure: () => undefined,
    onKnownFailure: () => undefined,
  });
  return { ...state, folder, names: readdirSync(join(folder, "kept")).toSorted() };
}

test(
  "the same seed keeps the same on any number of threads, and the next search starts from it",
  { timeout: 240_000 },
  async () => {
    const one = await search({ jobCount: 1 }, 24);
    const two = await search({ jobCount: 3 }, 24);

    expect(two.names).toEqual(one.names);
    expect(one).toMatchObject({ runCount: 24, keptCount: one.names.length, isStarted: true });
    expect(one.changedCount).toBeGreaterThan(0);

    const next = await search({ jobCount: 2, folder: one.folder }, 8);
    expect(next.runCount).toBe(8);
    expect(next.keptCount).toBeGreaterThanOrEqual(one.keptCount);
    expect(next.featureCount).toBeGreaterThanOrEqual(one.featureCount);
    // Nothing of it was run again: changes come at once.
    expect(next.changedCount).toBeGreaterThan(0);
  },
);

test("goes on where more comes to something new than is kept", { timeout: 240_000 }, async () => {
  const { runCount, keptCount, names, changedCount } = await search(
    { jobCount: 2, keptCountMax: 2 },
    40,
  );

  expect({ runCount, keptCount, fileCount: names.length }).toEqual({
    runCount: 40,
    keptCount: 2,
    fileCount: 2,
  });
  expect(changedCount).toBeGreaterThan(0);
});
