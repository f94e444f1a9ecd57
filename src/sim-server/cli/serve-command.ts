import { Command, Option } from "commander";

import { endWithParent } from "./end-with-parent.ts";
import { readyLine, removeReadyFile, writeReadyFile } from "./ready-file.ts";
import { addServeFlags, serveOptions, type ServeFlags } from "./serve-flags.ts";
import { serve, type RunningService } from "./serve.ts";

interface Flags extends ServeFlags {
  readonly json?: true;
  readonly readyFile?: string;
  readonly outliveParent?: true;
}

/**
 * `azukeru-sim serve`: the storage service, and if asked for the mail server, on real ports until
 * SIGINT or SIGTERM, or until whoever started it is gone. Writes one line of JSON to standard output as
 * soon as it listens, and what a person wants to know to standard error.
 */
export function serveCommand(): Command {
  const command = new Command("serve").description(
    "run the simulated storage service on a real port",
  );
  return addServeFlags(command)
    .addOption(
      new Option(
        "--ready-file <file>",
        "write the line of JSON into this file as well, whole or not at all, and remove it at the end",
      ),
    )
    .option("--outlive-parent", "go on when the process that started it has ended")
    .option("--json", "write nothing but the line of JSON")
    .action(async (flags: Flags) => {
      try {
        await run(flags);
      } catch (error) {
        process.stderr.write(`azukeru-sim serve: ${messageOf(error)}\n`);
        process.exitCode = 2;
      }
    });
}

async function run(flags: Flags): Promise<void> {
  const { readyFile } = flags;
  // One that an earlier service left behind tells of a port that nobody listens on any more.
  if (readyFile !== undefined) await removeReadyFile(readyFile);
  const running = await serve(await serveOptions(flags));
  const stop = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, resolve);
    if (flags.outliveParent !== true) endWithParent(resolve);
  });
  try {
    announce(running, flags);
    if (readyFile !== undefined) await writeReadyFile(readyFile, running);
    await stop;
  } finally {
    if (readyFile !== undefined) await removeReadyFile(readyFile);
    await running.close();
  }
}

function announce(running: RunningService, { json, data }: Flags): void {
  const { url, account, mail } = running;
  process.stdout.write(readyLine(running));
  if (json === true) return;
  const { loginId, password } = account;
  process.stderr.write(
    `The service is at ${url} (login ID ${loginId}, password ${password}). Ctrl+C stops it.\n`,
  );
  process.stderr.write(
    data === undefined
      ? "Everything is kept in memory and gone when it stops; --data DIR keeps it.\n"
      : `Everything is kept in ${data}; accounts that are there stay as they are.\n`,
  );
  if (mail === null) return;
  const ports = [
    ...(mail.smtpPort === null ? [] : [`port ${mail.smtpPort} (plain, STARTTLS)`]),
    ...(mail.smtpsPort === null ? [] : [`port ${mail.smtpsPort} (TLS)`]),
  ];
  process.stderr.write(
    `Mails are taken at ${mail.host}, ${ports.join(" and ")}` +
      ` (user ${mail.account.user}, password ${mail.account.password}).\n`,
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
