import type { Command } from "commander";

import type { AccountInfo } from "../../account/requests.ts";
import type { AgentApi } from "../agent-api.ts";
import { CliError } from "../output/cli-error.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";
import { readPassword } from "../read-password.ts";
import { message } from "../../../messages/message.ts";

interface LoginOptions {
  readonly service: string;
  readonly loginId: string;
  readonly passwordStdin?: boolean;
  readonly deviceName?: string;
}

/** `login`: logs in and remembers it (F01). The password is never an argument and never shown. */
export function addLogin(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("login")
    .description(runner.say({ ja: "サービスにログイン", en: "log in to the service" }))
    .requiredOption(
      "--service <URL>",
      runner.say({ ja: "サービスのURL", en: "URL of the service" }),
    )
    .requiredOption("--login-id <ID>", runner.say({ ja: "ログインID", en: "login ID" }))
    .option(
      "--password-stdin",
      runner.say({ ja: "パスワードを標準入力から読む", en: "read the password from stdin" }),
    )
    .option(
      "--device-name <NAME>",
      runner.say({ ja: "サービス上でのこのPCの名前", en: "this PC's name on the service" }),
    )
    .action((options: LoginOptions) =>
      runner.run(command.optsWithGlobals(), (context) => login(context, options)),
    );
  helpText(command, runner, [
    "azukeru-agent login --service https://storage.example --login-id taro",
    "azukeru-agent login --service https://storage.example --login-id taro --password-stdin < file",
    "AZUKERU_PASSWORD=... azukeru-agent login --service https://storage.example --login-id taro",
  ]);
}

async function login(context: CommandContext, options: LoginOptions): Promise<ExitCode> {
  const { io, output } = context;
  const { loginId } = options;
  const serviceUrl = checkedUrl(options.service);
  const password = await readPassword(io, {
    fromStdin: options.passwordStdin ?? false,
    prompt: output.say({ ja: "パスワード: ", en: "Password: " }),
  });
  await using opened = await context.open({ command: "login" });
  const { agent } = opened;
  const account = await withDeviceName(agent, options.deviceName, () =>
    agent.account.login({ serviceUrl, loginId, password }),
  );
  const { reportLogin } = await import("../views/account.ts");
  reportLogin(output, account, agent.settings.read().deviceName);
  return EXIT_CODES.completed;
}

/** The login tells the service the device's name, so it is set before, and set back on failure. */
async function withDeviceName(
  agent: AgentApi,
  deviceName: string | undefined,
  logIn: () => Promise<AccountInfo>,
): Promise<AccountInfo> {
  if (deviceName === undefined) return logIn();
  const before = agent.settings.read().deviceName;
  agent.settings.change({ deviceName });
  try {
    return await logIn();
  } catch (error) {
    agent.settings.change({ deviceName: before });
    throw error;
  }
}

/** The URL is not repeated in the error: people put passwords into URLs. */
function checkedUrl(text: string): string {
  const url = URL.parse(text);
  if (url === null || !["http:", "https:"].includes(url.protocol)) {
    throw new CliError("usage", message("account.no-host-part"));
  }
  if (url.username !== "" || url.password !== "") {
    throw new CliError("usage", message("account.url-with-credentials"));
  }
  if (url.pathname !== "/" || url.search !== "" || url.hash !== "") {
    throw new CliError("usage", message("account.url-with-path"));
  }
  return url.origin;
}
