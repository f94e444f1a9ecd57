import type { Command } from "commander";

import type { CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { addMailActions } from "./mail-actions.ts";
import { addMailSet } from "./mail-set.ts";

/** `mail`: the result mail of automatic backups (F36). */
export function addMail(parent: Command, runner: CommandRunner): void {
  const mail = parent.command("mail").description(
    runner.say({
      ja: "自動バックアップの結果メール",
      en: "the result mail of automatic backups",
    }),
  );
  helpText(mail, runner, [
    "azukeru-agent mail set --server smtp.example.com --user taro --from taro@example.com --to taro@example.com",
    "azukeru-agent mail test",
    "azukeru-agent mail confirm",
  ]);
  addMailSet(mail, runner);
  addMailActions(mail, runner);
}
