import { randomBytes } from "node:crypto";
import { once } from "node:events";
import type { AddressInfo } from "node:net";

import express from "express";

import { createControlApp } from "../control/control-app.ts";
import { createHttpServer, type TlsIdentity } from "../storage/http-server.ts";
import {
  createStorageService,
  type StorageService,
  type StorageServiceOptions,
} from "../storage/storage-service.ts";
import type { AccountSettings } from "../storage/stores/account-settings.ts";
import { DEFAULT_ACCOUNT } from "./read-accounts.ts";

/** How a service is put on a real port; every member has a default. */
export interface ServeOptions extends Partial<
  Omit<StorageServiceOptions, "clock" | "entropy" | "accounts">
> {
  /** Default 0: any that is free. */
  readonly port?: number;
  /** Default 127.0.0.1: this machine only. */
  readonly host?: string;
  /** Default: one, `demo`. */
  readonly accounts?: readonly [AccountSettings, ...AccountSettings[]];
  /** Speaks TLS. Default: plain HTTP. */
  readonly tls?: TlsIdentity;
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
  /** Stops listening and closes every connection. */
  close(): Promise<void>;
}

/**
 * Starts a storage service with its control interface on a real port, on real time and real chance.
 * Rejects with Node's own error when the port cannot be had.
 */
export async function serve(options: ServeOptions = {}): Promise<RunningService> {
  const { port = 0, host = "127.0.0.1", accounts = [DEFAULT_ACCOUNT], tls, ...rest } = options;
  const service = createStorageService({
    ...rest,
    accounts,
    clock: { nowMs: () => Date.now() },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
  });
  const app = express();
  app.disable("x-powered-by");
  app.use("/_sim", createControlApp(service));
  app.use(service.app);
  const server = createHttpServer(app, tls);
  server.listen(port, host);
  await once(server, "listening");
  const address = server.address() as AddressInfo;
  const name = address.family === "IPv6" ? `[${address.address}]` : address.address;
  const url = `${tls === undefined ? "http" : "https"}://${name}:${address.port}`;
  return {
    url,
    controlUrl: `${url}/_sim`,
    openApiUrl: `${url}/v1/openapi.json`,
    account: accounts[0],
    service,
    close: async () => {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}
