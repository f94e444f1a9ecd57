import { readFile } from "node:fs/promises";
import { totalmem } from "node:os";

import type { Command } from "commander";

import { LIMITS } from "../../protocol/limits.ts";
import type { UploadLimits } from "../storage/handlers/request-context.ts";
import { CliError } from "./cli-error.ts";
import { DEFAULT_ACCOUNT, readAccounts } from "./read-accounts.ts";
import type { ServeOptions } from "./serve.ts";
import { message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { invalidArgument } from "../../command-line/invalid-argument.ts";
import { say } from "../../command-line/process-language.ts";

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
    .option(
      "--port <number>",
      say({
        ja: "待ち受けるポート。0なら空いているもの",
        en: "port to listen on; 0 takes any that is free",
      }),
      port,
      0,
    )
    .option(
      "--host <address>",
      say({ ja: "待ち受けるアドレス", en: "address to listen on" }),
      "127.0.0.1",
    )
    .option(
      "--control-host <name...>",
      say({
        ja: "ほかのPCにも、このホスト名で /_sim の利用を許す (省略時: このPCだけ)",
        en: "let other machines use /_sim, under this host name; otherwise only this machine may",
      }),
    )
    .option(
      "--cors-origin <origin...>",
      say({
        ja: "https://app.example のようなオリジンのページにサービスの利用を許す (省略時: 許さない)",
        en: "let pages of this origin use the service, such as https://app.example; otherwise none may",
      }),
    )
    .option(
      "--account <file>",
      say({
        ja: "アカウントのYAMLまたはJSONファイル (省略時: demo の1つ)",
        en: "YAML or JSON file with the accounts; otherwise there is one, demo",
      }),
    )
    .option(
      "--anonymous-uploads",
      say({
        ja: "汎用クライアントのため、だれにでも /v1/uploads へのアップロードを許す",
        en: "let anybody upload to /v1/uploads, for generic clients",
      }),
    )
    .option(
      "--upload-size-max <bytes>",
      say({
        ja: "アップロードできるファイルの最大の大きさ",
        en: "largest file an upload may carry",
      }),
      byteCount,
    )
    .option(
      "--upload-append-max <bytes>",
      say({ ja: "1回の追加で送れる最大の大きさ", en: "most that one append may carry" }),
      byteCount,
    )
    .option(
      "--upload-append-min <bytes>",
      say({ ja: "1回の追加で送れる最小の大きさ", en: "least that one append may carry" }),
      byteCount,
    )
    .option(
      "--tls-key <file>",
      say({ ja: "TLSで使う秘密鍵 (PEM)", en: "speak TLS with this private key (PEM)" }),
    )
    .option(
      "--tls-cert <file>",
      say({ ja: "TLSで使う証明書 (PEM)", en: "speak TLS with this certificate (PEM)" }),
    )
    .option(
      "--smtp-port <number>",
      say({
        ja: "平文とSTARTTLSのメールを受け取るポート。0は上と同じ",
        en: "take mails on this port, plain and by STARTTLS; 0 as above",
      }),
      port,
    )
    .option(
      "--smtps-port <number>",
      say({
        ja: "TLSのメールを受け取るポート。0は上と同じ",
        en: "take mails by TLS on this port; 0 as above",
      }),
      port,
    )
    .option(
      "--smtp-auth",
      say({
        ja: "メールサーバの利用者からのメールだけを受け取る",
        en: "take mails from users of the mail server alone",
      }),
    )
    .option(
      "--mail-size-max <bytes>",
      say({ ja: "受け取るメールの最大の大きさ", en: "largest mail that is taken" }),
      byteCount,
    )
    .option(
      "--memory-max <bytes>",
      say({
        ja: "ファイルと途中のアップロードが使うメモリの上限 (省略時: PCの半分)",
        en: "most that files and unfinished uploads may take; otherwise half of what the machine has",
      }),
      byteCount,
      defaultMemoryBytes(),
    )
    .option(
      "--data <folder>",
      say({
        ja: "ファイル、アカウント、途中のアップロードをこのフォルダに残す (省略時: メモリ内)",
        en: "keep files, accounts and unfinished uploads in this folder over restarts; otherwise in memory",
      }),
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
      message("service.append-limits", { min: uploadAppendMin, max: uploadAppendMax }),
    );
  }
  const { tlsKey, tlsCert } = flags;
  if ((tlsKey === undefined) !== (tlsCert === undefined)) {
    throw new CliError(message("service.tls-pair"));
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
    throw new CliError(message("input.unreadable", { file, why: reasonOf(error) }), error);
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
  if (!/^\d+$/.test(text) || value > 65_535) throw invalidArgument(message("usage.port"));
  return value;
}

function byteCount(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw invalidArgument(message("usage.byte-count"));
  return Number(text);
}
