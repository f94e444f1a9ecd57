import * as fc from "fast-check";

import type { Step } from "../../scenario/step.ts";
import { withLargeFile } from "./large-file.ts";
import { onConflict, restoreScenario, restoring, TARGET_NAME } from "./restore-scenario.ts";
import { directedScenario, ROOT, surroundingsArbitrary, TARGET } from "../surroundings.ts";
import type { Aim } from "../aim.ts";
import { cutOffRestore, powerlessRestore } from "./ended-restores.ts";
import { endlessListing, failingTls, falseAnswer, hostileListing } from "./hostile-services.ts";
import { busyTarget, conflictingTarget, linkedTarget } from "./occupied-targets.ts";
import {
  outdatedDownload,
  replacedDownload,
  resumedDownload,
  spoiledDownload,
} from "./troubled-downloads.ts";

/** Generations of one file, and a restore of one of them. */
const restoredGeneration = fc
  .tuple(
    surroundingsArbitrary(false),
    fc.integer({ min: 2, max: 5 }),
    fc.integer({ min: 1, max: 5 }),
    onConflict,
  )
  .map(([around, count, generation, choice]) => {
    const from = { source: 0, path: TARGET_NAME, entryKind: "file" } as const;
    return directedScenario(around, {
      timeline: [
        ...Array.from({ length: count }, (_, index): Step[] => [
          { do: "write", path: TARGET, content: { size: 300 + index, seed: 40 + index } },
          { do: "backup" },
        ]).flat(),
        restoring({ from, generation, onConflict: choice }),
        restoring({ from, onConflict: choice }),
      ],
    });
  });

/** A restore while a second PC backs up and a person stores files. */
const restoreBesideNeighbour = restoreScenario(
  fc.integer({ min: 1, max: 6 }).map((nth) => ({
    steps: [
      restoring({
        withNeighbour: true,
        disturbances: [
          {
            when: { at: "request", nth },
            what: { do: "store-elsewhere", name: "theirs", size: 90 },
          },
        ],
      }),
    ],
  })),
);

/** The PC's disk is lost: everything comes back from the service. */
const restoreAfterLoss = restoreScenario(
  fc.constantFrom<Step>({ do: "delete", path: ROOT }, { do: "empty", path: ROOT }).map((loss) => ({
    steps: [...withLargeFile, loss, restoring()],
  })),
);

/** What restores are aimed at beside the declared cells. */
export function restoreAims(): readonly Aim[] {
  const all = [
    { name: "restore cut off", arbitrary: cutOffRestore },
    { name: "restore that loses its power", arbitrary: powerlessRestore },
    { name: "restore of spoiled bytes", arbitrary: spoiledDownload },
    { name: "restore into conflicts", arbitrary: conflictingTarget },
    { name: "restore of generations", arbitrary: restoredGeneration },
    { name: "restore from a hostile listing", arbitrary: hostileListing },
    { name: "restore from an endless listing", arbitrary: endlessListing },
    { name: "restore with false answers", arbitrary: falseAnswer },
    { name: "restore without TLS", arbitrary: failingTls },
    { name: "restore resumed", arbitrary: resumedDownload },
    { name: "restore of a file that is replaced", arbitrary: replacedDownload },
    { name: "restore that goes on with another generation", arbitrary: outdatedDownload },
    { name: "restore into a busy folder", arbitrary: busyTarget },
    { name: "restore into a folder that becomes a link", arbitrary: linkedTarget },
    { name: "restore beside a neighbour", arbitrary: restoreBesideNeighbour },
    { name: "restore after a loss", arbitrary: restoreAfterLoss },
  ];
  return all.map((aim) => ({ ...aim, topic: "restore" }));
}
