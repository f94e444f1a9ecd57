import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { RelationName } from "../scenario/relation-name.ts";
import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";
import { calm } from "./calm.ts";
import { daysOfAnyEdition, keptByAll, underAnotherEdition } from "./another-edition.ts";
import { outcomeByPlace } from "./outcome-by-place.ts";
import { daysOfParts, joinParts } from "./parts-of-source.ts";
import type { Relation } from "./relation.ts";
import { daysOfHalves, HALF_NAMES, splitIntoHalves } from "./split-source.ts";

/** How a tool ends that is idle. */
const ENDS = ["close-tool", "kill", "power-loss"] as const;

const SIZES = [1, 2, 3, 7, 1_000] as const;

/** The relations by their names, as scenario files name them. */
export const RELATIONS: Readonly<Record<RelationName, Relation>> = {
  "other-sizes": {
    text: {
      ja: "ページ、まとめて送る件数、分割の大きさが違っても結果は同じ",
      en: "other sizes of pages, batches and parts give the same",
    },
    base: calm,
    vary: (scenario, random) => {
      const size = (): number => pick(random, SIZES);
      return {
        ...scenario,
        tuning: {
          ...scenario.tuning,
          namesTogetherCount: size(),
          itemsTogetherCount: size(),
          namesInMemoryCountMax: size(),
          rowsTogetherCount: size(),
          statePageRowCount: size(),
          historyPageRowCount: size(),
          listedTogetherCount: size(),
          syncedTogetherCountMax: size(),
          heldFolderDepthMax: size() - 1,
          batchPartCountMax: Math.min(size(), 256),
          batchedFileBytesMax: pick(random, [0, 100, 1_000, 4_000]),
          batchBytesMax: pick(random, [2_048, 10_000, 65_536]),
          wholeFileBytesMax: pick(random, [1_000, 3_000, 100_000]),
          appendBytes: pick(random, [500, 2_000, 50_000]),
        },
        serviceTuning: { listingPageEntryCountMax: size() },
        readBytesMax: pick(random, [7, 100, 100_000]),
      };
    },
  },
  "other-parallelism": {
    text: {
      ja: "並行して行う数が違っても結果は同じ",
      en: "more or less work at the same time gives the same",
    },
    base: calm,
    vary: (scenario, random) => ({
      ...scenario,
      tuning: {
        ...scenario.tuning,
        parallelUploadCount: pick(random, [1, 2, 8, 32]),
        parallelDownloadCount: pick(random, [1, 2, 8, 32]),
        parallelDeleteCount: pick(random, [1, 2, 8, 32]),
      },
    }),
  },
  "other-order": {
    text: {
      ja: "ディスクがフォルダの中を別の順序で返しても結果は同じ",
      en: "a disk that lists its folders in another order gives the same",
    },
    base: calm,
    vary: (scenario) => ({ ...scenario, isListedBackwards: true }),
  },
  "restart-between": {
    text: {
      ja: "ジョブの間に専用ツールを終了して起動し直しても結果は同じ",
      en: "a tool that is closed or killed between its jobs, and started again, gives the same",
    },
    base: calm,
    vary: (scenario, random) => ({
      ...scenario,
      timeline: scenario.timeline.flatMap((step): readonly Step[] =>
        random.int(2) === 0 ? [{ do: "restart", how: pick(random, ENDS) }, step] : [step],
      ),
    }),
  },
  "joined-sources": {
    text: {
      ja: "2つのバックアップ元を、その親フォルダ1つにまとめても保存されるものは同じ",
      en: "two sources saved as one folder above them give the same on the service",
    },
    base: (scenario) => daysOfParts(scenario, scenario.sources),
    vary: joinParts,
    outcomeOf: (record) => outcomeByPlace(record, SOURCE_NAMES),
  },
  "split-source": {
    text: {
      ja: "1つのバックアップ元を、その中の2つのフォルダに分けても保存されるものは同じ",
      en: "one source saved as two folders of it gives the same on the service",
    },
    base: daysOfHalves,
    vary: splitIntoHalves,
    outcomeOf: (record) => outcomeByPlace(record, HALF_NAMES),
  },
  "another-edition": {
    text: {
      ja: "もう一方のサービスでも、同じ使い方の結果は同じ",
      en: "the same life under the other edition gives the same",
    },
    base: daysOfAnyEdition,
    vary: underAnotherEdition,
    reduce: keptByAll,
  },
  "healed-faults": {
    text: {
      ja: "再試行で乗り越えた障害は、結果に何も残さない",
      en: "faults that were overcome by trying again leave nothing behind",
    },
    base: (scenario) => ({
      ...calm(scenario),
      timeline: scenario.timeline.flatMap((step): readonly Step[] => {
        const [rest] = calm({ ...scenario, timeline: [step] }).timeline;
        if (rest === undefined) return [];
        if (rest.do !== "backup" || step.do !== "backup" || step.faults === undefined)
          return [rest];
        const { network, storage } = step.faults;
        return [{ ...rest, faults: { ...(network && { network }), ...(storage && { storage }) } }];
      }),
    }),
    vary: calm,
    // What did not end well has a right to say so.
    holdsFor: ({ backups, deletions, restores }) =>
      [...backups, ...deletions, ...restores].every(
        ({ faults, rows }) =>
          (faults.network === undefined && faults.storage === undefined) ||
          rows.every(({ status }) => OVERCOME.has(status)),
      ),
  },
};

function pick<Item>(random: SeededRandom, [first, ...others]: readonly [Item, ...Item[]]): Item {
  return others[random.int(others.length + 1) - 1] ?? first;
}

const OVERCOME: ReadonlySet<string> = new Set(["completed", "no-difference", "excluded"]);

/** What the sources of random days are called. */
const SOURCE_NAMES = ["仕事", "仕事2", "photos"] as const;

/** The other life of a scenario that a relation is about. */
export function otherLife(scenario: Scenario, name: RelationName): Scenario {
  const random = new SeededRandom(`${scenario.seed}/${name}`);
  return RELATIONS[name].vary(scenario, random);
}
