import type { Command } from "commander";

import type { AgentApi } from "../agent-api.ts";
import type { CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { EXIT_CODES } from "../output/exit-code.ts";
import type { Words } from "../../../terminal/language.ts";
import { showMail } from "./show-mail.ts";

interface MailAction {
  readonly name: string;
  readonly description: Words;
  /** What was done, for people; nothing for a command that only shows. */
  readonly done?: Words;
  readonly act?: (agent: AgentApi) => unknown;
}

const ACTIONS: readonly MailAction[] = [
  {
    name: "test",
    description: { ja: "テストメールの送信", en: "send a test mail" },
    done: {
      ja: "テストメールを送信しました。届いたことを確かめてから、mail confirm で設定を確定してください。(MIPCF004)",
      en: "The test mail was sent. See that it arrived, then put the settings in force with mail confirm. (MIPCF004)",
    },
    act: (agent) => agent.mail.test(),
  },
  {
    name: "confirm",
    description: { ja: "テスト済みのメール設定を確定", en: "put tested mail settings in force" },
    done: { ja: "メール設定を確定しました。", en: "The mail settings are in force." },
    act: (agent) => agent.mail.confirm(),
  },
  {
    name: "on",
    description: { ja: "結果メールをONにする", en: "switch result mails on" },
    done: { ja: "結果メールをONにしました。", en: "Result mails are on." },
    act: (agent) => agent.mail.setOn(true),
  },
  {
    name: "off",
    description: {
      ja: "結果メールをOFFにする (送信待ちのメールは破棄)",
      en: "switch result mails off (throws away what waits)",
    },
    done: { ja: "結果メールをOFFにしました。", en: "Result mails are off." },
    act: (agent) => agent.mail.setOn(false),
  },
  {
    name: "status",
    description: {
      ja: "メール設定と送信待ちのメールを表示",
      en: "show the mail settings and what waits",
    },
  },
];

/** `mail test`, `confirm`, `on`, `off` and `status` (F36): each does its one thing and shows where the result mail stands. */
export function addMailActions(parent: Command, runner: CommandRunner): void {
  for (const { name, description, done, act } of ACTIONS) {
    const command = parent
      .command(name)
      .description(runner.say(description))
      .action(() =>
        runner.run(command.optsWithGlobals(), async (context) => {
          if (act === undefined) {
            using looked = await context.look(`mail ${name}`);
            await showMail(context, looked.records);
            return EXIT_CODES.completed;
          }
          await using opened = await context.open({ command: `mail ${name}` });
          await act(opened.agent);
          await showMail(context, opened.agent, done);
          return EXIT_CODES.completed;
        }),
      );
    helpText(command, runner, [`azukeru-agent mail ${name}`, `azukeru-agent mail ${name} --json`]);
  }
}
