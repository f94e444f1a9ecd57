import type { Topic } from "../coverage/topic.ts";
import { firstPassRunCount } from "./plan.ts";
import { isInShard, type Shard } from "./shard.ts";
import type { WorkerRequest } from "./worker-messages.ts";

/** What a series consists of: the same plan is the same runs on every machine. */
export interface SeriesPlan {
  readonly seed: number;
  /** Generated runs; the files come besides. */
  readonly runCount: number;
  /** Only scenarios of this kind of job, and only its cells. Default: all. */
  readonly only?: Topic | undefined;
  /** Files with scenarios to keep, regressions first; they are run before all others. */
  readonly files: readonly string[];
  /** The part of the series that is run. */
  readonly shard: Shard;
}

/** One run of a series. */
interface SeriesItem {
  readonly request: WorkerRequest;
  /** Whether it is begun however late it is: a file, or the one run that each aim has in the first pass. */
  readonly isAlwaysRun: boolean;
}

/** The runs of a series, or of its part, in their order: files have negative numbers, generated runs follow from 0. */
export function* seriesItems(plan: SeriesPlan): Generator<SeriesItem> {
  const { seed: seriesSeed, runCount, only, files, shard } = plan;
  const firstPassCount = firstPassRunCount(only);
  for (const [place, path] of files.entries()) {
    if (!isInShard(shard, place)) continue;
    const index = place - files.length;
    yield { request: { kind: "file", path, index }, isAlwaysRun: true };
  }
  for (let index = 0; index < runCount; index += 1) {
    if (!isInShard(shard, index + files.length)) continue;
    const request: WorkerRequest = { kind: "run", seriesSeed, index, only };
    yield { request, isAlwaysRun: index < firstPassCount };
  }
}

/** How many runs a series, or its part, has. */
export function seriesItemCount({ runCount, files, shard }: SeriesPlan): number {
  const total = files.length + runCount;
  return Math.floor(total / shard.count) + (total % shard.count >= shard.index ? 1 : 0);
}
