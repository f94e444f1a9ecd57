import * as fc from "fast-check";

import type { ExplorerAction } from "../../../scenario/explorer-action.ts";
import type { RunFaults } from "../../../scenario/run-faults.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { directedScenario, ROOT, surroundingsArbitrary } from "../directed-scenario.ts";

const SIZE_BYTES = 300;

const NAMES = ["a/1", "a/2", "b/1", "b/2", "c", "d"] as const;

type StorageFault = NonNullable<RunFaults["storage"]>[number];

/** What somebody does to one file of the destination, or to the folder that it is in. */
const meddling: fc.Arbitrary<ExplorerAction> = fc
  .tuple(
    fc.constantFrom(...NAMES),
    fc.constantFrom("as large", "larger", "delete", "rename", "delete-folder"),
    fc.nat({ max: 9 }),
  )
  .map(([path, how, seed]): ExplorerAction => {
    switch (how) {
      case "as large":
        return {
          do: "replace-file",
          source: 0,
          path,
          content: { size: SIZE_BYTES, seed: 50 + seed },
        };
      case "larger":
        return { do: "replace-file", source: 0, path, content: { size: SIZE_BYTES + 1, seed: 50 } };
      case "rename":
        return { do: "rename-file", source: 0, path, to: `${path} renamed` };
      case "delete-folder":
        return { do: "delete-folder", source: 0, path: "b" };
      default:
        return { do: "delete-file", source: 0, path };
    }
  });

/** The listing that a run compares with comes whole, late, or not behind its first pages, or not at all. */
const listingFaults: fc.Arbitrary<readonly StorageFault[]> = fc
  .tuple(
    fc.constantFrom<StorageFault | undefined>(
      undefined,
      undefined,
      { kind: "status", status: 503, times: "forever" },
      { kind: "reset", times: "forever" },
      { kind: "truncate-response", times: "forever" },
      { kind: "status", status: 503, times: 2 },
    ),
    fc.integer({ min: 2, max: 4 }),
  )
  .map(([fault, nth]) => (fault === undefined ? [] : [{ ...fault, operation: "getFolder", nth }]));

/**
 * Somebody changed what is on the service, and 差分比較アップロード compares with it (F16), also where the listing cannot
 * be had or only a part of it.
 */
export const comparedAgainArbitrary: fc.Arbitrary<Scenario> = fc
  .record({
    around: surroundingsArbitrary(false),
    before: fc.array(meddling, { minLength: 1, maxLength: 3 }),
    storage: listingFaults,
    // Where files have modes, one that others replaced is told by its mode as well.
    disk: fc.constantFrom<Scenario["disk"]>("linux", "windows", "windows"),
    pageEntryCount: fc.constantFrom(1, 2, 1000),
  })
  .map(({ around, before, storage, disk, pageEntryCount }) =>
    directedScenario(around, {
      compareUpload: true,
      disk,
      serviceTuning: { listingPageEntryCountMax: pageEntryCount },
      tree: Object.fromEntries(
        NAMES.map((name, at) => [`${ROOT}/${name}`, { content: { size: SIZE_BYTES, seed: at } }]),
      ),
      timeline: [
        { do: "backup" },
        { do: "wait", ms: 5000 },
        ...before,
        { do: "backup", faults: { storage: [...storage] } },
        { do: "backup" },
      ],
    }),
  );
