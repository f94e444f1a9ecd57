import { readFileSync } from "node:fs";

import { Command } from "commander";

import { say, speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { SpokenError } from "../../messages/spoken-error.ts";
import { cellName } from "../coverage/ledger.ts";
import { mergeShards, type MergedSeries, type ShardOutput } from "../runs/merge-shards.ts";
import type { SeriesLine } from "../runs/series-line.ts";
import { EXIT_CODE_OF, EXIT_CODES } from "./exit-code.ts";
import { renderLedger } from "./render-ledger.ts";
import { renderSum } from "./render-sum.ts";
import { tell } from "./tell.ts";

const EXAMPLES = `
${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim scenarios --shard 1/2 --json > part-1.jsonl
  $ azukeru-sim scenarios --shard 2/2 --json > part-2.jsonl
  $ azukeru-sim merge part-1.jsonl part-2.jsonl

${say({
  ja: "終了コード: 0 すべての決まりが守られ、すべての組み合わせに到達、1 決まりが破られた、2 そろっていない、または読めない、3 到達しない組み合わせがある",
  en: "Exit codes: 0 every law held and every declared cell was reached, 1 a law broke, 2 a part is missing or cannot be read, 3 a declared cell was not reached.",
})}`;

/** `azukeru-sim merge`. */
export function mergeCommand(): Command {
  return new Command("merge")
    .description(
      say({
        ja: "--shard で分けて実行した結果を1つにまとめる",
        en: "put the parts of a series that ran with --shard together",
      }),
    )
    .argument(
      "<file...>",
      say({
        ja: "すべての部分について、scenarios --shard ... --json が出力したもの",
        en: "of every part what scenarios --shard ... --json printed",
      }),
    )
    .option("--json", say({ ja: "集計の1行をJSONで出力", en: "the summary as one line of JSON" }))
    .addHelpText("after", EXAMPLES)
    .action((files: readonly string[], options: { readonly json?: boolean }) => {
      process.exitCode = runCommand(files, options.json === true);
    });
}

function runCommand(files: readonly string[], isJson: boolean): number {
  let merged: MergedSeries;
  try {
    merged = mergeShards(files.map(readOutput));
  } catch (error) {
    if (!(error instanceof SpokenError)) throw error;
    tell(error);
    return EXIT_CODES.usage;
  }
  const { ledger, failed, doneCount, seed, hash, seconds, memoryPeakMb } = merged;
  const missed = ledger.missed();
  const verdict = verdictOf(merged);
  if (isJson) {
    const summary: SeriesLine = {
      kind: "summary",
      verdict,
      seed,
      only: merged.only,
      planned: merged.planned,
      shard: { index: 1, count: 1 },
      runs: doneCount,
      isCutShort: false,
      hash,
      cells: ledger.cells().length,
      missed: missed.map(cellName),
      files: merged.files,
      seconds: Number(seconds.toFixed(1)),
      memoryPeakMb,
    };
    process.stdout.write(`${JSON.stringify(summary)}\n`);
    return EXIT_CODE_OF[verdict];
  }
  const broken = failed.map(({ run, aim, seed: runSeed, laws }) => {
    const where = message("harness.run", { index: run, aim, seed: runSeed });
    return speak(message("harness.broke-laws", { where, laws }));
  });
  const sum = { seed, doneCount, failedCount: failed.length, hash, seconds, memoryPeakMb, ledger };
  process.stdout.write(
    [renderLedger(ledger, process.stdout), "", ...broken, ...renderSum(sum), ""].join("\n"),
  );
  return EXIT_CODE_OF[verdict];
}

function verdictOf({ failed, ledger }: MergedSeries): SeriesLine["verdict"] {
  if (failed.some(({ verdict }) => verdict === "law-broken")) return "law-broken";
  if (failed.length > 0) return "harness-failed";
  return ledger.missed().length > 0 ? "cell-missed" : "good";
}

function readOutput(path: string): ShardOutput {
  try {
    return { name: path, text: readFileSync(path, "utf8") };
  } catch (error) {
    throw new SpokenError(message("harness.merge-unread", { name: path, why: reasonOf(error) }));
  }
}
