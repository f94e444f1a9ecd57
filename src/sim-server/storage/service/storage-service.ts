import type { RequestListener, Server } from "node:http";

import { LIMITS } from "../../../protocol/limits.ts";
import { Explorer } from "./explorer.ts";
import { StorageFaultPlan } from "../faults/storage-fault-plan.ts";
import { createHttpServer } from "../http/http-server.ts";
import type { ServiceState, UploadLimits } from "../handlers/request-context.ts";
import { RequestPipeline } from "./request-pipeline.ts";
import { createRoutes } from "./routes.ts";
import { RequestLog } from "./request-log.ts";
import {
  emptyStores,
  restoreStores,
  StoresBuilder,
  type Stores,
} from "../snapshot/restore-snapshot.ts";
import type { SnapshotRecord } from "../snapshot/snapshot-record.ts";
import type { StorageSnapshot } from "../snapshot/storage-snapshot.ts";
import type { ServiceData } from "../data/service-data.ts";
import type { AccountSettings } from "../stores/account-settings.ts";
import type { Captcha } from "../stores/captcha-store.ts";
import type { AccountStore } from "../stores/account-store.ts";
import { takeRecords, takeSnapshot } from "../snapshot/take-snapshot.ts";

/** Time and chance come in here, so that equal runs give equal bytes; the rest is how a service is set up. */
export interface StorageServiceOptions {
  /** Wall-clock milliseconds since 1970, UTC. */
  readonly clock: { nowMs(): number };
  /** Lower-case hexadecimal digits of so many bytes: tokens and upload ids. Unpredictable for real use. */
  readonly entropy: { randomHex(byteCount: number): string };
  /** Accounts to begin with; `reset` goes back to them. Default: none. */
  readonly accounts?: readonly AccountSettings[];
  /** Lets anybody upload without session, path and digest, for generic clients. Default false. */
  readonly anonymousUploads?: boolean;
  /** Default: the product's (`LIMITS`), and no least size. */
  readonly uploadLimits?: Partial<UploadLimits>;
  /** Entries that one page of a listing has at most. Default: `LIMITS.listingPageEntryCountMax`. */
  readonly listingPageEntryCountMax?: number;
  /** Checks every answer against the contract; one outside it becomes a 500. Default false. */
  readonly checkContract?: boolean;
  /** Bytes of files, unfinished uploads and bodies on their way, together. Default: no limit. */
  readonly memoryBytesMax?: number;
  /** Where what the service knows is kept over restarts. Default: nowhere. */
  readonly data?: ServiceData;
  /** How many requests the log keeps at least. Default 10,000. */
  readonly requestLogEntryCountMax?: number;
  /** What `healthz` and the OpenAPI document call the service. Default "0". */
  readonly version?: string;
}

/** What took place inside the service and should not have; the client got a 500. */
const INTERNAL_ERROR_COUNT_MAX = 100;

/**
 * The storage service of the product, simulated in memory. What it can do to a client: answer as the
 * contract says, refuse, end sessions, and whatever is planned in `faults`. What a correct client must
 * survive: all of it; above all an answer that does not come although the work was done, and one whose
 * bytes or digests are wrong. What it never does without a planned fault: lose or change what it
 * acknowledged, take part of a file, exceed a capacity, answer outside the contract. What it does not
 * model: the service's own latency, its sync folders and mails, and several machines behind one name.
 */
export interface StorageService {
  /** Answers every request it is given, by an Express application; never throws. */
  readonly listener: RequestListener;
  /** A server with the listener, not listening: for `listen` or `emit("connection", duplex)`. */
  createServer(): Server;
  /** Planned faults. */
  readonly faults: StorageFaultPlan;
  /** The accounts as they are now. */
  readonly accounts: AccountStore;
  /** Makes the sessions of an account expire, as if they had idled out. */
  expireSessions(loginId: string): void;
  /** The CAPTCHAs that can be answered at this moment, with the answers; for tests alone. */
  captchas(): readonly Captcha[];
  /** As a login with a wrong password from elsewhere does: counts, unless a CAPTCHA is asked for first. */
  giveWrongPassword(loginId: string): void;
  /** Acts on, and looks at, what an account has on the service, without HTTP. */
  explorer(loginId: string): Explorer;
  readonly requestLog: RequestLog;
  /** Errors of the service itself; empty as long as it is right. At most the last 100. */
  readonly internalErrors: readonly unknown[];
  /** Everything the service knows, as plain JSON. It holds secrets. */
  snapshot(): StorageSnapshot;
  /** Puts the service into the state of a snapshot; throws and changes nothing when it is none. */
  restore(snapshot: unknown): void;
  /** Everything the service knows at this moment; what it does while they are read is not in them. */
  records(): Iterable<SnapshotRecord>;
  /** Puts the service into the state of records; rejects and changes nothing when they are none. */
  restoreRecords(records: AsyncIterable<SnapshotRecord> | Iterable<SnapshotRecord>): Promise<void>;
  /** Bytes of contents and unfinished uploads. */
  readonly memoryUsedBytes: number;
  /**
   * Resolves when everything that was done so far is kept; rejects with a `ProblemError` when it cannot
   * be. At once for a service that keeps nothing.
   */
  settled(): Promise<void>;
  /**
   * Ends and starts again on its data, as another process would find it: sessions, files and uploads are there,
   * open CAPTCHAs are not. Faults and the request log belong to who planned them and stay. Nothing may be under way.
   * Throws an Error, and goes on as it was, where the data cannot be used or it keeps none.
   */
  restart(): void;
  /** Back to the beginning: the accounts of the options, no files, faults, sessions or log. */
  reset(): void;
}

/**
 * Creates a storage service. Cheap: no I/O but that of its `data`, no timers, nothing to close. Accounts
 * that its data has already are left as they are there.
 */
export function createStorageService(options: StorageServiceOptions): StorageService {
  const { clock, entropy, data } = options;
  const faults = new StorageFaultPlan();
  const log = new RequestLog(options.requestLogEntryCountMax ?? 10_000);
  const internalErrors: unknown[] = [];
  const settings = {
    clock,
    entropy,
    memoryBytesMax: options.memoryBytesMax ?? Number.POSITIVE_INFINITY,
  };
  const state: ServiceState = {
    ...settings,
    entropy,
    version: options.version ?? "0",
    anonymousUploads: options.anonymousUploads ?? false,
    listingPageEntryCountMax: options.listingPageEntryCountMax ?? LIMITS.listingPageEntryCountMax,
    uploadLimits: {
      sizeBytesMax: LIMITS.fileBytesMax,
      appendBytesMax: LIMITS.uploadAppendBytesMax,
      appendBytesMin: 0,
      ...options.uploadLimits,
    },
    ...(data?.load(settings) ?? emptyStores(settings)),
  };
  data?.attach(state);
  state.journal.to = data;
  /** Makes other stores those of the service. */
  const adopt = (stores: Stores): void => {
    state.journal.to = undefined;
    Object.assign(state, stores);
    state.journal.to = data;
    data?.replaceAll();
  };
  const addAccounts = (): void => {
    const known = new Set(state.accounts.all().map(({ loginId }) => loginId));
    for (const account of options.accounts ?? []) {
      if (!known.has(account.loginId)) state.accounts.add(account);
    }
  };
  addAccounts();
  const onInternalError = (error: unknown): void => {
    if (internalErrors.push(error) > INTERNAL_ERROR_COUNT_MAX) internalErrors.shift();
  };
  const pipeline = new RequestPipeline({
    state,
    faults,
    log,
    data,
    checkContract: options.checkContract ?? false,
    onInternalError,
  });
  const listener = createRoutes({
    answer: (request, response, routed) => pipeline.answer(request, response, routed),
    onInternalError,
  });

  return {
    listener,
    createServer: () => createHttpServer(listener),
    faults,
    get accounts() {
      return state.accounts;
    },
    expireSessions: (loginId) => state.sessions.expireAll(loginId),
    captchas: () => state.captchas.open(),
    giveWrongPassword: (loginId) => {
      if (!state.captchas.isRequired(loginId)) state.captchas.noteWrongPassword(loginId);
    },
    explorer: (loginId) => new Explorer(() => state.accounts, loginId, clock),
    requestLog: log,
    internalErrors,
    snapshot: () => takeSnapshot(state),
    restore: (snapshot) => {
      adopt(restoreStores(snapshot, settings));
    },
    records: () => takeRecords(state),
    restoreRecords: async (records) => {
      const builder = new StoresBuilder(settings);
      for await (const record of records) builder.add(record);
      adopt(builder.finish());
    },
    get memoryUsedBytes() {
      return state.memory.usedBytes;
    },
    settled: async () => data?.settle(),
    restart: () => {
      data?.reopen();
      const stores = data?.load(settings);
      if (stores === undefined) throw new Error("there is nothing to start from");
      state.journal.to = undefined;
      Object.assign(state, stores);
      state.journal.to = data;
    },
    reset: () => {
      adopt(emptyStores(settings));
      addAccounts();
      faults.clear();
      log.clear();
      internalErrors.length = 0;
    },
  };
}
