import type { Command } from "commander";

import type { CommandRunner } from "../command-runner.ts";
import { helpText } from "../help-text.ts";
import { EXIT_CODES } from "../output/exit-code.ts";
import { reportTask } from "../views/task.ts";

/** `task remove`: the OS starts the tool no more (F13). Without a task it does nothing. */
export function addTaskRemove(parent: Command, runner: CommandRunner): void {
  const command = parent
    .command("remove")
    .description(runner.say({ ja: "登録したタスクを削除", en: "take the task away" }))
    .action(() =>
      runner.run(command.optsWithGlobals(), async ({ output, host: hostOf }) => {
        const host = await hostOf();
        await host.removeTask();
        const status = await host.taskStatus();
        reportTask(output, { event: "removed", status });
        return status.isRegistered ? EXIT_CODES.couldNotRun : EXIT_CODES.completed;
      }),
    );
  helpText(command, runner, ["azukeru-agent task remove"]);
}
