import { createInterface } from "node:readline";
import { Writable } from "node:stream";
import { text } from "node:stream/consumers";

import { CliError } from "./output/cli-error.ts";
import type { CliIo } from "./cli-io.ts";
import { message } from "../../messages/message.ts";

/** Where a password may come from. */
export interface PasswordSource {
  /** Take all of standard input, less one line end. */
  readonly fromStdin: boolean;
  /** What to ask on a terminal. */
  readonly prompt: string;
}

/**
 * Gets the password without ever showing it: from standard input when that was asked for, else
 * from `AZUKERU_PASSWORD` (which is then removed, so that no child process inherits it), else by
 * asking on the terminal with nothing echoed. Throws `CliError` when there is none or it is empty.
 */
export async function readPassword(io: CliIo, source: PasswordSource): Promise<string> {
  const password = await findPassword(io, source);
  if (password === "") throw new CliError("usage", message("account.empty-password"));
  return password;
}

async function findPassword(io: CliIo, source: PasswordSource): Promise<string> {
  if (source.fromStdin) return (await text(io.stdin)).replace(/\r?\n$/, "");
  const fromEnvironment = io.env["AZUKERU_PASSWORD"];
  if (fromEnvironment !== undefined) {
    delete io.env["AZUKERU_PASSWORD"];
    return fromEnvironment;
  }
  if (io.stdin.isTTY === true) return askHidden(io, source.prompt);
  throw new CliError("usage", message("account.no-password"));
}

function askHidden(io: CliIo, prompt: string): Promise<string> {
  io.stderr.write(prompt);
  // Readline edits the line and would echo it here; nothing of it leaves.
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  const line = createInterface({
    input: io.stdin,
    output: nowhere,
    terminal: true,
    historySize: 0,
  });
  return new Promise((resolve, reject) => {
    const cancel = (): void =>
      reject(new CliError("cancelled", message("account.no-password-typed")));
    line.once("line", resolve);
    line.once("SIGINT", cancel);
    line.once("close", cancel);
  }).finally(() => {
    line.close();
    io.stderr.write("\n");
  }) as Promise<string>;
}
