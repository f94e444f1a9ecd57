import type { IncomingHttpHeaders } from "node:http";

import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import type { RequestBody } from "../http/request-body.ts";
import type { Reply } from "../http/reply.ts";
import type { ProblemError } from "../http/problem-error.ts";
import type { AccountStore } from "../stores/account-store.ts";
import type { CaptchaStore } from "../stores/captcha-store.ts";
import type { MemoryBudget } from "../stores/memory-budget.ts";
import type { LiveSession, SessionStore } from "../stores/session-store.ts";
import type { ListenerLink } from "../stores/listener-link.ts";
import type { StoreJournal } from "../stores/store-journal.ts";
import type { UploadStore } from "../stores/upload-store.ts";

/** What one upload may be, told to clients in `Upload-Limit`. */
export interface UploadLimits {
  /** Bytes. The largest file. */
  readonly sizeBytesMax: number;
  /** Bytes. The most one append may carry. */
  readonly appendBytesMax: number;
  /** Bytes. The least an append may carry that does not complete the upload; 0 for no limit. */
  readonly appendBytesMin: number;
}

/** What handlers work on: the stores and the service's settings, no HTTP. */
export interface ServiceState {
  readonly clock: { nowMs(): number };
  readonly entropy: { randomHex(byteCount: number): string };
  readonly version: string;
  readonly anonymousUploads: boolean;
  /** Entries that one page of a listing has at most. */
  readonly listingPageEntryCountMax: number;
  readonly uploadLimits: UploadLimits;
  /** Bytes. What `memory` has. */
  readonly memoryBytesMax: number;
  accounts: AccountStore;
  sessions: SessionStore;
  captchas: CaptchaStore;
  uploads: UploadStore;
  memory: MemoryBudget;
  /** Who hears of changes of these stores. */
  journal: ListenerLink<StoreJournal>;
}

/** One request, routed and admitted. */
export interface RequestContext {
  readonly operationId: OperationId;
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
  /** What stands for `{path}` or `{id}` in the template, percent-encoded. */
  readonly parameter: string;
  /** The raw query. */
  readonly query: string;
  readonly body: RequestBody;
  /** Handlers add the paths on the service that a request names, for the log; not those of a batch. */
  readonly namedPaths: string[];
  /** Present whenever the operation requires one. */
  readonly session: LiveSession | null;
  /** Sends a 104 interim response to a client that understands it; else does nothing. */
  readonly sendInterim: (fields: Readonly<Record<string, string>>) => void;
  /** Refuses one part of a batch in the place of the service, as a planned fault; null lets it be. */
  readonly refusePart: (path: string) => ProblemError | null;
}

/** Answers the requests of one operation. Throws `ProblemError` to refuse. */
export type Handler = (context: RequestContext, state: ServiceState) => Reply | Promise<Reply>;
