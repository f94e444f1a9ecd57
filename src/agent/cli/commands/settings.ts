import { Option, type Command } from "commander";

import type { AgentRecordsApi } from "../agent-api.ts";
import type { Settings } from "../../state/records.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";

interface SettingsOptions {
  readonly deviceName?: string;
  readonly includeHidden?: Switch;
  readonly compareUpload?: Switch;
  readonly compareDelete?: Switch;
  readonly usageNotice?: Switch;
}

type Switch = "on" | "off";

const SWITCHES = ["includeHidden", "compareUpload", "compareDelete", "usageNotice"] as const;

/** `settings`: shows the settings, after changing those that are given (F10, F16, F17, F18). */
export function addSettings(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("settings")
    .description(runner.say({ ja: "設定の表示と変更", en: "show or change settings" }))
    .option(
      "--device-name <NAME>",
      runner.say({ ja: "サービス上でのこのPCの名前", en: "this PC's name on the service" }),
    )
    .addOption(
      new Option(
        "--include-hidden <SWITCH>",
        runner.say({
          ja: "隠しファイル・フォルダを対象にする (Windowsのみ)",
          en: "back hidden files and folders up (Windows only)",
        }),
      ).choices(["on", "off"]),
    )
    .addOption(
      new Option(
        "--compare-upload <SWITCH>",
        runner.say({
          ja: "差分比較アップロード: サービスに無いものを送り直す",
          en: "compare with the service and send again what is missing there",
        }),
      ).choices(["on", "off"]),
    )
    .addOption(
      new Option(
        "--compare-delete <SWITCH>",
        runner.say({
          ja: "差分比較削除: バックアップ元で消えたものをサービスから削除する",
          en: "delete on the service what is gone from the source",
        }),
      ).choices(["on", "off"]),
    )
    .addOption(
      new Option(
        "--usage-notice <SWITCH>",
        runner.say({
          ja: "月に1度、プランと使用量を知らせる",
          en: "tell plan and capacity once a month",
        }),
      ).choices(["on", "off"]),
    )
    .action((options: SettingsOptions) =>
      runner.run(command.optsWithGlobals(), (context) => settings(context, changesOf(options))),
    );
  helpText(command, runner, [
    "azukeru-agent settings",
    "azukeru-agent settings --device-name office-pc --include-hidden off",
    "azukeru-agent settings --compare-upload on --compare-delete on",
  ]);
}

function changesOf({ deviceName, ...switches }: SettingsOptions): Partial<Settings> {
  const changed = SWITCHES.flatMap((name) => {
    const value = switches[name];
    return value === undefined ? [] : [[name, value === "on"] as const];
  });
  return { ...(deviceName === undefined ? {} : { deviceName }), ...Object.fromEntries(changed) };
}

async function settings(context: CommandContext, changes: Partial<Settings>): Promise<ExitCode> {
  const wantsChange = Object.keys(changes).length > 0;
  if (!wantsChange) {
    using looked = await context.look("settings");
    await show(context, looked.records, false);
    return EXIT_CODES.completed;
  }
  await using opened = await context.open({ command: "settings" });
  const { agent } = opened;
  const before = agent.settings.read();
  const after = agent.settings.change(changes);
  const changed =
    before.deviceName !== after.deviceName || SWITCHES.some((name) => before[name] !== after[name]);
  await show(context, agent, changed);
  return EXIT_CODES.completed;
}

async function show(
  { output, homePath }: CommandContext,
  records: AgentRecordsApi,
  changed: boolean,
): Promise<void> {
  const { renderSettings, SETTINGS_LINE, settingsMembers } = await import("../views/settings.ts");
  const shown = { homePath, settings: records.settings.read(), account: records.account.info() };
  output.json(SETTINGS_LINE, settingsMembers(shown, changed));
  output.text(() => renderSettings(shown, output));
}
