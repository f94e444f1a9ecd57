import { setTimeout as sleep } from "node:timers/promises";

import type { Command } from "commander";

import { CliError } from "../output/cli-error.ts";
import type { CommandContext, CommandRunner } from "../command-runner.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { helpText } from "../help-text.ts";
import { readHolder } from "../lock-holder.ts";
import { RequestBox } from "../request-box.ts";
import { message } from "../../../messages/message.ts";

const ANSWER_TIMEOUT_MS = 15_000;
const POLL_INTERVAL_MS = 100;

/** `backup interrupt`: 中断 of a backup that runs in another process; a restore has none (F19). */
export function addBackupInterrupt(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("interrupt")
    .description(
      runner.say({
        ja: "別のプロセスで実行中のバックアップを中断",
        en: "interrupt a backup that runs in another process",
      }),
    )
    .action(() => runner.run(command.optsWithGlobals(), interrupt));
  helpText(command, runner, ["azukeru-agent backup interrupt"]);
}

async function interrupt({ homePath, output }: CommandContext): Promise<ExitCode> {
  const pid = await askToStop(homePath);
  const { reportInterrupt } = await import("../views/interrupt.ts");
  reportInterrupt(output, pid);
  return EXIT_CODES.completed;
}

/** Resolves to the process that took the request, or to null when nothing runs. */
async function askToStop(homePath: string): Promise<number | null> {
  const { isHomeHeld } = await import("../home-lock.ts");
  if (!isHomeHeld(homePath)) return null;
  const holder = readHolder(homePath);
  if (holder === undefined || holder.runs === null) return null;
  if (holder.runs === "restore") {
    throw new CliError("restore-running", message("home.restore-running", { pid: holder.pid }));
  }
  const box = new RequestBox(homePath);
  box.leave("interrupt", holder.instanceId);
  const deadline = performance.now() + ANSWER_TIMEOUT_MS;
  while (performance.now() < deadline) {
    if (!box.isPending("interrupt", holder.instanceId)) return holder.pid;
    // It ended by itself, before it looked.
    if (!isHomeHeld(homePath)) return null;
    await sleep(POLL_INTERVAL_MS);
  }
  throw new CliError("no-answer", message("home.no-answer", { path: homePath, pid: holder.pid }));
}
