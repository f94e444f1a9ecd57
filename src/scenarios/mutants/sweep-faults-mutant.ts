import { runJsonCommand } from "./run-json-command.ts";
import type { MutantResult } from "./run-mutant.ts";

/** In so many passes all faults strike, each pass in every file: what one file alone notices is not waited for. */
const PASS_COUNT = 16;

/** Lets every fault strike at every point in a copy of the project until an invariant is violated. */
export async function sweepFaultsMutant(folder: string): Promise<MutantResult> {
  let runCount = 0;
  let noticedBy: readonly string[] = [];
  for (let pass = 1; pass <= PASS_COUNT; pass += 1) {
    const args = ["sweep-faults", "--json", "--fail-fast"];
    args.push("--every", String(PASS_COUNT), "--first", String(pass));
    const { exitCode, errorText } = await runJsonCommand(folder, args, (data) => {
      const { kind, laws = [] } = data as { kind: string; laws?: readonly string[] };
      if (kind !== "strike" || noticedBy.length > 0) return;
      runCount += 1;
      noticedBy = laws;
    });
    if (exitCode === 0) continue;
    // A scenario that violates an invariant before anything strikes is noticed all the same.
    if (noticedBy.length === 0) noticedBy = [errorText.split("\n")[0] ?? ""];
    return { exitCode, noticedBy: [...new Set(noticedBy)], runCount };
  }
  return { exitCode: 0, noticedBy, runCount };
}
