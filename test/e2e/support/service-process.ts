import { createInterface } from "node:readline";

import { z } from "zod";

import type { StorageFault } from "../../../src/sim-server/storage/faults/storage-fault.ts";
import type { LoggedRequest } from "../../../src/sim-server/storage/request-log.ts";
import { startCommand } from "./own-command.ts";

const readyLineSchema = z.looseObject({
  /** Where the service is. */
  service: z.url(),
  /** Where its control interface is. */
  control: z.url(),
  account: z.looseObject({ loginId: z.string(), password: z.string() }),
});

/** Where a service listens, and who may log in there. */
export type ServiceAccess = z.infer<typeof readyLineSchema>;

/** `azukeru-sim serve` in a process of its own; killed at the end of its scope. */
export interface ServiceProcess extends AsyncDisposable {
  readonly pid: number;
  readonly access: ServiceAccess;
  /** Every request whose number is greater than `number`, oldest first. */
  requestsAfter(number: number): Promise<readonly LoggedRequest[]>;
  inject(fault: StorageFault): Promise<void>;
  clearFaults(): Promise<void>;
}

/** Starts a service on a free port and waits until it listens. */
export async function startService(): Promise<ServiceProcess> {
  const running = startCommand("azukeru-sim", ["serve", "--port", "0"]);
  const { stdout, pid } = running.process;
  if (stdout === null || pid === undefined) throw new Error("azukeru-sim serve did not start");
  const firstLine = new Promise<string>((resolve) => {
    createInterface({ input: stdout }).once("line", resolve);
  });
  const early = running.ended.then(({ exitCode, stderr }) => {
    throw new Error(`azukeru-sim serve ended with ${exitCode} before it listened:\n${stderr}`);
  });
  const access = readyLineSchema.parse(JSON.parse(await Promise.race([firstLine, early])));
  early.catch(() => undefined);
  const control = async (method: string, path: string, body?: unknown): Promise<unknown> => {
    const response = await fetch(`${access.control}/${path}`, {
      method,
      ...(body === undefined
        ? {}
        : { headers: { "content-type": "application/json" }, body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text === "" ? undefined : JSON.parse(text);
  };
  return {
    pid,
    access,
    async requestsAfter(number) {
      const { requests } = (await control("GET", "requests")) as { requests: LoggedRequest[] };
      return requests.filter((one) => one.number > number);
    },
    async inject(fault) {
      await control("POST", "faults", fault);
    },
    async clearFaults() {
      await control("DELETE", "faults");
    },
    [Symbol.asyncDispose]: () => running.kill(),
  };
}
