import { message } from "../../messages/message.ts";
import { SpokenError } from "../../messages/spoken-error.ts";
import { Ledger } from "../coverage/ledger.ts";
import { runLineSchema, type RunLine } from "./run-line.ts";
import { SeriesHash } from "./series-hash.ts";
import { seriesLineSchema, type SeriesLine } from "./series-line.ts";

/** What the parts of a series come to together. */
export interface MergedSeries {
  readonly seed: number;
  readonly only: SeriesLine["only"];
  readonly planned: SeriesLine["planned"];
  readonly doneCount: number;
  readonly failed: readonly RunLine[];
  readonly ledger: Ledger;
  /** What the whole series has when it is run as one. */
  readonly hash: string;
  /** Seconds of all parts together. */
  readonly seconds: number;
  /** Most that one part held at once, in MB. */
  readonly memoryPeakMb: number;
  /** Where the parts wrote broken scenarios. */
  readonly files: string[];
}

/** What `scenarios --json` printed for one part. */
export interface ShardOutput {
  /** What the part is called where something is wrong with it, e.g. its file. */
  readonly name: string;
  readonly text: string;
}

/**
 * Puts the parts of a series together.
 *
 * @throws SpokenError where a line is not what `scenarios --json` prints, where the parts are of different series, one
 *   is missing, there twice or cut short, or a run is missing.
 */
export function mergeShards(outputs: readonly ShardOutput[]): MergedSeries {
  const parts = outputs.map(readPart);
  const [first] = parts;
  if (first === undefined) throw new SpokenError(message("harness.merge-nothing"));
  const byIndex = new Map<number, Part>();
  for (const part of parts) {
    const { summary, name } = part;
    if (seriesKey(summary) !== seriesKey(first.summary)) {
      throw new SpokenError(message("harness.merge-other", { name, first: first.name }));
    }
    if (summary.isCutShort) throw new SpokenError(message("harness.merge-cut", { name }));
    const { index } = summary.shard;
    const twin = byIndex.get(index);
    if (twin !== undefined) {
      throw new SpokenError(message("harness.merge-twice", { index, name, first: twin.name }));
    }
    byIndex.set(index, part);
  }
  const { shard, planned, only, seed } = first.summary;
  for (let index = 1; index <= shard.count; index += 1) {
    if (byIndex.has(index)) continue;
    throw new SpokenError(message("harness.merge-missing", { index, count: shard.count }));
  }

  const runs = parts.flatMap((part) => part.runs).toSorted((one, other) => one.run - other.run);
  const ledger = new Ledger(only ?? undefined);
  const hash = new SeriesHash();
  const keptCount = planned.files + planned.slice;
  let expected = -keptCount;
  for (const line of runs) {
    if (line.run !== expected) break;
    ledger.addNamed(line.cells);
    hash.add(line.run, line.traceHash);
    expected += 1;
  }
  if (expected !== planned.generated || runs.length !== keptCount + planned.generated) {
    throw new SpokenError(message("harness.merge-run-missing", { index: expected }));
  }
  return {
    seed,
    only,
    planned,
    doneCount: runs.length,
    failed: runs.filter(({ verdict }) => verdict !== "good"),
    ledger,
    hash: hash.digest(),
    seconds: parts.reduce((sum, { summary }) => sum + summary.seconds, 0),
    memoryPeakMb: Math.max(...parts.map(({ summary }) => summary.memoryPeakMb)),
    files: parts.flatMap(({ summary }) => summary.files),
  };
}

interface Part {
  readonly name: string;
  readonly runs: readonly RunLine[];
  readonly summary: SeriesLine;
}

function readPart({ name, text }: ShardOutput): Part {
  const runs: RunLine[] = [];
  let summary: SeriesLine | undefined;
  for (const [at, line] of text.split("\n").entries()) {
    if (line.trim() === "") continue;
    const value = parsed(line);
    const run = runLineSchema.safeParse(value);
    const last = seriesLineSchema.safeParse(value);
    if (summary !== undefined || (!run.success && !last.success)) {
      throw new SpokenError(message("harness.merge-line", { name, line: at + 1 }));
    }
    if (run.success) runs.push(run.data);
    else summary = last.data;
  }
  if (summary === undefined) throw new SpokenError(message("harness.merge-no-end", { name }));
  return { name, runs, summary };
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** What two parts of one series have in common. */
function seriesKey({ seed, only, planned, shard }: SeriesLine): string {
  return JSON.stringify([seed, only, planned.generated, planned.files, planned.slice, shard.count]);
}
