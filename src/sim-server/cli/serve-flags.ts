import { readFile } from "node:fs/promises";
import { totalmem } from "node:os";

import { InvalidArgumentError, type Command } from "commander";

import { LIMITS } from "../../protocol/limits.ts";
import type { UploadLimits } from "../storage/handlers/request-context.ts";
import { CliError } from "./cli-error.ts";
import { DEFAULT_ACCOUNT, readAccounts } from "./read-accounts.ts";
import type { ServeOptions } from "./serve.ts";

/** What says how a service is run, as commander gives it. */
export interface ServeFlags {
  readonly port: number;
  readonly host: string;
  readonly controlHost?: readonly string[];
  readonly corsOrigin?: readonly string[];
  readonly account?: string;
  readonly anonymousUploads?: true;
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
  readonly data?: string;
}

/** Gives a command the options that say how a service is run. */
export function addServeFlags(command: Command): Command {
  return command
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
    .option(
      "--data <folder>",
      "keep files, accounts and unfinished uploads in this folder over restarts; otherwise in memory",
    );
}

/** How the service is run that these options describe. Rejects with `CliError` for what cannot be meant. */
export async function serveOptions(flags: ServeFlags): Promise<ServeOptions> {
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
    ...(flags.data === undefined ? {} : { dataFolder: flags.data }),
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
