import { CommanderError } from "commander";

import type { Language } from "../../terminal/language.ts";
import { paintFor } from "../../terminal/style.ts";
import { AgentError } from "../agent-error.ts";
import type { CliIo } from "./cli-io.ts";
import { CliError, type CliErrorCode } from "./output/cli-error.ts";
import { EXIT_CODES, type ExitCode } from "./output/exit-code.ts";
import { Output } from "./output/output.ts";
import { ERROR_LINE, ERROR_TEXTS, renderError } from "./views/error.ts";
import type { Message } from "../../messages/message.ts";
import { renderMessage } from "../../messages/render-message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { usageReason } from "../../command-line/usage-reason.ts";
import { messageMembers } from "./views/message.ts";

interface ReportOptions {
  readonly json: boolean;
  readonly debug: boolean;
  readonly language: Language;
}

/**
 * Tells what kept a command from doing its work: on standard error for people, and as an `error`
 * line on standard output with `--json`. Returns the exit code. A stack trace appears with
 * `--debug` only. Help and version that were asked for arrive here as well and are no errors.
 */
export function reportError(error: unknown, io: CliIo, options: ReportOptions): ExitCode {
  if (error instanceof CommanderError && error.exitCode === 0) return EXIT_CODES.completed;
  const { language, json } = options;
  const code = codeOf(error);
  const { remedy, exitCode } = ERROR_TEXTS[code];
  const reason = spokenReason(error);
  // A usage error's stack tells nothing, and repeats what was typed.
  if (options.debug && code !== "usage") io.stderr.write(`${stackOf(error)}\n`);
  new Output(io, { json, language }).json(ERROR_LINE, {
    code,
    message: renderMessage(reason, language),
    reason: messageMembers(reason),
    remedy: remedy[language],
    exitCode,
  });
  if (!json) {
    const paint = paintFor(io.stderr);
    io.stderr.write(`${renderError(code, reason, { language, paint })}\n`);
  }
  return exitCode;
}

function codeOf(error: unknown): CliErrorCode {
  if (error instanceof CliError || error instanceof AgentError) return error.code;
  return error instanceof CommanderError ? "usage" : "internal-error";
}

function spokenReason(error: unknown): Message {
  return error instanceof CommanderError ? usageReason(error) : reasonOf(error);
}

function stackOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause === undefined ? "" : `\ncaused by ${stackOf(error.cause)}`;
  return `${error.stack ?? error.message}${cause}`;
}
