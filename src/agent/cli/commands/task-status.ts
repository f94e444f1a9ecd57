import type { Command } from "commander";

import type { CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { EXIT_CODES } from "../output/exit-code.ts";
import { reportTask } from "../views/task.ts";

/** `task status`: whether and when the OS starts the tool (F13). */
export function addTaskStatus(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("status")
    .description(runner.say({ ja: "登録したタスクを表示", en: "show the task" }))
    .action(() =>
      runner.run(command.optsWithGlobals(), async ({ output, host: hostOf }) => {
        const host = await hostOf();
        reportTask(output, { event: "shown", status: await host.taskStatus() });
        return EXIT_CODES.completed;
      }),
    );
  helpText(command, runner, ["azukeru-agent task status", "azukeru-agent task status --json"]);
}
