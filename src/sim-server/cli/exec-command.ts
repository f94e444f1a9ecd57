import { spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";

import { Command } from "commander";

import { CliError } from "./cli-error.ts";
import { endWithParent } from "./end-with-parent.ts";
import { addServeFlags, serveOptions, type ServeFlags } from "./serve-flags.ts";
import { serve, type RunningService } from "./serve.ts";
import { say } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";
import { tellFailure } from "./tell-failure.ts";
import { reasonOf } from "../../messages/reason-of.ts";

const EXAMPLES = `
${say({
  ja: `コマンドの環境変数:
  AZUKERU_SIM_SERVICE   サービスのURL
  AZUKERU_SIM_CONTROL   制御用のURL
  AZUKERU_SIM_LOGIN_ID  最初のアカウントのログインID。パスワードは AZUKERU_PASSWORD
  AZUKERU_SIM_SMTP_HOST, AZUKERU_SIM_SMTP_PORT, AZUKERU_SIM_SMTPS_PORT  --smtp-port、--smtps-port を指定したとき`,
  en: `The command finds in its environment:
  AZUKERU_SIM_SERVICE   URL of the service
  AZUKERU_SIM_CONTROL   URL of the control interface
  AZUKERU_SIM_LOGIN_ID  login ID of the first account; its password is in AZUKERU_PASSWORD
  AZUKERU_SIM_SMTP_HOST, AZUKERU_SIM_SMTP_PORT, AZUKERU_SIM_SMTPS_PORT  with --smtp-port, --smtps-port`,
})}

${say({ ja: "例:", en: "Examples:" })}
  $ azukeru-sim exec -- npm test
  $ azukeru-sim exec --smtp-port 0 -- sh -c 'curl "$AZUKERU_SIM_CONTROL/health"'

${say({
  ja: `終了コード: コマンドのもの。シグナルで終わったときは128とその番号。起動できないときは127`,
  en: `Exit codes: that of the command; 128 and its number when a signal ended it; 127 when it cannot be started.`,
})}`;

/** As a shell says that there is no such command. */
const NOT_STARTED = 127;

/** `azukeru-sim exec`: a service on a free port for as long as a command runs. */
export function execCommand(): Command {
  const command = new Command("exec").description(
    say({
      ja: "模擬ストレージサービスとともにコマンドを実行し、一緒に終える",
      en: "run a command beside a simulated storage service, and end both together",
    }),
  );
  return addServeFlags(command)
    .argument(
      "<command...>",
      say({
        ja: "-- のあとに、コマンドとその引数",
        en: "the command and its arguments, behind --",
      }),
    )
    .addHelpText("after", EXAMPLES)
    .action(async (words: readonly string[], flags: ServeFlags) => {
      try {
        process.exitCode = await run(words, flags);
      } catch (error) {
        tellFailure("azukeru-sim exec", error);
        process.exitCode = error instanceof CliError ? 2 : 1;
      }
    });
}

async function run(words: readonly string[], flags: ServeFlags): Promise<number> {
  const [program = "", ...args] = words;
  const running = await serve(await serveOptions(flags));
  try {
    const env = { ...process.env, ...variablesOf(running) };
    const child = spawn(program, args, { stdio: "inherit", env });
    const end = (): void => void child.kill("SIGTERM");
    // A terminal sends SIGINT to the command as well.
    process.on("SIGINT", () => undefined);
    for (const signal of ["SIGTERM", "SIGHUP"] as const) process.on(signal, end);
    endWithParent(end);
    const [code, signal] = (await once(child, "exit")) as [number | null, NodeJS.Signals | null];
    return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
  } catch (error) {
    const reason = message("service.not-started", { program, why: reasonOf(error) });
    tellFailure("azukeru-sim exec", new CliError(reason));
    return NOT_STARTED;
  } finally {
    await running.close();
  }
}

/** What the command is told of the service. */
function variablesOf({ url, controlUrl, account, mail }: RunningService): Record<string, string> {
  const smtp = [
    ["AZUKERU_SIM_SMTP_HOST", mail?.host],
    ["AZUKERU_SIM_SMTP_PORT", mail?.smtpPort],
    ["AZUKERU_SIM_SMTPS_PORT", mail?.smtpsPort],
  ] as const;
  return {
    AZUKERU_SIM_SERVICE: url,
    AZUKERU_SIM_CONTROL: controlUrl,
    AZUKERU_SIM_LOGIN_ID: account.loginId,
    AZUKERU_PASSWORD: account.password,
    ...Object.fromEntries(
      smtp.flatMap(([name, value]) =>
        value === undefined || value === null ? [] : [[name, String(value)]],
      ),
    ),
  };
}
