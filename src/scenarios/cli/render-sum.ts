import { speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { paintFor } from "../../terminal/style.ts";
import { cellName, type Ledger } from "../coverage/ledger.ts";
import type { Shard } from "../runs/shard.ts";

/** What a series, or its parts together, came to. */
interface SeriesSum {
  readonly seed: number;
  readonly doneCount: number;
  readonly failedCount: number;
  readonly hash: string;
  readonly seconds: number;
  readonly memoryPeakMb: number;
  /** What was reached; of the whole series only. */
  readonly ledger?: Ledger;
  /** Which part it was, where it was only one. */
  readonly shard?: Shard;
}

/** The last lines of a series: the cells that nothing reached, and one sentence with all figures. */
export function renderSum(sum: SeriesSum): readonly string[] {
  const { seed, doneCount, failedCount, hash, seconds, memoryPeakMb, ledger, shard } = sum;
  const paint = paintFor(process.stdout);
  const cells = ledger?.cells() ?? [];
  const missed = ledger?.missed() ?? [];
  const scope =
    shard === undefined
      ? message("harness.cells", { reached: cells.length - missed.length, total: cells.length })
      : message("harness.part", { index: shard.index, count: shard.count });
  const laws =
    failedCount === 0
      ? message("harness.every-law-held")
      : message("harness.broken-count", { count: failedCount });
  const text = message("harness.sum", {
    count: doneCount,
    seed,
    seconds: seconds.toFixed(1),
    speed: (doneCount / seconds).toFixed(1),
    memory: memoryPeakMb,
    laws,
    cells: scope,
    hash,
  });
  const isGood = failedCount === 0 && missed.length === 0;
  return [
    ...missed.map((cell) =>
      paint("bad", speak(message("harness.not-reached", { cell: cellName(cell) }))),
    ),
    paint(isGood ? "good" : "bad", speak(text)),
  ];
}
