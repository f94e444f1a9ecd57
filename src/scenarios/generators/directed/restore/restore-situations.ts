import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { withLargeFile } from "./large-file.ts";
import { onConflict, restoreScenario, restoring, TARGET_NAME } from "./restore-scenario.ts";
import { directedScenario, ROOT, surroundingsArbitrary, TARGET } from "../directed-scenario.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { leftOnAnotherDisk, restoreAgain } from "./restores-again.ts";
import { standingTarget } from "./standing-targets.ts";
import { restoredZeros } from "./zeros.ts";
import { cutOffRestore, litteringRestore, powerlessRestore } from "./ended-restores.ts";
import { swappedTarget } from "./swapped-targets.ts";
import { endlessListing, failingTls, falseAnswer, hostileListing } from "./hostile-services.ts";
import { busyTarget, conflictingTarget, linkedTarget } from "./occupied-targets.ts";
import {
  outdatedDownload,
  replacedDownload,
  resumedDownload,
  spoiledDownload,
  tricklingDownload,
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
    timeline: [
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
    timeline: [...withLargeFile, loss, restoring()],
  })),
);

function situation(name: string, arbitrary: fc.Arbitrary<Scenario>): DirectedGenerator {
  return { name, topic: "restore", arbitrary };
}

/** Situations about restores that random search seldom brings together. */
export const RESTORE_SITUATIONS: readonly DirectedGenerator[] = [
  situation("restore cut off", cutOffRestore),
  situation("restore that loses its power", powerlessRestore),
  situation("restore that cannot remove its temporary files", litteringRestore),
  situation("restore of spoiled bytes", spoiledDownload),
  situation("trickling download", tricklingDownload),
  situation("restore into conflicts", conflictingTarget),
  situation("restore of generations", restoredGeneration),
  situation("restore from a hostile listing", hostileListing),
  situation("restore from an endless listing", endlessListing),
  situation("restore with false answers", falseAnswer),
  situation("restore without TLS", failingTls),
  situation("restore resumed", resumedDownload),
  situation("restore of a file that is replaced", replacedDownload),
  situation("restore that goes on with another generation", outdatedDownload),
  situation("restore into a busy folder", busyTarget),
  situation("restore into a folder that becomes a link", linkedTarget),
  situation("restore into a folder that is swapped for a link", swappedTarget),
  situation("restore beside a neighbour", restoreBesideNeighbour),
  situation("restore after a loss", restoreAfterLoss),
  situation("restore over all that can stand there", standingTarget),
  situation("restore of zeros", restoredZeros),
  situation("restore done again", restoreAgain),
  situation("restore cut off on a disk that goes", leftOnAnotherDisk),
];
