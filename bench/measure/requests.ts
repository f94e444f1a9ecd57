import { hash, randomBytes } from "node:crypto";
import { Agent, request } from "node:http";
import type { Duplex } from "node:stream";

import { formatDigestHeader } from "../../src/protocol/digest-header.ts";
import { HEADERS } from "../../src/protocol/http/headers.ts";
import { sessionSchema } from "../../src/protocol/http/schemas.ts";
import {
  encodeServicePath,
  MANUAL_BACKUP_FOLDER,
  SECURITY_AREA,
} from "../../src/protocol/service-path.ts";
import { Activity } from "../../src/sim-server/kernel/activity.ts";
import { globalTimers } from "../../src/sim-server/kernel/timers.ts";
import { SimNetwork } from "../../src/sim-server/network/sim-network.ts";
import { createStorageService } from "../../src/sim-server/storage/service/storage-service.ts";
import { startService, type ServiceAccess } from "../../test/e2e/support/service-process.ts";
import { ownTool, printFigure, say } from "../support/figure.ts";

const CONTENT_BYTES = 1024;
const CONCURRENCIES = [1, 8] as const;
const WARM_UP_COUNT = 500;

/** A way to a service, by loopback or through memory. */
interface Reach {
  readonly access: Pick<ServiceAccess, "service" | "account">;
  /** Opens a connection; undefined for Node's own. */
  readonly createConnection: (() => Duplex) | undefined;
}

/** PUT and GET of 1 KiB a second: over loopback with the service in its own process, and in memory. */
export async function measureRequests(requestCount: number, runCount: number): Promise<void> {
  {
    await using service = await startService();
    const reach: Reach = { access: service.access, createConnection: undefined };
    await measureWay("loopback", reach, requestCount, runCount);
  }
  await measureWay("memory", inMemory(), requestCount, runCount);
}

async function measureWay(
  way: string,
  reach: Reach,
  requestCount: number,
  runCount: number,
): Promise<void> {
  for (const concurrency of CONCURRENCIES) {
    const client = new Client(reach, concurrency);
    await client.logIn();
    await client.putMany(WARM_UP_COUNT, "warm-up");
    await client.getMany(WARM_UP_COUNT, "warm-up");
    const puts: number[] = [];
    const gets: number[] = [];
    for (let run = 0; run < runCount; run += 1) {
      say(`requests: ${way}, ${concurrency} at once, run ${run + 1} of ${runCount}`);
      const folder = `c${concurrency}-run${run}`;
      puts.push(requestCount / (await client.putMany(requestCount, folder)));
      gets.push(requestCount / (await client.getMany(requestCount, folder)));
    }
    client.close();
    const details = { concurrency, requestCount, contentBytes: CONTENT_BYTES };
    const figure = { tool: ownTool("azukeru-sim"), unit: "requests/s", details };
    printFigure({ ...figure, name: `put-1kib-${way}-c${concurrency}`, values: puts });
    printFigure({ ...figure, name: `get-1kib-${way}-c${concurrency}`, values: gets });
  }
}

/** The same service behind in-memory sockets, which the scenarios use, in real time. */
function inMemory(): Reach {
  const account = { loginId: "bench", password: randomBytes(8).toString("hex") };
  const service = createStorageService({
    clock: { nowMs: () => Date.now() },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [account],
  });
  const server = service.createServer();
  const network = new SimNetwork({ timers: globalTimers, activity: new Activity() });
  const place = { host: "service.bench", port: 80 };
  network.listen(place, (socket) => server.emit("connection", socket));
  return {
    access: { service: `http://${place.host}`, account },
    createConnection: () => network.dial({ ...place, secure: false }),
  };
}

/** Sends so many requests at once over kept connections. */
class Client {
  readonly #access: Reach["access"];
  readonly #agent: Agent;
  readonly #concurrency: number;
  #token = "";

  constructor({ access, createConnection }: Reach, concurrency: number) {
    this.#access = access;
    this.#concurrency = concurrency;
    this.#agent = new Agent({ keepAlive: true, maxSockets: concurrency });
    if (createConnection !== undefined) Object.assign(this.#agent, { createConnection });
  }

  async logIn(): Promise<void> {
    const { loginId, password } = this.#access.account;
    const body = Buffer.from(JSON.stringify({ loginId, password, deviceName: "bench" }));
    const headers = { "content-type": "application/json" };
    const answer = await this.#send({ method: "POST", path: "/v1/sessions", headers, body });
    this.#token = sessionSchema.parse(JSON.parse(answer.toString("utf8"))).token;
  }

  /** Puts new files of different bytes; resolves to the seconds it took. */
  putMany(count: number, folder: string): Promise<number> {
    const content = randomBytes(CONTENT_BYTES);
    return this.#many(count, (index) => {
      content.writeUInt32LE(index);
      return {
        method: "PUT",
        path: pathOf(folder, index),
        headers: {
          "content-type": "application/octet-stream",
          [HEADERS.reprDigest]: formatDigestHeader(hash("sha256", content, "hex")),
          [HEADERS.modifiedAtNs]: "0",
        },
        body: Buffer.from(content),
      };
    });
  }

  getMany(count: number, folder: string): Promise<number> {
    return this.#many(count, (index) => ({ method: "GET", path: pathOf(folder, index) }));
  }

  close(): void {
    this.#agent.destroy();
  }

  async #many(count: number, make: (index: number) => ClientRequest): Promise<number> {
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count) {
        const index = next;
        next += 1;
        await this.#send(make(index));
      }
    };
    const startedAtMs = performance.now();
    await Promise.all(Array.from({ length: this.#concurrency }, work));
    return (performance.now() - startedAtMs) / 1000;
  }

  #send({ method, path, headers, body }: ClientRequest): Promise<Buffer> {
    return new Promise((resolve, reject) => {
      const outgoing = request(this.#access.service + path, {
        agent: this.#agent,
        method,
        headers: {
          ...(this.#token === "" ? {} : { authorization: `Bearer ${this.#token}` }),
          ...headers,
          ...(body === undefined ? {} : { "content-length": body.length }),
        },
      });
      outgoing.on("error", reject);
      outgoing.on("response", (incoming) => {
        const pieces: Buffer[] = [];
        incoming.on("data", (piece: Buffer) => pieces.push(piece));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const answer = Buffer.concat(pieces);
          const status = incoming.statusCode ?? 0;
          if (status < 300) resolve(answer);
          else reject(new Error(`${method} ${path}: ${status} ${answer.toString("utf8")}`));
        });
      });
      outgoing.end(body);
    });
  }
}

interface ClientRequest {
  readonly method: string;
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
}

function pathOf(folder: string, index: number): string {
  const path = [SECURITY_AREA, MANUAL_BACKUP_FOLDER, folder, `file-${index}.bin`];
  return `/v1/files/${encodeServicePath(path)}`;
}
