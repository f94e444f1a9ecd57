import * as fc from "fast-check";

import type { Disturbance } from "../../../scenario/step.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import {
  directedScenario,
  INNER_FOLDER,
  ROOT,
  SECOND,
  TARGET,
  surroundingsArbitrary,
  type Directed,
} from "../directed-scenario.ts";
import { lateMoment, SETTLED } from "./delete-situation-parts.ts";
import { copiedState } from "./copied-states.ts";
import { deepOutOfReach } from "./deep-out-of-reach.ts";
import { foldersOfFolders } from "./folders-of-folders.ts";
import { NOT_GONE } from "./not-gone.ts";
import { repairedState } from "./repaired-states.ts";
import { backAsItWas } from "./back-as-it-was.ts";
import { NAMESAKES } from "./namesakes.ts";
import { OTHER_KINDS_AND_SPELLINGS } from "./other-kinds-and-spellings.ts";
import { OTHERS_AT_WORK } from "./others-at-work.ts";

/** Both settings from the start, in any harmless surroundings; everything is on the service first. */
function situation(name: string, directed: fc.Arbitrary<Directed>): DirectedGenerator {
  const arbitrary = fc
    .tuple(surroundingsArbitrary(false), fc.boolean(), directed)
    .map(([around, compareUpload, { timeline, ...rest }]) =>
      directedScenario(around, {
        compareDelete: true,
        compareUpload,
        ...rest,
        timeline: [...SETTLED, ...timeline],
      }),
    );
  return { name, topic: "delete", arbitrary };
}

/** Something happens after the scan and before everything is deleted. */
function late(...changes: Disturbance["what"][]): fc.Arbitrary<Directed> {
  return fc.tuple(fc.constantFrom(...changes), lateMoment).map(([what, when]) => ({
    timeline: [
      { do: "delete", path: TARGET },
      { do: "delete", path: SECOND },
      { do: "delete", path: INNER_FOLDER },
      { do: "backup", disturbances: [{ when, what }] },
    ],
  }));
}

/** Situations about deletions and comparisons that random search seldom brings together. */
export const DELETE_SITUATIONS: readonly DirectedGenerator[] = [
  situation("a drive that is not there", NOT_GONE.driveAway),
  situation("an emptied source", NOT_GONE.emptied),
  situation("elsewhere and not saved", NOT_GONE.outOfReach),
  situation("elsewhere, deep in a folder that is not saved", deepOutOfReach),
  situation("a device below the source is not there", NOT_GONE.deviceBelow),
  situation("another folder of the same disk is not mounted any more", NOT_GONE.bindMountGone),
  situation("a device below the source goes before the second look", NOT_GONE.deviceGoesLate),
  situation("a folder of many files is emptied", NOT_GONE.manyGone),
  situation("folders emptied beside others of nearly their names", NAMESAKES.emptiedAtTheLimit),
  situation("one of several names that begin alike goes", NAMESAKES.oneOfNamesakes),
  situation("gone for a while and back as it was", backAsItWas),
  { name: "a state file that was repaired", topic: "delete", arbitrary: repairedState },
  situation("folders of folders go", foldersOfFolders),
  situation("unread is not gone", NOT_GONE.unread),
  situation("changed is not gone", NOT_GONE.protectedThings),
  situation("a path of another kind", OTHER_KINDS_AND_SPELLINGS.changedKinds),
  situation("a path of another kind for a while", OTHER_KINDS_AND_SPELLINGS.kindsAndBack),
  situation("a name of another spelling", OTHER_KINDS_AND_SPELLINGS.otherSpellings),
  situation("an older spelling beside a newer one", OTHER_KINDS_AND_SPELLINGS.olderSpellings),
  situation("an older folder beside its other spelling", OTHER_KINDS_AND_SPELLINGS.olderFolders),
  situation("hidden is not gone", NOT_GONE.hidden),
  situation(
    "back again before the second look",
    late(
      { do: "write", path: TARGET, content: { text: "back" } },
      { do: "write", path: SECOND, content: { text: "back" } },
      { do: "make-folder", path: INNER_FOLDER },
    ),
  ),
  situation(
    "the source goes before the second look",
    late(
      { do: "remount", path: ROOT, holds: {} },
      { do: "remount", path: ROOT, holds: "same" },
      { do: "delete", path: ROOT },
      { do: "rename", path: ROOT, to: "/data/elsewhere" },
      { do: "deny", path: ROOT },
      { do: "deny", path: ROOT.slice(0, ROOT.lastIndexOf("/")) },
    ),
  ),
  situation("guests in the destination", OTHERS_AT_WORK.guests),
  situation("someone deletes as well", OTHERS_AT_WORK.meddled),
  situation(
    "another folder takes the place before something is deleted",
    OTHERS_AT_WORK.placeTaken,
  ),
  situation("deleted in doubt and back again", OTHERS_AT_WORK.comesBack),
  situation("deleted and nobody heard of it", OTHERS_AT_WORK.unheard),
  situation("arrived late and gone", OTHERS_AT_WORK.arrivedLate),
  situation("sent again by comparison", OTHERS_AT_WORK.sentAgain),
  situation("two PCs delete side by side", OTHERS_AT_WORK.sideBySide),
  situation("rows that wait", OTHERS_AT_WORK.waiting),
  situation("the state of another PC", copiedState),
];
