/** What `--help` says. */
export const HELP = {
  en: `Usage: node test/mutation/mutation.ts [options]

Makes every small change to the agent and to the service that a mistake might make, one at a time, and counts how
many of them the scenarios and the unit tests notice. What was found is kept in out/mutation; the next call goes on with what is left.

  --hours NUMBER      begin no more after so many hours
  --since COMMIT      only mutants on lines that changed since; kept in out/mutation-changed
  --only PATH         only below this path, as src/agent/jobs; may be repeated
  --one-in NUMBER     a fair sample: one mutant in so many, the same ones every time
  --key KEY           only this mutant, and all about it; may be repeated
  --by WHO            scenarios, units (the unit and contract tests), or both, one after the other (both)
  --runs-max NUMBER   scenarios at most for each mutant (60)
  --runs NUMBER       scenarios of the series, beside those in fixtures (1000)
  --seed NUMBER       what the series follows from (1)
  --workers NUMBER    threads (2)
  --resume            go on with the copy that is there, though the project changed since
  --report            show what was found and run nothing
  --survivors         show each mutant that nothing noticed
  --accept            take the scores of the folders that were judged whole as those that may not fall
  --json              one line of JSON per mutant, then a summary line
  --lang LANG         ja or en

Exit codes: 0 no score fell, 1 a folder's score fell below the accepted one, 2 the command was not understood.`,
  ja: `使い方: node test/mutation/mutation.ts [オプション]

専用ツールとサービスのソースに、間違いがもたらしうる小さな変更を1つずつ加え、シナリオと単体テストがいくつ検知するかを数える。
結果は out/mutation に残り、次の呼び出しは残りから続ける。

  --hours NUMBER      この時間数を過ぎたら新しいミュータントを始めない
  --since COMMIT      このコミットから変わった行のミュータントだけ (out/mutation-changed に残る)
  --only PATH         このパスより下だけ (例: src/agent/jobs)。繰り返し指定できる
  --one-in NUMBER     公平な標本: この数に1つ、いつも同じもの
  --key KEY           このミュータントだけ、詳しく。繰り返し指定できる
  --by WHO            scenarios、units (単体テストと契約テスト)、両方を順に both (省略時)
  --runs-max NUMBER   1つに対するシナリオの上限 (60)
  --runs NUMBER       fixturesにあるもののほかのシナリオの数 (1000)
  --seed NUMBER       乱数のシード (1)
  --workers NUMBER    スレッドの数 (2)
  --resume            プロジェクトが変わっていても、今ある写しで続ける
  --report            結果を表示するだけで、何も実行しない
  --survivors         検知されなかったミュータントをすべて表示
  --accept            すべて判定したフォルダのスコアを、下がってはならないものとして書く
  --json              1件ごとに1行のJSONと、最後に集計の1行を出力
  --lang LANG         ja または en

終了コード: 0 下がったスコアはない、1 下がったスコアがある、2 指定の誤り`,
} as const;
