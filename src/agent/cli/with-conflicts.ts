import type { RestoreRequest } from "../jobs/requests.ts";
import type { ConflictChoice } from "../../protocol/job-record.ts";
import type { CommandContext } from "./command-runner.ts";
import { LinePrompt } from "./line-prompt.ts";
import type { BackupRun } from "./run-jobs.ts";

/** Does `work` with somebody who answers for conflicts: a person at the terminal, or the choice. */
export async function withConflicts<Result>(
  { io, output }: CommandContext,
  { pauseProgress, ending }: BackupRun,
  choice: ConflictChoice | "ask",
  work: (onConflict: NonNullable<RestoreRequest["onConflict"]>) => Promise<Result>,
): Promise<Result> {
  if (choice !== "ask") return work(choice);
  const { ConflictAsker } = await import("./conflict-asker.ts");
  using prompt = new LinePrompt(io);
  const write = (text: string): void => void io.stderr.write(text);
  const asker = new ConflictAsker({ prompt, output, write, pauseProgress, ending });
  return await work((conflict) => asker.ask(conflict));
}
