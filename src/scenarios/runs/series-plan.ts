import type { Topic } from "../coverage/topic.ts";
import { firstPassRunCount } from "./plan.ts";
import { isInShard, type Shard } from "./shard.ts";
import type { SeriesRequest } from "./worker-messages.ts";

/** So many faults of these files strike, one in each run; which ones follows from the seed of the series. */
interface FaultSlice {
  readonly files: readonly string[];
  readonly count: number;
}

/** No fault strikes that no scenario has itself. */
export const NO_SLICE: FaultSlice = { files: [], count: 0 };

/** What a series consists of: the same plan is the same runs on every machine. */
export interface SeriesPlan {
  readonly seed: number;
  /** Generated runs; the files come besides. */
  readonly runCount: number;
  /** Only scenarios of this kind of job, and only its cells. Default: all. */
  readonly only?: Topic | undefined;
  /** Files with scenarios to keep, regressions first; they are run before all others. */
  readonly files: readonly string[];
  /** A slice of the sweep of faults, run behind the files. */
  readonly slice: FaultSlice;
  /** The part of the series that is run. */
  readonly shard: Shard;
}

/** One run of a series. */
interface SeriesItem {
  readonly request: SeriesRequest;
  /** Whether it is begun however late it is: a file, or the one run that each aim has in the first pass. */
  readonly isAlwaysRun: boolean;
}

/** The runs of a series, or of its part, in their order: files and the slice have negative numbers, generated runs follow from 0. */
export function* seriesItems(plan: SeriesPlan): Generator<SeriesItem> {
  const { seed: seriesSeed, runCount, only, files, shard, slice } = plan;
  const keptCount = files.length + sliceCount(plan);
  const firstPassCount = firstPassRunCount(only);
  for (const [place, path] of files.entries()) {
    if (!isInShard(shard, place)) continue;
    const index = place - keptCount;
    yield { request: { kind: "file", path, index }, isAlwaysRun: true };
  }
  for (let number = 0; number < sliceCount(plan); number += 1) {
    if (!isInShard(shard, files.length + number)) continue;
    const path = slice.files[number % slice.files.length] ?? "";
    const index = number - sliceCount(plan);
    yield { request: { kind: "slice", path, seriesSeed, number, index }, isAlwaysRun: true };
  }
  for (let index = 0; index < runCount; index += 1) {
    if (!isInShard(shard, index + keptCount)) continue;
    const request: SeriesRequest = { kind: "run", seriesSeed, index, only };
    yield { request, isAlwaysRun: index < firstPassCount };
  }
}

/** How many runs a series, or its part, has. */
export function seriesItemCount(plan: SeriesPlan): number {
  const { runCount, files, shard } = plan;
  const total = files.length + sliceCount(plan) + runCount;
  return Math.floor(total / shard.count) + (total % shard.count >= shard.index ? 1 : 0);
}

/** How many runs of the slice a series has. */
export function sliceCount({ slice }: Pick<SeriesPlan, "slice">): number {
  return slice.files.length === 0 ? 0 : slice.count;
}
