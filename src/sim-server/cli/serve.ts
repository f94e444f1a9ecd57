import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import express from "express";

import { createControlApp } from "../control/control-app.ts";
import { DEFAULT_MAIL_ACCOUNT, type MailAccount } from "../smtp/mail-account.ts";
import type { ListeningGate } from "../smtp/mail-gate.ts";
import { createMailServer, type MailServer } from "../smtp/mail-server.ts";
import { allowOrigins } from "../storage/http/allow-origins.ts";
import { createHttpServer, type TlsIdentity } from "../storage/http/http-server.ts";
import { openDataFolder } from "../storage/data/open-data-folder.ts";
import {
  createStorageService,
  type StorageService,
  type StorageServiceOptions,
} from "../storage/service/storage-service.ts";
import type { AccountSettings } from "../storage/stores/account-settings.ts";
import { DEFAULT_ACCOUNT } from "./read-accounts.ts";

/**
 * Milliseconds. A connection on which nothing comes or goes for so long is ended: longer than anybody may
 * wait for mails, and than any planned silence that a client should sit out.
 */
const SILENCE_MS_MAX = 900_000;

/** How a service is put on a real port; every member has a default. */
export interface ServeOptions extends Partial<
  Omit<StorageServiceOptions, "clock" | "entropy" | "accounts" | "data">
> {
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string;
  /** Names under which other machines may use the control interface. Default: none may. */
  readonly controlHosts?: readonly string[];
  /** Origins whose pages may use the service, not its control interface. Default: none. */
  readonly corsOrigins?: readonly string[];
  /** Folder in which everything is kept over restarts. Default: in memory alone. */
  readonly dataFolder?: string;
  /** Default: one, `demo`. Those that the data folder has already stay as they are there. */
  readonly accounts?: readonly [AccountSettings, ...AccountSettings[]];
  /** Speaks TLS, and shows this certificate for mail too. Default: plain HTTP, and fixtures for mail. */
  readonly tls?: TlsIdentity;
  /** The mail server. Default: on no port. */
  readonly mail?: ServeMailOptions;
}

/** How the mail server is put on real ports. */
interface ServeMailOptions {
  /** Plain, with STARTTLS on offer; 0 is any that is free. Default: not at all. */
  readonly smtpPort?: number | undefined;
  /** TLS from the first byte. Default: not at all. */
  readonly smtpsPort?: number | undefined;
  /** Whether mails are taken from users alone. Default: no. */
  readonly authRequired?: boolean;
  /** Default: one, `demo@mail.example`. */
  readonly accounts?: readonly MailAccount[];
  /** Default: 10 MiB. */
  readonly sizeBytesMax?: number | undefined;
}

/** Where the mail server listens. */
interface RunningMail {
  readonly host: string;
  /** Null where it does not listen. */
  readonly smtpPort: number | null;
  readonly smtpsPort: number | null;
  /** The first account, with its password. */
  readonly account: MailAccount;
}

/** A service on a real port. */
export interface RunningService {
  /** Where the service is, without a slash at the end. */
  readonly url: string;
  /** Where the control interface is. */
  readonly controlUrl: string;
  readonly openApiUrl: string;
  /** The first account, with its password. */
  readonly account: AccountSettings;
  readonly service: StorageService;
  /** Null when it was put on no port. */
  readonly mail: RunningMail | null;
  readonly mailServer: MailServer;
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}

/**
 * Starts a storage service with its control interface on a real port, and the mail server where asked
 * for, on real time and real chance. Rejects with Node's own error when a port cannot be had.
 */
export async function serve(options: ServeOptions = {}): Promise<RunningService> {
  const {
    port = 0,
    host = "127.0.0.1",
    accounts = [DEFAULT_ACCOUNT],
    tls,
    mail = {},
    controlHosts = [],
    corsOrigins = [],
    dataFolder,
    ...rest
  } = options;
  const clock = { nowMs: (): number => Date.now() };
  const data = dataFolder === undefined ? undefined : openDataFolder(dataFolder);
  const service = createStorageService({
    ...rest,
    ...(data && { data }),
    accounts,
    clock,
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
  });
  const { accounts: mailAccounts = [DEFAULT_MAIL_ACCOUNT], sizeBytesMax } = mail;
  const mailServer = createMailServer({
    clock,
    accounts: mailAccounts,
    ...(tls === undefined ? {} : { tls }),
    ...(sizeBytesMax === undefined ? {} : { sizeBytesMax }),
  });
  const app = express();
  app.disable("x-powered-by");
  app.use("/_sim", createControlApp(service, mailServer, { host, remoteHosts: controlHosts }));
  if (corsOrigins.length > 0) app.use(allowOrigins(corsOrigins));
  app.use(service.listener);
  const server = createHttpServer(app, tls);
  server.setTimeout(SILENCE_MS_MAX);
  const gates: ListeningGate[] = [];
  const close = async (): Promise<void> => {
    const closed = server.listening ? once(server, "close") : undefined;
    server.close();
    server.closeAllConnections();
    await Promise.all([closed, ...gates.map((gate) => gate.close())]);
    await data?.close();
  };
  const listenForMail = async (
    gatePort: number | undefined,
    security: "starttls" | "tls",
  ): Promise<number | null> => {
    if (gatePort === undefined) return null;
    const gate = mailServer.gate({ security, authRequired: mail.authRequired ?? false });
    const listening = await gate.listen(gatePort, host);
    gates.push(listening);
    return listening.port;
  };
  try {
    await service.settled();
    server.listen(port, host);
    await once(server, "listening");
    const address = server.address() as AddressInfo;
    const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
    const url = `${tls === undefined ? "http" : "https"}://${name}:${address.port}`;
    const smtpPort = await listenForMail(mail.smtpPort, "starttls");
    const smtpsPort = await listenForMail(mail.smtpsPort, "tls");
    const account = mailAccounts[0] ?? DEFAULT_MAIL_ACCOUNT;
    return {
      url,
      controlUrl: `${url}/_sim`,
      openApiUrl: `${url}/v1/openapi.json`,
      account: accounts[0],
      service,
      mail: smtpPort === null && smtpsPort === null ? null : { host, smtpPort, smtpsPort, account },
      mailServer,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
