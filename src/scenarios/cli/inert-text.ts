import type { Language, Words } from "../../terminal/language.ts";
import type { InertReason } from "../observation/inert-part.ts";

/** Says in a language why a part of a scenario did nothing. */
export function inertText(reason: InertReason, language: Language): string {
  return wordsOf(reason)[language];
}

function wordsOf(reason: InertReason): Words {
  switch (reason.code) {
    case "never-struck":
      return neverStruck(reason.matchCount);
    case "never-came":
      return {
        en: "did not happen: its moment never came",
        ja: "起きませんでした。その時点に達しませんでした",
      };
    case "changed-nothing":
      return {
        en: "did nothing: as things stood it could not be done, or it was so already",
        ja: "何も起きませんでした。その時点では実行できないか、すでにその状態でした",
      };
    case "refused":
      return {
        en: `the tool refused it: ${reason.errorCode}`,
        ja: `ツールに拒否されました: ${reason.errorCode}`,
      };
    case "needs-pc":
      return {
        en: "has no effect without `pc`: nothing follows a schedule then, and there is no PC to act on",
        ja: "`pc` がないと効果がありません。スケジュールは動かず、操作する PC もありません",
      };
    case "nobody-there":
      return {
        en: "was not done: nobody was signed in at a PC that is on",
        ja: "実行されませんでした。電源の入った PC にサインインしている人がいません",
      };
    case "not-planted":
      return {
        en: "was left out: its name is taken on this disk, or what is above it is no folder",
        ja: "作られませんでした。このディスクでは名前が重複するか、上の階層がフォルダではありません",
      };
    case "no-slot":
      return {
        en: "no slot of it came in the whole timeline",
        ja: "タイムライン中に予定の時刻が一度も来ませんでした",
      };
    case "no-such-source":
      return {
        en: "the scenario, or the tool at that moment, has no such source",
        ja: "シナリオまたはその時点のツールに、その番号のバックアップ元がありません",
      };
  }
}

function neverStruck(matchCount: number | undefined): Words {
  const en = "never struck";
  const ja = "一度も発生しませんでした";
  if (matchCount === undefined) return { en, ja };
  return matchCount === 0
    ? { en: `${en}: nothing matched it`, ja: `${ja}。該当する操作がありません` }
    : {
        en: `${en}: ${matchCount} matched it, too few for its \`nth\`, or none that it can take effect on`,
        ja: `${ja}。該当は ${matchCount} 回で、\`nth\` に届かないか、効果を及ぼせませんでした`,
      };
}
