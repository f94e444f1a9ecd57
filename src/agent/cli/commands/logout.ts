import { setTimeout as sleep } from "node:timers/promises";

import type { Command } from "commander";

import { CliError } from "../output/cli-error.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";
import { readHolder, type LockHolder } from "../lock-holder.ts";
import type { OpenedAgent } from "../open-agent.ts";
import { RequestBox } from "../request-box.ts";
import { message } from "../../../messages/message.ts";

const ANSWER_TIMEOUT_MS = 60_000;
const POLL_INTERVAL_MS = 250;

/**
 * `logout`: forgets the login (F06). A backup of another process ends as 中断 first (B-INT-2), a
 * restore as 不慮の事態 (R-UX-6).
 */
export function addLogout(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("logout")
    .description(
      runner.say({
        ja: "ログアウト (実行中のバックアップは中断、復元は終了)",
        en: "log out; a running backup is interrupted, a restore ended",
      }),
    )
    .action(() => runner.run(command.optsWithGlobals(), logout));
  helpText(command, runner, ["azukeru-agent logout"]);
}

async function logout(context: CommandContext): Promise<ExitCode> {
  const { homePath, output } = context;
  const box = new RequestBox(homePath);
  const deadline = performance.now() + ANSWER_TIMEOUT_MS;
  let asked: LockHolder | undefined;
  while (performance.now() < deadline) {
    const opened = await openUnlessHeld(context);
    if (opened !== undefined) return logOutHere(context, opened, asked);
    const holder = readHolder(homePath);
    if (asked === undefined && holder !== undefined && holder.runs !== null) {
      box.leave("logout", holder.instanceId);
      asked = holder;
    } else if (asked !== undefined && !box.isPending("logout", asked.instanceId)) {
      return report(output, true, asked);
    }
    await sleep(POLL_INTERVAL_MS);
  }
  throw new CliError(
    "no-answer",
    message("home.no-answer", { path: homePath, pid: asked?.pid ?? "-" }),
  );
}

async function openUnlessHeld(context: CommandContext): Promise<OpenedAgent | undefined> {
  try {
    return await context.open({ command: "logout", waitMs: 0 });
  } catch (error) {
    if (error instanceof CliError && error.code === "held-by-other-process") return undefined;
    throw error;
  }
}

async function logOutHere(
  { output }: CommandContext,
  taken: OpenedAgent,
  ended: LockHolder | undefined,
): Promise<ExitCode> {
  await using opened = taken;
  const { agent } = opened;
  const wasLoggedIn = agent.account.info() !== undefined;
  if (wasLoggedIn) await agent.account.logout();
  return report(output, wasLoggedIn || ended !== undefined, ended);
}

async function report(
  output: CommandContext["output"],
  wasLoggedIn: boolean,
  ended: LockHolder | undefined,
): Promise<ExitCode> {
  const { reportLogout } = await import("../views/account.ts");
  reportLogout(output, wasLoggedIn, ended);
  return EXIT_CODES.completed;
}
