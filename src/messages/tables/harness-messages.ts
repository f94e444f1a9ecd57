import type { MessageTable } from "../message-table.ts";

/** What the commands of azukeru-sim about scenarios say. */
export const HARNESS_MESSAGES = {
  "harness.failed": {
    ja: "azukeru-sim 自体でエラーが起きました: {why}",
    en: "azukeru-sim itself failed: {why}",
  },
  "harness.unknown-topic": {
    ja: "--only に {given} は使えません。使える値: {topics}",
    en: "--only knows {topics}, not {given}",
  },
  "harness.broke": {
    ja: "{where} が {law} を破りました: {what}",
    en: "{where} broke {law}: {what}",
  },
  "harness.run": {
    ja: "{index}番目 ({aim}、シード {seed})",
    en: "run {index} ({aim}, seed {seed})",
  },
  "harness.as-generated": {
    ja: "生成されたままのシナリオ: {path}",
    en: "as it was generated: {path}",
  },
  "harness.still-runs": {
    ja: "シード {seed} の {name} が1分たっても終わりません",
    en: "{name} of seed {seed} still runs after a minute",
  },
  "harness.run-name": { ja: "{index}番目", en: "run {index}" },
  "harness.progress": {
    ja: "{total}件中{done}件のシナリオ、毎秒{speed}件",
    en: "{done} of {total} scenarios, {speed} per second",
  },
  "harness.progress-broken": {
    ja: "{progress}、違反{count}件",
    en: "{progress}, {count} broke a law",
  },
  "harness.law-broke": {
    ja: "{index}番目 ({aim}) が {law} を破りました: {text}",
    en: "{law} broke in run {index} ({aim}): {text}",
  },
  "harness.regression-broke": {
    ja: "回帰テスト {name} が {law} を破りました: {what}",
    en: "the regression {name} broke {law}: {what}",
  },
  "harness.replay-with": { ja: "再生: {command}", en: "replay: {command}" },
  "harness.not-reached": { ja: "到達しなかった組み合わせ: {cell}", en: "not reached: {cell}" },
  "harness.cut-short": {
    ja: "時間制限または --fail-fast により、一部を実行していません。",
    en: "Not all runs were begun: the time limit or --fail-fast ended it.",
  },
  "harness.sum": {
    ja: "シナリオ{count}件 (シード {seed})、{seconds}秒、毎秒{speed}件、最大{memory}MB: {laws}、{cells}。ハッシュ {hash}",
    en: "{count} scenarios (seed {seed}) in {seconds} s, {speed} per second, at most {memory} MB: {laws}, {cells}. Hash {hash}",
  },
  "harness.part": {
    ja: "全体の{count}分の{index} (まとめるには azukeru-sim merge)",
    en: "part {index} of {count} (azukeru-sim merge puts them together)",
  },
  "harness.unknown-shard": {
    ja: "--shard に {given} は使えません。2/8 のような指定か、環境変数 CI_NODE_INDEX と CI_NODE_TOTAL があれば auto、JOB_COMPLETION_INDEX があれば auto/8 が使えます",
    en: "--shard takes a part like 2/8, auto where CI_NODE_INDEX and CI_NODE_TOTAL are set, or auto/8 where JOB_COMPLETION_INDEX is, not {given}",
  },
  "harness.broke-laws": { ja: "{where} が {laws} を破りました", en: "{where} broke {laws}" },
  "harness.merge-nothing": { ja: "まとめるものがありません", en: "there is nothing to merge" },
  "harness.merge-unread": {
    ja: "{name} を読めません: {why}",
    en: "{name} cannot be read: {why}",
  },
  "harness.merge-line": {
    ja: "{name} の{line}行目は scenarios --json の出力ではありません",
    en: "line {line} of {name} is not what scenarios --json prints",
  },
  "harness.merge-no-end": {
    ja: "{name} に集計の行がありません。途中で終わった実行は、もう一度実行してください",
    en: "{name} has no summary line; run this part again, it did not come to its end",
  },
  "harness.merge-other": {
    ja: "{name} は {first} と同じ系列ではありません。シード、--runs、--only、部分の数をそろえてください",
    en: "{name} is not of the same series as {first}: give all parts the same seed, --runs, --only and number of parts",
  },
  "harness.merge-cut": {
    ja: "{name} は時間制限または --fail-fast で途中までです。それらを付けずにもう一度実行してください",
    en: "{name} was cut short by a time limit or --fail-fast; run this part again without them",
  },
  "harness.merge-twice": {
    ja: "部分 {index} が2つあります: {first} と {name}",
    en: "part {index} is there twice: {first} and {name}",
  },
  "harness.merge-missing": {
    ja: "{count}個の部分のうち {index} がありません",
    en: "part {index} of {count} is missing",
  },
  "harness.merge-run-missing": {
    ja: "実行 {index} がないか、余分な実行があります。部分が別の版で実行されていないか確かめてください",
    en: "run {index} is missing, or there is one too many; see that all parts ran the same version",
  },
  "harness.every-law-held": { ja: "すべての決まりが守られました", en: "every law held" },
  "harness.a-law-broke": { ja: "決まりが破られました", en: "a law broke" },
  "harness.itself-failed": {
    ja: "ハーネス自体でエラーが起きました",
    en: "the harness itself failed",
  },
  "harness.broken-count": { ja: "{count}件が決まりを破りました", en: "{count} broke a law" },
  "harness.cells": {
    ja: "{total}通り中{reached}通りに到達",
    en: "{reached} of {total} cells reached",
  },
  "harness.further": { ja: "{law} はほかに{count}件", en: "and {count} more of {law}" },
  "harness.trace": { ja: "トレース {hash}", en: "trace {hash}" },
  "harness.warning": { ja: "警告", en: "warning" },
  "harness.job": {
    ja: "手順{step} {where} {source}: {kind} {status} [{causes}] {files}",
    en: "step {step} {where} {source}: {kind} {status} [{causes}] {files}",
  },
  "harness.restore-to": { ja: "({to} へ復元)", en: "(restore to {to})" },
  "harness.phase": { ja: "({phase}、{device})", en: "({phase}, {device})" },
  "harness.no-mutant": {
    ja: "{name} というミュータントはありません。あるもの: {names}",
    en: "there is no mutant {name}; there are {names}",
  },
  "harness.not-noticed": { ja: "検知されません", en: "NOT NOTICED" },
  "harness.not-judged": { ja: "調べられません", en: "NOT JUDGED" },
  "harness.no-git": {
    ja: "ミュータントはgitで当てるパッチですが、gitがありません。インストールしてください",
    en: "mutants are patches that git applies, and there is no git: install it",
  },
  "harness.outdated-patch": {
    ja: "{path} はもう当てられません: {said}。docs/mutants.md の説明のとおり、同じものを取り除くように作り直してください",
    en: "{path} no longer applies: {said}. Remake it as docs/mutants.md says, so that it removes the same thing again",
  },
  "harness.patch-position": {
    ja: "{path}: 「Position:」が1以上の整数ではありません",
    en: '{path}: "Position:" is no whole number from 1',
  },
  "harness.patch-header": {
    ja: "{path}: 先頭に「{name}: ...」の行がありません",
    en: '{path}: no line "{name}: ..." at its top',
  },
  "harness.patch-noticer": {
    ja: "{path}: 「Noticed by:」に {given} は使えません。使える値: {values}",
    en: '{path}: "Noticed by:" knows {values}, not {given}',
  },
  "harness.violates-calmly": {
    ja: "停止も停電もなしで、シナリオが {law} を破りました: {what}",
    en: "without any crash, the scenario violates {law}: {what}",
  },
  "harness.other-point": {
    ja: "点{number}は {wanted} のはずですが、{found} に達しました",
    en: "point {number} is {wanted}, and {found} was reached",
  },
  "harness.nothing": { ja: "何もない", en: "nothing" },
  "harness.no-crash": { ja: "点{number}で停止しませんでした", en: "point {number} did not crash" },
  "harness.no-point": {
    ja: "{name} の点は{count}個で、{given} はありません",
    en: "{name} has {count} points, not {given}",
  },
  "harness.sweep-progress": { ja: "{name}: {total}件中{done}件", en: "{name}: {done} of {total}" },
  "harness.pairs": { ja: "2つの障害の組み合わせ", en: "pairs of faults" },
  "harness.fault-sum": {
    ja: "{name}: 点{points}個、障害{faults}件、実行{runs}回、破られた決まり{broken}件、{seconds}秒",
    en: "{name}: {points} points, {faults} faults, {runs} runs, {broken} broken, {seconds} s",
  },
  "harness.fault-total": {
    ja: "シナリオ{files}件、点{points}個、障害{faults}件、実行{runs}回 (うち前回まで{earlier}回、組み合わせ{pairs}回)、{seconds}秒: ",
    en: "{files} scenarios, {points} points, {faults} faults, {runs} runs ({earlier} of them before, {pairs} of pairs) in {seconds} s: ",
  },
  "harness.no-strike": {
    ja: "{files} に {given} という障害はありません。ファイル1つと、実行が示した名前を指定してください",
    en: "there is no fault {given} in {files}: give one file, and a name that a run has shown",
  },
  "harness.no-sweep-log": {
    ja: "{path} の{line}行目は障害の実行の記録ではありません。別のファイルを指定してください",
    en: "{path}: line {line} is no record of a run of faults; name another file",
  },
  "harness.points": { ja: "{name}: 点{count}個 ({kinds})", en: "{name}: {count} points ({kinds})" },
  "harness.crash": {
    ja: "{name}、点{number}で{way} ({kind}: {detail})",
    en: "{name}, {way} at point {number} ({kind}: {detail})",
  },
  "harness.again": { ja: "もう一度: {command}", en: "again: {command}" },
  "harness.crash-sum": {
    ja: "{count}件の停止、{seconds}秒: ",
    en: "{count} crashes in {seconds} s: ",
  },
  "harness.laws-broke-at": { ja: "{count}件で決まりが破られました", en: "laws broke at {count}" },
  "harness.kill": { ja: "強制終了", en: "kill" },
  "harness.power": { ja: "停電", en: "power" },
} as const satisfies MessageTable;
