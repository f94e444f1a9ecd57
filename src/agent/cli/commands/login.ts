import type { Command } from "commander";

import { CaptchaRequiredError } from "../../captcha-required-error.ts";
import type { AccountInfo, LoginRequest } from "../../account/requests.ts";
import type { CaptchaAnswer } from "../../../protocol/http/schemas.ts";
import type { AgentApi } from "../agent-api.ts";
import { CliError } from "../output/cli-error.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";
import { LinePrompt } from "../line-prompt.ts";
import { readPassword } from "../read-password.ts";
import { message } from "../../../messages/message.ts";
import { renderMessage } from "../../../messages/render-message.ts";

interface LoginOptions {
  readonly service: string;
  readonly loginId: string;
  readonly passwordStdin?: boolean;
  readonly deviceName?: string;
  readonly captcha?: string;
}

/** How often a person is asked for the characters of an image, each time another one. */
const CAPTCHA_ROUND_COUNT_MAX = 3;

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
    .option(
      "--captcha <ID:CHARACTERS>",
      runner.say({
        ja: "画像の文字 (パスワードの間違いが続いたとき)",
        en: "the characters of an image (after several wrong passwords)",
      }),
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
  let captcha = parseCaptcha(options.captcha);
  using prompt = new LinePrompt(io);
  for (let round = 1; ; round += 1) {
    try {
      await logInOnce(context, options, { serviceUrl, loginId, password, captcha });
      return EXIT_CODES.completed;
    } catch (error) {
      if (!(error instanceof CaptchaRequiredError)) throw error;
      const { challengeId } = error.captcha;
      const { CaptchaFile } = await import("../captcha-file.ts");
      const { path } = new CaptchaFile(context.homePath);
      const code = error.isAnswerWrong ? "account.captcha-wrong" : "account.captcha-required";
      const reason = message(code, { path, challengeId });
      const isAsking = !output.isJson && LinePrompt.isPossible(io);
      if (!isAsking || round > CAPTCHA_ROUND_COUNT_MAX) {
        throw new CliError("captcha-required", reason, error);
      }
      output.note({ ja: renderMessage(reason, "ja"), en: renderMessage(reason, "en") });
      const question = output.say({ ja: "画像の文字: ", en: "Characters of the image: " });
      const typed = await prompt.ask(question);
      if (typed === undefined) throw new CliError("cancelled", message("account.no-captcha-typed"));
      captcha = { challengeId, answer: typed.trim() };
    }
  }
}

/** Logs in once, and leaves the image in the home folder when one has to be read. */
async function logInOnce(
  context: CommandContext,
  { deviceName }: LoginOptions,
  request: LoginRequest,
): Promise<void> {
  await using opened = await context.open({ command: "login" });
  const { agent } = opened;
  const { CaptchaFile } = await import("../captcha-file.ts");
  const image = new CaptchaFile(context.homePath);
  image.remove();
  try {
    const account = await withDeviceName(agent, deviceName, () => agent.account.login(request));
    const { reportLogin } = await import("../views/account.ts");
    reportLogin(context.output, account, agent.settings.read().deviceName);
  } catch (error) {
    if (error instanceof CaptchaRequiredError) image.write(error.captcha.svg);
    throw error;
  }
}

/** The answer is not repeated in the error. */
function parseCaptcha(text: string | undefined): CaptchaAnswer | undefined {
  if (text === undefined) return undefined;
  const [, challengeId, answer] = /^([\w-]{1,64}):(\S{1,64})$/.exec(text.trim()) ?? [];
  if (challengeId === undefined || answer === undefined) {
    throw new CliError("usage", message("account.captcha-form"));
  }
  return { challengeId, answer };
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
