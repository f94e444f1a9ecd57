import { Redactor } from "../../messages/redactor.ts";
import { proxyPasswords } from "./proxy-passwords.ts";
import { redactedIo } from "./redacted-io.ts";
import type { CliIo } from "./cli-io.ts";
import { CommandRunner, type AgentOpener, type RunnerOptions } from "./command-runner.ts";
import type { ExitCode } from "./output/exit-code.ts";
import { languageAskedFor, languageOf } from "../../terminal/language.ts";
import { buildProgram } from "./program.ts";
import { reportError } from "./report-error.ts";

/** Opens the real agent. It is loaded only by commands that need it: help and history stay quick. */
const REAL_OPENER: AgentOpener = {
  open: async (homePath, request) => (await import("./open-agent.ts")).openAgent(homePath, request),
  look: async (homePath, request) =>
    (await import("./open-records.ts")).openRecords(homePath, request),
  openDaemon: async (homePath, request) =>
    (await import("./open-daemon.ts")).openDaemon(homePath, request),
};

/**
 * Runs one command line (without the name of the program) and returns what to exit with. Never
 * throws: everything that goes wrong is reported as the command line asks.
 */
export async function runCli(
  args: readonly string[],
  given: CliIo,
  opener: AgentOpener = REAL_OPENER,
  host?: RunnerOptions["host"],
): Promise<ExitCode> {
  const redactor = new Redactor();
  for (const password of proxyPasswords(given.env)) redactor.learn(password);
  const io = redactedIo(given, redactor);
  const language = languageAskedFor(args) ?? languageOf(io.env);
  const runner = new CommandRunner({
    io,
    language,
    opener,
    redactor,
    ...(host === undefined ? {} : { host }),
  });
  try {
    await buildProgram(io, runner).parseAsync(args, { from: "user" });
    return runner.exitCode;
  } catch (error) {
    const has = (option: string): boolean => args.includes(option);
    return reportError(error, io, { json: has("--json"), debug: has("--debug"), language });
  }
}
