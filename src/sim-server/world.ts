import type { IncomingMessage, ServerResponse } from "node:http";

import { Activity } from "./kernel/activity.ts";
import { Driver } from "./kernel/driver.ts";
import { VirtualClock } from "./kernel/virtual-clock.ts";
import { SimDisk, type SimDiskOptions } from "./disk/sim-disk.ts";
import { startHttpProxy } from "./network/http-proxy.ts";
import { SeededRandom } from "./kernel/seeded-random.ts";
import { SimNetwork, type SimNetworkOptions } from "./network/sim-network.ts";
import type { MailAccount } from "./smtp/mail-account.ts";
import type { MailEvent } from "./smtp/mail-event.ts";
import type { MailGateSettings } from "./smtp/mail-gate.ts";
import { createMailServer, type MailServer } from "./smtp/mail-server.ts";
import { createHttpServer } from "./storage/http/http-server.ts";
import { DataFile } from "./storage/data/data-file.ts";
import { createStorageService, type StorageService } from "./storage/service/storage-service.ts";
import type { AccountSettings } from "./storage/stores/account-settings.ts";
import { Trace } from "./kernel/trace.ts";
import { SimMemory } from "./kernel/sim-memory.ts";

/** Chance, time and accounts of a world, and who is told what happens in it. */
export interface WorldOptions {
  /** Everything left to chance follows from it. */
  readonly seed: string | number;
  /** Wall-clock milliseconds since 1970 at which it begins. */
  readonly startMs: number;
  readonly accounts: readonly AccountSettings[];
  readonly disk?: Pick<
    SimDiskOptions,
    "paths" | "caseSensitive" | "formSensitive" | "readBytesMax" | "listedBackwards"
  >;
  /** Whether the service is reached by TLS. Default: no. */
  readonly secure?: boolean;
  /** Trace lines kept for reading; the hash covers all of them. Default: all. */
  readonly keepLines?: number;
  /** Entries that one page of a listing has at most. Default: the product's. */
  readonly listingPageEntryCountMax?: number;
  /** Bytes that contents, unfinished uploads and bodies on their way may take at the service. Default: no limit. */
  readonly serviceMemoryBytesMax?: number;
  /** Whether the service keeps what it knows, so that it can be started again. Default: no. */
  readonly keepsData?: boolean;
  /** Told what happens at the service, at that very moment. */
  readonly onService?: (event: ServiceEvent) => void;
  /** Told just before bytes arrive at one end of a connection. */
  readonly beforePassing?: NonNullable<SimNetworkOptions["beforePassing"]>;
  /** Who may log in to the mail server, whose size limit in bytes is 10 MiB by default. */
  readonly mail?: {
    readonly accounts?: readonly MailAccount[];
    readonly sizeBytesMax?: number;
    /** Bytes that all mails together may take. Default: 256 MiB. */
    readonly mailboxBytesMax?: number;
  };
  /** Told what happens at the mail server, at that very moment. */
  readonly onMail?: (event: MailEvent) => void;
  /** Bytes of memory the process holds when nothing is wrong. Default: 64 MiB. */
  readonly memoryBytes?: number;
}

/** A request has arrived, and is not yet looked at; or its answer has been handed over. */
export type ServiceEvent =
  | { readonly kind: "request"; readonly method: string; readonly target: string }
  | {
      readonly kind: "answer";
      readonly method: string;
      readonly target: string;
      readonly status: number;
    };

/** Most of something that was seen at once. */
export interface ServicePeaks {
  readonly requestsInFlight: number;
  readonly requestBytesInFlight: number;
}

/** Hexadecimal digits of a session token; the names of uploads, which are no secrets, are shorter. */
const TOKEN_DIGIT_COUNT = 64;

/** The name under which the service is reached in every world. */
const SERVICE_HOST = "backup.example";

/** Another name of the same service; who is logged in at one has no business at the other. */
const OTHER_SERVICE_HOST = "second.example";

/** The name under which the mail server is reached in every world. */
export const MAIL_HOST = "smtp.example";

/** An HTTP proxy in every world; nobody goes there unasked. */
const PROXY: { readonly host: string; readonly port: number } = {
  host: "proxy.example",
  port: 3128,
};

/** The ports of the mail server, as providers have them. */
const MAIL_PORTS: readonly (readonly [port: number, settings: MailGateSettings])[] = [
  [25, { security: "starttls" }],
  [465, { security: "tls", authRequired: true }],
  [587, { security: "starttls", authRequired: true, insecureAuth: false }],
];

/**
 * One world: a clock, a network, the PC's disk and memory, the storage service and a mail server,
 * wired together and all following one seed. It knows nothing of who lives in it. One world at a time in a process,
 * because its clock is the process's; dispose of it before the next.
 */
export class World implements Disposable {
  readonly clock: VirtualClock;
  readonly activity: Activity = new Activity();
  readonly driver: Driver;
  readonly trace: Trace;
  readonly network: SimNetwork;
  readonly disk: SimDisk;
  readonly memory: SimMemory;
  readonly service: StorageService;
  /** At `MAIL_HOST`: port 25 for everybody, 587 (STARTTLS) and 465 (TLS) for users. */
  readonly mail: MailServer;
  /** `http://host` or `https://host`. */
  readonly serviceUrl: string;
  /** The same service by its other name. */
  readonly otherServiceUrl: string;
  readonly #seed: SeededRandom;
  readonly #onService: (event: ServiceEvent) => void;
  readonly #tokens: string[] = [];
  readonly #data: DataFile | undefined;
  #requestsInFlight = 0;
  #requestBytesInFlight = 0;
  #peaks: ServicePeaks = { requestsInFlight: 0, requestBytesInFlight: 0 };

  constructor(options: WorldOptions) {
    const { seed, startMs, accounts, secure = false } = options;
    this.clock = VirtualClock.install(startMs);
    const clock = this.clock;
    const nowMs = (): number => clock.nowMs();
    const { keepLines } = options;
    this.trace = new Trace({
      nowMs,
      secrets: [...accounts, ...(options.mail?.accounts ?? [])].map(({ password }) => password),
      ...(keepLines === undefined ? {} : { keepLines }),
    });
    const { trace, activity } = this;
    this.driver = new Driver(clock, activity);
    this.#seed = new SeededRandom(seed);
    this.#onService = options.onService ?? (() => undefined);
    this.memory = new SimMemory(options.memoryBytes);
    this.network = new SimNetwork({
      timers: clock,
      activity,
      ...(options.beforePassing && { beforePassing: options.beforePassing }),
      observe: ({ kind, place, detail }) => trace.add("network", kind, `${place} ${detail}`),
    });
    this.disk = new SimDisk({
      timers: clock,
      activity,
      nowMs,
      ...options.disk,
      observe: ({ operation, path, outcome }) => trace.add("disk", operation, `${path} ${outcome}`),
    });
    const random = this.entropy("service");
    // Whoever sets the clock of the PC sets no other.
    const otherClock = { nowMs: (): number => startMs + clock.elapsedMs() };
    this.#data = options.keepsData === true ? new DataFile(":memory:") : undefined;
    this.service = createStorageService({
      ...(this.#data !== undefined && { data: this.#data }),
      clock: otherClock,
      entropy: { randomHex: (byteCount) => this.#noteToken(random.hex(byteCount)) },
      accounts,
      ...(options.serviceMemoryBytesMax !== undefined && {
        memoryBytesMax: options.serviceMemoryBytesMax,
      }),
      ...(options.listingPageEntryCountMax !== undefined && {
        listingPageEntryCountMax: options.listingPageEntryCountMax,
      }),
    });
    const server = createHttpServer((request, response) => this.#serve(request, response));
    const port = secure ? 443 : 80;
    for (const host of [SERVICE_HOST, OTHER_SERVICE_HOST]) {
      this.network.listen({ host, port, secure }, (socket) => {
        server.emit("connection", socket);
      });
    }
    this.mail = createMailServer({
      ...options.mail,
      clock: otherClock,
      timers: clock,
      host: MAIL_HOST,
      observe: (event) => {
        const { connection, kind, detail } = event;
        trace.add("mail", kind, `${connection} ${detail}`);
        options.onMail?.(event);
      },
    });
    for (const [mailPort, settings] of MAIL_PORTS) {
      const gate = this.mail.gate(settings);
      const either = settings.security === "tls" ? "either" : false;
      this.network.listen(
        { host: MAIL_HOST, port: mailPort, secure: either, allowHalfOpen: false },
        (socket) => gate.accept(socket),
      );
    }
    startHttpProxy(this.network, PROXY);
    const scheme = secure ? "https" : "http";
    this.serviceUrl = `${scheme}://${SERVICE_HOST}`;
    this.otherServiceUrl = `${scheme}://${OTHER_SERVICE_HOST}`;
  }

  /** An independent stream of chance; the same label gives the same stream. */
  entropy(label: string): SeededRandom {
    return this.#seed.fork(label);
  }

  /** The most requests, and bytes of their bodies, that were under way at once. */
  get peaks(): ServicePeaks {
    return this.#peaks;
  }

  /** The session tokens that the service gave out, which nobody may show. */
  get tokens(): readonly string[] {
    return this.#tokens;
  }

  /**
   * The service ends and is started again on what it kept: whoever is connected sees a reset. Resolves to what is
   * wrong with its data, with which it goes on as it was; undefined when nothing is.
   */
  async restartService(): Promise<string | undefined> {
    await this.service.settled();
    this.trace.add("service", "restart", SERVICE_HOST);
    this.network.cut(SERVICE_HOST);
    try {
      this.service.restart();
      return undefined;
    } catch (error) {
      return error instanceof Error ? error.message : String(error);
    }
  }

  /** Gives the process its own time back, and keeps nothing in it. */
  [Symbol.dispose](): void {
    this.network.end();
    void this.#data?.close();
    this.clock.uninstall();
  }

  #noteToken(text: string): string {
    if (text.length >= TOKEN_DIGIT_COUNT) {
      this.#tokens.push(text);
      this.trace.addSecret(text);
    }
    return text;
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const method = request.method ?? "";
    const target = (request.url ?? "").split("?")[0] ?? "";
    const bodyBytes = Number(request.headers["content-length"] ?? 0);
    this.#requestsInFlight += 1;
    this.#requestBytesInFlight += bodyBytes;
    this.#peaks = {
      requestsInFlight: Math.max(this.#peaks.requestsInFlight, this.#requestsInFlight),
      requestBytesInFlight: Math.max(this.#peaks.requestBytesInFlight, this.#requestBytesInFlight),
    };
    this.trace.add("service", "request", `${method} ${target} ${bodyBytes}`);
    this.#onService({ kind: "request", method, target });
    response.once("close", () => {
      this.#requestsInFlight -= 1;
      this.#requestBytesInFlight -= bodyBytes;
    });
    response.once("finish", () => {
      const status = response.statusCode;
      this.trace.add("service", "answer", `${method} ${target} ${status}`);
      this.#onService({ kind: "answer", method, target, status });
    });
    this.service.listener(request, response);
  }
}
