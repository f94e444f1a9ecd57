import { Option, type Command } from "commander";

import { LIMITS } from "../../../protocol/limits.ts";
import { MAIL_SENDER_DEFAULT } from "../../../protocol/mail-sender-default.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import type { MailTlsMode } from "../../ports/mailer.ts";
import { helpText } from "../help-text.ts";
import { CliError } from "../output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { parseNumber } from "../parse-number.ts";
import { readPassword } from "../read-password.ts";
import { showMail } from "./show-mail.ts";
import { message } from "../../../messages/message.ts";

interface MailSetOptions {
  readonly server: string;
  readonly port?: number;
  readonly ssl: "on" | "off";
  readonly tls?: MailTlsMode;
  readonly user?: string;
  readonly passwordStdin?: boolean;
  readonly from: string;
  readonly to: readonly string[];
}

/** `mail set`: gives all settings of the result mail anew (F36). The password is never an argument. */
export function addMailSet(parent: Command, runner: CommandRunner): void {
  const say = (ja: string, en: string): string => runner.say({ ja, en });
  const count = LIMITS.mailRecipientCountMax;
  const command = parent
    .command("set")
    .description(say("メール設定の入力", "give the mail settings"))
    .requiredOption("--server <HOST>", say("メールサーバ", "mail server"))
    .option(
      "--port <PORT>",
      say("ポート (省略時: 465、SSLがOFFなら587)", "port (default: 465; 587 with --ssl off)"),
      parseNumber,
    )
    .addOption(
      new Option("--ssl <SWITCH>", say("暗号化 (省略時: on)", "encryption (default: on)"))
        .choices(["on", "off"])
        .default("on"),
    )
    .addOption(
      new Option(
        "--tls <MODE>",
        say(
          "暗号化の始め方 (省略時: ポート465ならimplicit、ほかはSTARTTLS)",
          "how encryption begins (default: implicit on port 465, STARTTLS on others)",
        ),
      ).choices(["implicit", "starttls"]),
    )
    .option("--user <NAME>", say("ユーザ名 (省略時: 認証なし)", "user name (default: no login)"))
    .option("--password-stdin", say("パスワードを標準入力から読む", "read the password from stdin"))
    .addOption(
      new Option("--from <ADDRESS>", say("送信元アドレス", "sender's address")).default(
        MAIL_SENDER_DEFAULT,
      ),
    )
    .requiredOption(
      "--to <ADDRESS...>",
      say(`送信先アドレス (${count}つまで)`, `recipients' addresses (up to ${count})`),
    )
    .action((options: MailSetOptions) =>
      runner.run(command.optsWithGlobals(), (context) => setMail(context, options)),
    );
  helpText(command, runner, [
    "azukeru-agent mail set --server smtp.example.com --user taro --from taro@example.com --to taro@example.com",
    "azukeru-agent mail set --server smtp.example.com --port 587 --user taro --password-stdin --from pc@example.com --to a@example.com b@example.com < file",
    "azukeru-agent mail set --server smtp.example.com --port 2465 --tls implicit --from pc@example.com --to taro@example.com",
    "azukeru-agent mail set --server 192.0.2.25 --port 25 --ssl off --from pc@example.com --to taro@example.com",
  ]);
}

async function setMail(context: CommandContext, options: MailSetOptions): Promise<ExitCode> {
  const { server, port, ssl, tls, user = "", from, to } = options;
  if (user === "" && options.passwordStdin === true) {
    throw new CliError("usage", message("usage.password-without-user"));
  }
  const password =
    user === ""
      ? ""
      : await readPassword(context.io, {
          fromStdin: options.passwordStdin ?? false,
          prompt: context.output.say({
            ja: "メールサーバのパスワード: ",
            en: "Password for the mail server: ",
          }),
        });
  await using opened = await context.open({ command: "mail set" });
  opened.agent.mail.set({
    host: server,
    ...(port === undefined ? {} : { port }),
    secure: ssl === "on",
    ...(tls === undefined ? {} : { tlsMode: tls }),
    user,
    password,
    from,
    to,
  });
  await showMail(context, opened.agent, {
    ja: "メール設定を入力しました。確定するまでは使われません。",
    en: "The mail settings were given. They are not used until they are confirmed.",
  });
  return EXIT_CODES.completed;
}
