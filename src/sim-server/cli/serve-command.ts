import { Command, Option } from "commander";

import { endWithParent } from "./end-with-parent.ts";
import { readyLine, removeReadyFile, writeReadyFile } from "./ready-file.ts";
import { addServeFlags, serveOptions, type ServeFlags } from "./serve-flags.ts";
import { serve, type RunningService } from "./serve.ts";
import { say, speak } from "../../command-line/process-language.ts";
import { message, type Message } from "../../messages/message.ts";
import { tellFailure } from "./tell-failure.ts";

interface Flags extends ServeFlags {
  readonly json?: true;
  readonly readyFile?: string;
  readonly outliveParent?: true;
}

/**
 * `azukeru-sim serve`: the storage service, and if asked for the mail server, on real ports until
 * SIGINT or SIGTERM, or until whoever started it is gone. Writes one line of JSON to standard output as
 * soon as it listens, and what a person wants to know to standard error.
 */
export function serveCommand(): Command {
  const command = new Command("serve").description(
    say({
      ja: "模擬ストレージサービスを実際のポートで動かす",
      en: "run the simulated storage service on a real port",
    }),
  );
  return addServeFlags(command)
    .addOption(
      new Option(
        "--ready-file <file>",
        say({
          ja: "JSONの行をこのファイルにも書き (途中までの内容は見えません)、終了時に削除する",
          en: "write the line of JSON into this file as well, whole or not at all, and remove it at the end",
        }),
      ),
    )
    .option(
      "--outlive-parent",
      say({
        ja: "起動したプロセスが終わっても動き続ける",
        en: "go on when the process that started it has ended",
      }),
    )
    .option("--json", say({ ja: "JSONの行だけを出力", en: "write nothing but the line of JSON" }))
    .action(async (flags: Flags) => {
      try {
        await run(flags);
      } catch (error) {
        tellFailure("azukeru-sim serve", error);
        process.exitCode = 2;
      }
    });
}

async function run(flags: Flags): Promise<void> {
  const { readyFile } = flags;
  // One that an earlier service left behind tells of a port that nobody listens on any more.
  if (readyFile !== undefined) await removeReadyFile(readyFile);
  const running = await serve(await serveOptions(flags));
  const stop = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, resolve);
    if (flags.outliveParent !== true) endWithParent(resolve);
  });
  try {
    announce(running, flags);
    if (readyFile !== undefined) await writeReadyFile(readyFile, running);
    await stop;
  } finally {
    if (readyFile !== undefined) await removeReadyFile(readyFile);
    await running.close();
  }
}

function announce(running: RunningService, { json, data }: Flags): void {
  const { url, account, mail } = running;
  process.stdout.write(readyLine(running));
  if (json === true) return;
  const { loginId, password } = account;
  const tell = (said: Message): void => void process.stderr.write(`${speak(said)}\n`);
  tell(message("service.at", { url, loginId, password }));
  tell(
    data === undefined
      ? message("service.in-memory")
      : message("service.in-folder", { folder: data }),
  );
  if (mail === null) return;
  const ports = [
    ...(mail.smtpPort === null ? [] : [message("service.smtp-port", { port: mail.smtpPort })]),
    ...(mail.smtpsPort === null ? [] : [message("service.smtps-port", { port: mail.smtpsPort })]),
  ];
  const { user, password: mailPassword } = mail.account;
  tell(message("service.mail", { host: mail.host, ports, user, password: mailPassword }));
}
