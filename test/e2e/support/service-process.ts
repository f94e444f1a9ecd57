import { createInterface } from "node:readline";

import { z } from "zod";

import type { StorageFault } from "../../../src/sim-server/faults/storage-fault.ts";
import type { LoggedRequest } from "../../../src/sim-server/storage/service/request-log.ts";
import { startCommand } from "./own-command.ts";

const readyLineSchema = z.looseObject({
  /** Where the service is. */
  service: z.url(),
  /** Where its control interface is. */
  control: z.url(),
  account: z.looseObject({ loginId: z.string(), password: z.string() }),
  /** The mail server and its user; null unless it was asked for. */
  mail: z
    .looseObject({
      host: z.string(),
      smtpPort: z.int().nullable(),
      account: z.looseObject({ user: z.string(), password: z.string() }),
    })
    .nullable()
    .optional(),
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
  /** The mails the mail server took, once there are so many or `waitSeconds` are over. */
  mails(count: number, waitSeconds: number): Promise<readonly ReceivedMail[]>;
  throwMailsAway(): Promise<void>;
}

/** A mail as the mail server has it. */
interface ReceivedMail {
  readonly subject: string;
  readonly text: string;
  readonly tls: boolean;
  readonly recipients: readonly string[];
}

/** Starts a service on a free port, `options` besides, and waits until it listens. */
export async function startService(options: readonly string[] = []): Promise<ServiceProcess> {
  const running = startCommand("azukeru-sim", ["serve", "--port", "0", ...options]);
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
    async mails(count, waitSeconds) {
      const query = `mails?count=${count}&wait=${waitSeconds}`;
      return ((await control("GET", query)) as { mails: ReceivedMail[] }).mails;
    },
    async throwMailsAway() {
      await control("DELETE", "mails");
    },
    [Symbol.asyncDispose]: () => running.kill(),
  };
}
