import { runJsonCommand } from "./run-json-command.ts";
import type { MutantResult } from "./run-mutant.ts";

/** Sweeps a copy of the project until an invariant is violated. */
export async function sweepMutant(folder: string): Promise<MutantResult> {
  const args = ["sweep", "--json", "--fail-fast"];
  let runCount = 0;
  let noticedBy: readonly string[] = [];
  const { exitCode, errorText } = await runJsonCommand(folder, args, (data) => {
    const { kind, laws = [] } = data as { kind: string; laws?: readonly string[] };
    if (kind !== "crash") return;
    runCount += 1;
    noticedBy = laws;
  });
  // A day that violates an invariant without any crash is no sweep, but noticed all the same.
  if (exitCode !== 0 && noticedBy.length === 0) noticedBy = [errorText.split("\n")[0] ?? ""];
  return { exitCode, noticedBy: [...new Set(noticedBy)], runCount };
}
