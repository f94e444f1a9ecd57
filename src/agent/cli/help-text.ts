import type { Command } from "commander";

import type { CommandRunner } from "./command-runner.ts";
import type { Words } from "../../terminal/language.ts";
import { translateHelp } from "../../command-line/translate-help.ts";

const EXIT_CODE_WORDS: Words = {
  ja: "終了コード: 0 完了, 3 未完了あり, 1 実行できない, 2 指定の誤り",
  en: "Exit codes: 0 completed, 3 ended incomplete, 1 could not run, 2 usage",
};

/** Gives a command's help its examples, the exit codes, and titles in the language of the runner. */
export function helpText(
  command: Command,
  runner: CommandRunner,
  examples: readonly string[],
): void {
  const title = runner.say({ ja: "例:", en: "Examples:" });
  translateHelp(command, runner.language);
  command.addHelpText(
    "after",
    `\n${title}\n${examples.map((line) => `  ${line}`).join("\n")}\n\n${runner.say(EXIT_CODE_WORDS)}`,
  );
}
