import * as fc from "fast-check";

import type { Disturbance } from "../../../scenario/step.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import { LARGE, LARGE_NAME } from "../directed-scenario.ts";
import { withLargeFile } from "./large-file.ts";
import { onConflict, restoreScenario, restoring } from "./restore-scenario.ts";

/** Content that is spoiled on its way once or twice, and whose answer looks whole all the same. */
export const spoiledDownload: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 2 }), onConflict)
    .map(([nth, times, choice]) => ({
      timeline: [
        ...withLargeFile,
        restoring({
          onConflict: choice,
          faults: {
            storage: [
              { kind: "corrupt-response", resealed: true, operation: "getFile", nth, times },
            ],
          },
        }),
      ],
    })),
);

/** Downloads that break off within a file, and go on where they stopped. */
export const resumedDownload: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"reset-response" | "truncate-response">(
        "reset-response",
        "truncate-response",
      ),
      fc.integer({ min: 1, max: 149_999 }),
      fc.integer({ min: 1, max: 3 }),
    )
    .map(([kind, afterBytes, times]) => ({
      timeline: [
        ...withLargeFile,
        restoring({
          faults: {
            storage: [{ kind, operation: "getFile", path: `**/${LARGE_NAME}`, times, afterBytes }],
          },
        }),
      ],
    })),
);

/** A download breaks off, and before it goes on the file gets a new generation, is renamed or deleted. */
export const replacedDownload: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      fc.constantFrom<"replace-file" | "delete-file" | "rename-file">(
        "replace-file",
        "replace-file",
        "delete-file",
        "rename-file",
      ),
      fc.integer({ min: 1, max: 149_999 }),
      fc.integer({ min: 100_000, max: 200_000 }),
      // A single file is asked about first; the third request goes on where the second broke off.
      fc.oneof(
        fc.constant({ nth: 3, from: { source: 0, path: LARGE_NAME, entryKind: "file" } as const }),
        fc.integer({ min: 2, max: 8 }).map((nth) => ({ nth, from: { source: 0 } })),
      ),
    )
    .map(([act, afterBytes, size, { nth, from }]) => {
      const place = { source: 0, path: LARGE_NAME };
      const what: Disturbance["what"] =
        act === "replace-file"
          ? { do: act, ...place, content: { size, seed: 78 } }
          : act === "rename-file"
            ? { do: act, ...place, to: "renamed by somebody" }
            : { do: act, ...place };
      return {
        timeline: [
          ...withLargeFile,
          restoring({
            from,
            disturbances: [{ when: { at: "request", nth }, what }],
            faults: {
              storage: [
                {
                  kind: "reset-response",
                  operation: "getFile",
                  path: `**/${LARGE_NAME}`,
                  afterBytes,
                },
              ],
            },
          }),
          // What was changed there is sent again, so that both sides agree in the end.
          { do: "write", path: LARGE, content: { size: 900, seed: 79 } },
        ],
      };
    }),
);

/** A download breaks off, and the request that goes on meets a new generation. */
export const outdatedDownload: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(fc.integer({ min: 1, max: 99_999 }), fc.integer({ min: 100_000, max: 200_000 }))
    .map(([afterBytes, size]) => ({
      timeline: [
        ...withLargeFile,
        restoring({
          from: { source: 0, path: LARGE_NAME, entryKind: "file" },
          disturbances: [
            {
              // The file is asked about first, and the second request breaks off.
              when: { at: "request", nth: 3 },
              what: {
                do: "replace-file",
                source: 0,
                path: LARGE_NAME,
                content: { size, seed: 78 },
              },
            },
          ],
          faults: { storage: [{ kind: "reset-response", operation: "getFile", afterBytes }] },
        }),
        { do: "write", path: LARGE, content: { size: 900, seed: 79 } },
      ],
    })),
);

/** The service sends a byte now and then: that has to come to an end, and the next restore to succeed. */
export const tricklingDownload: fc.Arbitrary<Scenario> = restoreScenario(
  fc.integer({ min: 1, max: 40 }).map((bytesPerSecond) => ({
    timeline: [
      ...withLargeFile,
      restoring({
        faults: {
          storage: [{ kind: "slow", operation: "getFile", bytesPerSecond, times: "forever" }],
        },
      }),
      restoring(),
    ],
  })),
);
