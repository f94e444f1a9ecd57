import { readFile } from "node:fs/promises";
import { totalmem } from "node:os";

import { Command, InvalidArgumentError } from "commander";

import { LIMITS } from "../../protocol/limits.ts";
import type { UploadLimits } from "../storage/handlers/request-context.ts";
import { CliError } from "./cli-error.ts";
import { DEFAULT_ACCOUNT, readAccounts } from "./read-accounts.ts";
import { serve, type RunningService, type ServeOptions } from "./serve.ts";

interface Flags {
  readonly port: number;
  readonly host: string;
  readonly controlHost?: readonly string[];
  readonly corsOrigin?: readonly string[];
  readonly account?: string;
  readonly anonymousUploads?: true;
  readonly json?: true;
  readonly tlsKey?: string;
  readonly tlsCert?: string;
  readonly uploadSizeMax?: number;
  readonly uploadAppendMax?: number;
  readonly uploadAppendMin?: number;
  readonly smtpPort?: number;
  readonly smtpsPort?: number;
  readonly smtpAuth?: true;
  readonly mailSizeMax?: number;
  readonly memoryMax: number;
}

/**
 * `azukeru-sim serve`: the storage service, and if asked for the mail server, on real ports until
 * SIGINT or SIGTERM. Writes one line of
 * JSON to standard output as soon as it listens, and what a person wants to know to standard error.
 */
export function serveCommand(): Command {
  return new Command("serve")
    .description("run the simulated storage service on a real port")
    .option("--port <number>", "port to listen on; 0 takes any that is free", port, 0)
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option(
      "--control-host <name...>",
      "let other machines use /_sim, under this host name; otherwise only this machine may",
    )
    .option(
      "--cors-origin <origin...>",
      "let pages of this origin use the service, such as https://app.example; otherwise none may",
    )
    .option("--account <file>", "YAML or JSON file with the accounts; otherwise there is one, demo")
    .option("--anonymous-uploads", "let anybody upload to /v1/uploads, for generic clients")
    .option("--upload-size-max <bytes>", "largest file an upload may carry", byteCount)
    .option("--upload-append-max <bytes>", "most that one append may carry", byteCount)
    .option("--upload-append-min <bytes>", "least that one append may carry", byteCount)
    .option("--tls-key <file>", "speak TLS with this private key (PEM)")
    .option("--tls-cert <file>", "speak TLS with this certificate (PEM)")
    .option(
      "--smtp-port <number>",
      "take mails on this port, plain and by STARTTLS; 0 as above",
      port,
    )
    .option("--smtps-port <number>", "take mails by TLS on this port; 0 as above", port)
    .option("--smtp-auth", "take mails from users of the mail server alone")
    .option("--mail-size-max <bytes>", "largest mail that is taken", byteCount)
    .option(
      "--memory-max <bytes>",
      "most that files and unfinished uploads may take; otherwise half of what the machine has",
      byteCount,
      defaultMemoryBytes(),
    )
    .option("--json", "write nothing but the line of JSON")
    .action(async (flags: Flags) => {
      try {
        await run(flags);
      } catch (error) {
        process.stderr.write(`azukeru-sim serve: ${messageOf(error)}\n`);
        process.exitCode = error instanceof CliError ? 2 : 1;
      }
    });
}

async function run(flags: Flags): Promise<void> {
  const running = await serve(await serveOptions(flags));
  const stop = new Promise<void>((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => resolve());
  });
  announce(running, flags.json === true);
  await stop;
  await running.close();
}

function announce(running: RunningService, jsonOnly: boolean): void {
  const { url, controlUrl, openApiUrl, account, mail } = running;
  const line = {
    event: "listening",
    service: url,
    control: controlUrl,
    openapi: openApiUrl,
    account,
    ...(mail === null ? {} : { mail }),
  };
  process.stdout.write(`${JSON.stringify(line)}\n`);
  if (jsonOnly) return;
  const { loginId, password } = account;
  process.stderr.write(
    `The service is at ${url} (login ID ${loginId}, password ${password}). Ctrl+C stops it.\n`,
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

async function serveOptions(flags: Flags): Promise<ServeOptions> {
  const file = flags.account === undefined ? undefined : await readAccounts(flags.account);
  const [first = DEFAULT_ACCOUNT, ...more] = file?.accounts ?? [];
  const limits: Partial<Record<keyof UploadLimits, number>> = {
    ...(flags.uploadSizeMax === undefined ? {} : { sizeBytesMax: flags.uploadSizeMax }),
    ...(flags.uploadAppendMax === undefined ? {} : { appendBytesMax: flags.uploadAppendMax }),
    ...(flags.uploadAppendMin === undefined ? {} : { appendBytesMin: flags.uploadAppendMin }),
  };
  const { uploadAppendMin = 0, uploadAppendMax = LIMITS.uploadAppendBytesMax } = flags;
  if (uploadAppendMin > uploadAppendMax) {
    throw new CliError(
      `--upload-append-min ${uploadAppendMin} is more than an append may carry, ${uploadAppendMax}`,
    );
  }
  const { tlsKey, tlsCert } = flags;
  if ((tlsKey === undefined) !== (tlsCert === undefined)) {
    throw new CliError("--tls-key and --tls-cert go together");
  }
  const tls =
    tlsKey === undefined || tlsCert === undefined
      ? {}
      : { tls: { key: await readPem(tlsKey), cert: await readPem(tlsCert) } };
  return {
    port: flags.port,
    host: flags.host,
    controlHosts: flags.controlHost ?? [],
    corsOrigins: flags.corsOrigin ?? [],
    accounts: [first, ...more],
    anonymousUploads: flags.anonymousUploads ?? false,
    uploadLimits: limits,
    memoryBytesMax: flags.memoryMax,
    mail: {
      smtpPort: flags.smtpPort,
      smtpsPort: flags.smtpsPort,
      authRequired: flags.smtpAuth ?? false,
      sizeBytesMax: flags.mailSizeMax,
      ...(file === undefined ? {} : { accounts: file.mailAccounts }),
    },
    ...tls,
  };
}

async function readPem(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    throw new CliError(`${file}: cannot be read (${messageOf(error)})`, { cause: error });
  }
}

/** Bytes. Half of what the machine has, or of what the process may use of it. */
function defaultMemoryBytes(): number {
  const constrainedBytes = process.constrainedMemory();
  const machineBytes = totalmem();
  const bytes = constrainedBytes > 0 ? Math.min(constrainedBytes, machineBytes) : machineBytes;
  return Math.floor(bytes / 2);
}

function port(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || value > 65_535) throw new InvalidArgumentError("not a port number");
  return value;
}

function byteCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError("not a number of bytes");
  return Number(text);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
