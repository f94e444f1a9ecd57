import { runJsonCommand } from "./run-json-command.ts";
import { speak } from "../../command-line/process-language.ts";
import { message } from "../../messages/message.ts";

/** How scenarios or the sweep fared against a mutant. */
export interface MutantResult {
  /** Of the command that ran: 0 means that the mutant was not noticed. */
  readonly exitCode: number;
  /** The invariants that were violated, or the cells that were missed. */
  readonly noticedBy: readonly string[];
  /** Runs until the first that noticed it, that one included; all of them when none did. */
  readonly runCount: number;
}

/** How much is run against a mutant; what is left out is as `azukeru-sim scenarios` has it by default. */
export interface MutantRunOptions {
  readonly runs?: number | undefined;
  readonly seed?: number | undefined;
  readonly timeLimitS?: number | undefined;
}

/** A mutant could not be judged, since the harness itself failed or broke down; the message says how. */
export class MutantRunError extends Error {
  override readonly name: string = "MutantRunError";
}

/** As which exit code `scenarios` says that the harness is at fault, and no invariant of the agent violated. */
const HARNESS_FAILED = 2;

/** Runs the scenarios of a copy of the project until an invariant is violated. Throws `MutantRunError`. */
export async function runMutant(folder: string, options: MutantRunOptions): Promise<MutantResult> {
  const { runs, seed, timeLimitS } = options;
  const args = ["scenarios", "--json", "--fail-fast", "--no-shrink"];
  if (runs !== undefined) args.push("--runs", String(runs));
  if (seed !== undefined) args.push("--seed", String(seed));
  if (timeLimitS !== undefined) args.push("--time-limit", String(timeLimitS));
  let runCount = 0;
  let noticedBy: readonly string[] = [];
  let missed: readonly string[] | undefined;
  const { exitCode, errorText } = await runJsonCommand(folder, args, (data) => {
    const line = data as Line;
    if (line.kind === "summary") {
      missed = line.missed;
    } else if (noticedBy.length === 0) {
      runCount += 1;
      noticedBy = line.laws;
    }
  });
  // Without a summary the program itself broke down, which says nothing about the scenarios.
  if (missed === undefined) {
    throw new MutantRunError(`the scenarios did not run to their end: ${errorText}`);
  }
  if (exitCode === HARNESS_FAILED) {
    throw new MutantRunError(`the harness itself failed, which notices nothing: ${errorText}`);
  }
  if (noticedBy.length === 0 && exitCode !== 0) {
    noticedBy = missed.map((cell) => speak(message("harness.not-reached", { cell })));
  }
  return { exitCode, noticedBy, runCount };
}

/** A line that `scenarios --json` prints, as far as it matters here. */
type Line =
  | { readonly kind: "run"; readonly laws: readonly string[] }
  | { readonly kind: "summary"; readonly missed: readonly string[] };
