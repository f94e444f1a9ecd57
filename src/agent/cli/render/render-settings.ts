import type { ConflictChoice, JobRecord } from "../../../protocol/job-record.ts";
import type { Output } from "../output/output.ts";
import type { Words } from "../../../terminal/language.ts";
import type { Pair } from "../../../terminal/render-pairs.ts";

const CONFLICTS: Readonly<Record<ConflictChoice | "ask", Words>> = {
  ask: { ja: "そのつど確認", en: "asked for each" },
  overwrite: { ja: "上書き", en: "overwrite" },
  "keep-both": { ja: "両方残す", en: "keep both" },
  skip: { ja: "スキップ", en: "skip" },
};

const SWITCH: Readonly<Record<"on" | "off", Words>> = {
  on: { ja: "する", en: "on" },
  off: { ja: "しない", en: "off" },
};

/** What of the settings a backup compares by. */
export interface ComparisonSettings {
  readonly includeHidden: boolean;
  readonly compareUpload: boolean;
  readonly compareDelete: boolean;
}

/** Hidden files and the two comparisons, as names with values (F16, F17, F18). */
export function comparisonPairs(settings: ComparisonSettings, output: Output): readonly Pair[] {
  const say = (words: Words): string => output.say(words);
  const value = (isOn: boolean): string => say(SWITCH[isOn ? "on" : "off"]);
  return [
    [
      say({ ja: "隠しファイル", en: "Hidden files" }),
      settings.includeHidden
        ? say({ ja: "対象にする", en: "on" })
        : say({ ja: "対象にしない", en: "off" }),
    ],
    [say({ ja: "差分比較アップロード", en: "Compare and upload" }), value(settings.compareUpload)],
    [say({ ja: "差分比較削除", en: "Compare and delete" }), value(settings.compareDelete)],
  ];
}

/** What a job was to do, as far as it was noted: what 再実行 does again (F32). */
export function jobSettingsPairs({ settings }: JobRecord, output: Output): readonly Pair[] {
  const say = (words: Words): string => output.say(words);
  if (settings === null) return [];
  if (settings.kind === "backup") return comparisonPairs(settings, output);
  const { entryKind, generation, onConflict } = settings;
  return [
    [
      say({ ja: "復元するもの", en: "What" }),
      entryKind === "file"
        ? say({ ja: "ファイル", en: "a file" })
        : say({ ja: "フォルダ", en: "a folder" }),
    ],
    [
      say({ ja: "世代", en: "Generation" }),
      generation === null ? say({ ja: "最新", en: "the newest" }) : String(generation),
    ],
    [say({ ja: "同名のファイル", en: "Files in the way" }), say(CONFLICTS[onConflict])],
  ];
}
