import { printable } from "../../../messages/printable.ts";
import type { Words } from "../../../terminal/language.ts";
import { renderPairs, type Pair } from "../../../terminal/render-pairs.ts";
import type { AccountInfo } from "../../account/requests.ts";
import type { Settings } from "../../state/records.ts";
import { lineKind, sharedSchema, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { pick } from "../output/pick.ts";

/** What of the settings a backup compares by, in a line of settings or of a job. */
export const comparisonSchema = sharedSchema(({ z }) => ({
  includeHidden: z.boolean(),
  compareUpload: z.boolean().describe("schema.compare-upload"),
  compareDelete: z.boolean().describe("schema.compare-delete"),
}));

/** The settings as they are now. */
export const SETTINGS_LINE = lineKind("settings", "schema.line-settings", (parts) => {
  const { z } = parts;
  return {
    homePath: z.string(),
    deviceName: z.string(),
    ...comparisonSchema(parts),
    usageNotice: z.boolean().describe("schema.usage-notice"),
    serviceUrl: z.string().nullable().describe("schema.null-logged-out"),
    loginId: z.string().nullable().describe("schema.null-logged-out"),
    nickname: z.string().nullable().describe("schema.null-logged-out"),
    changed: z.boolean().describe("schema.settings-changed"),
  };
});

/** The settings of a home folder, and who is logged in there. */
export interface ShownSettings {
  readonly homePath: string;
  readonly settings: Settings;
  readonly account: AccountInfo | undefined;
}

/** The members of a `settings` line. */
export function settingsMembers(
  { homePath, settings, account }: ShownSettings,
  changed: boolean,
): LineMembers<typeof SETTINGS_LINE> {
  return {
    homePath,
    ...pick(settings, ["deviceName", "includeHidden", "compareUpload", "compareDelete"]),
    usageNotice: settings.usageNotice,
    serviceUrl: account?.serviceUrl ?? null,
    loginId: account?.loginId ?? null,
    nickname: account?.nickname ?? null,
    changed,
  };
}

/** The settings as names with values. */
export function renderSettings(
  { homePath, settings, account }: ShownSettings,
  output: Output,
): string {
  const nobody = output.say({ ja: "未ログイン", en: "nobody" });
  return renderPairs([
    [output.say({ ja: "専用ツールのフォルダ", en: "Tool's folder" }), printable(homePath)],
    [output.say({ ja: "サービス", en: "Service" }), printable(account?.serviceUrl ?? "-")],
    [
      output.say({ ja: "ログイン", en: "Logged in" }),
      account === undefined ? nobody : printable(`${account.nickname} (${account.loginId})`),
    ],
    [output.say({ ja: "PCの名前", en: "Device name" }), printable(settings.deviceName)],
    ...comparisonPairs(settings, output),
    [
      output.say({ ja: "月ごとの利用状況のお知らせ", en: "Monthly usage notice" }),
      settings.usageNotice ? "ON" : "OFF",
    ],
  ]);
}

const SWITCH: Readonly<Record<"on" | "off", Words>> = {
  on: { ja: "する", en: "on" },
  off: { ja: "しない", en: "off" },
};

/** What of the settings a backup compares by. */
interface ComparisonSettings {
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
