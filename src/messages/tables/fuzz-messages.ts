import type { MessageTable } from "../message-table.ts";

/** What `azukeru-sim fuzz` says. */
export const FUZZ_MESSAGES = {
  "fuzz.begins": {
    ja: "シード {seed}、{jobs}スレッドで {time} のあいだ探します。シナリオと失敗は {folder} に残ります。Ctrl-C で終わります",
    en: "searching with seed {seed} on {jobs} threads for {time}; scenarios and failures are kept in {folder}; Ctrl-C ends it",
  },
  "fuzz.progress": {
    ja: "{time}: {count}件、毎秒{speed}件、保存{kept}件、新しい特徴{fresh}個 (全{features}個)、失敗{failures}種類、{memory}MB",
    en: "{time}: {count} runs, {speed} per second, {kept} kept, {fresh} new features of {features}, {failures} failures, {memory} MB",
  },
  "fuzz.found": {
    ja: "{index}番目が {law} を破りました: {what}",
    en: "run {index} broke {law}: {what}",
  },
  "fuzz.as-found": { ja: "見つかったままのシナリオ: {path}", en: "as it was found: {path}" },
  "fuzz.shrunk": {
    ja: "{law} を破るシナリオを小さくしました (手順{steps}、障害{faults}、項目{entries}、{lines}行): {path}",
    en: "made smaller, it breaks {law} with {steps} steps, {faults} faults, {entries} entries, {lines} lines: {path}",
  },
  "fuzz.still-runs": {
    ja: "{index}番目が1分たっても終わりません",
    en: "run {index} still runs after a minute",
  },
  "fuzz.sum": {
    ja: "{count}件 (うち変更による{changed}件、シード {seed})、{time}、新しい特徴{fresh}個、保存{kept}件、無効な変更{thrown}件、失敗{failures}種類 ({failed}件)、メモリは初め{memoryStart}MB、終わり{memoryEnd}MB",
    en: "{count} runs ({changed} of them changed, seed {seed}) in {time}: {fresh} new features, {kept} scenarios kept, {thrown} changes thrown away, {failures} distinct failures in {failed} runs, memory {memoryStart} MB at the start and {memoryEnd} MB at the end",
  },
} as const satisfies MessageTable;
