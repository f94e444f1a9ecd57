import type { CliIo } from "./cli-io.ts";
import { CommandRunner, type RunnerOptions } from "./command-runner.ts";
import type { ExitCode } from "./output/exit-code.ts";
import { languageAskedFor, languageOf } from "./render/language.ts";
import { buildProgram } from "./program.ts";
import { reportError } from "./output/report-error.ts";

/** Opens the real agent. It is loaded only by commands that need it: help stays quick. */
const openRealAgent: RunnerOptions["open"] = async (homePath, request) =>
  (await import("./open-agent.ts")).openAgent(homePath, request);

/**
 * Runs one command line (without the name of the program) and returns what to exit with. Never
 * throws: everything that goes wrong is reported as the command line asks.
 */
export async function runCli(
  args: readonly string[],
  io: CliIo,
  open: RunnerOptions["open"] = openRealAgent,
): Promise<ExitCode> {
  const language = languageAskedFor(args) ?? languageOf(io.env);
  const runner = new CommandRunner({ io, language, open });
  try {
    await buildProgram(io, runner).parseAsync(args, { from: "user" });
    return runner.exitCode;
  } catch (error) {
    const has = (option: string): boolean => args.includes(option);
    return reportError(error, io, { json: has("--json"), debug: has("--debug"), language });
  }
}
