import { Command, CommanderError, Option } from "commander";
import { describe, expect, test } from "vitest";

import { message } from "../messages/message.ts";
import { renderMessage } from "../messages/render-message.ts";
import { invalidArgument } from "./invalid-argument.ts";
import { usageReason } from "./usage-reason.ts";

function programOf(): Command {
  const program = new Command("tool").exitOverride().configureOutput({
    outputError: () => undefined,
    writeErr: () => undefined,
  });
  program
    .command("copy")
    .exitOverride()
    .argument("<FROM>", "", (text: string) => {
      if (text === "bad") throw invalidArgument(message("usage.whole-number"));
      return text;
    })
    .requiredOption("--to <DIR>")
    .addOption(new Option("--mode <MODE>").choices(["fast", "slow"]))
    .action(() => undefined);
  return program;
}

function reasonFor(...args: readonly string[]): string[] {
  try {
    programOf().parse(args, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    const reason = usageReason(error);
    return [renderMessage(reason, "en"), renderMessage(reason, "ja")];
  }
  return [];
}

describe("what commander finds wrong is told in either language:", () => {
  test.each([
    [[], "no command was given", "コマンドが指定されていません"],
    [["cop"], "there is no command cop; did you mean copy?", "copy のことですか?"],
    [["zzzz"], "there is no command zzzz", "zzzz というコマンドはありません"],
    [["copy", "a", "--to", "x", "--mod", "x"], "did you mean --mode?", "--mode のことですか?"],
    [["copy", "--to", "x"], "the argument <FROM> is missing", "引数 <FROM> が必要です"],
    [["copy", "a"], "the option --to <DIR> is missing", "オプション --to <DIR> が必要です"],
    [["copy", "a", "--to"], "the option --to <DIR> needs a value", "に値が必要です"],
    [["copy", "a", "b", "--to", "x"], "1 at most, 2 were given", "1個までのところ、2個"],
    [
      ["copy", "bad", "--to", "x"],
      '<FROM> does not take "bad": give a whole number',
      "1以上の整数",
    ],
    [["copy", "a", "--to", "x", "--mode", "?"], "allowed are fast, slow", "使える値: fast、slow"],
  ])("%j", (args, english, japanese) => {
    const [en, ja] = reasonFor(...args);

    expect(en).toContain(english);
    expect(ja).toContain(japanese);
    expect(ja).not.toMatch(/[a-z]{3,} [a-z]{2,} [a-z]{2,}/);
  });

  test("a value that stands behind an unknown option is not repeated", () => {
    expect(reasonFor("copy", "a", "--to", "x", "--pass=secret").join()).not.toContain("secret");
  });
});
