import { createHash, type Hash } from "node:crypto";

import { message } from "../../../messages/message.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import type { Preconditions } from "../http/preconditions.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { Account } from "./account-store.ts";
import type { MemoryBudget } from "./memory-budget.ts";
import type { ListenerLink } from "./listener-link.ts";

/** Where an upload's file goes once it is complete. Anonymous uploads go nowhere. */
export interface UploadTarget {
  readonly account: Account;
  readonly path: ServicePath;
  readonly modifiedAtNs: string;
  readonly mode: string | undefined;
  readonly preconditions: Preconditions;
}

/** What an upload is created with. */
export interface UploadSettings {
  readonly id: string;
  readonly target: UploadTarget | null;
  /** Of the whole file, lower-case hexadecimal; null when it was not said yet. */
  readonly sha256: string | null;
  /** Size of the whole file in bytes; null when it was not said yet. */
  readonly lengthBytes: number | null;
  readonly nowMs: number;
  /** Where its bytes are taken from. */
  readonly memory: MemoryBudget;
  readonly journal?: ListenerLink<UploadListener> | undefined;
  /** How many bytes it had before it let them go. Default: none. */
  readonly offset?: number;
}

/** Uploads that are known at a time, complete ones with their result included. */
const UPLOAD_COUNT_MAX = 10_000;

/** What a completed upload became: for its answer to be asked for again. */
export interface UploadResult {
  readonly sha256: string;
  readonly etag: string | null;
}

/** Is told of uploads. */
export interface UploadListener {
  upload(upload: Upload): void;
  /** The upload has these bytes too, from `offset` on. */
  uploadBytes(upload: Upload, offset: number, bytes: Buffer): void;
  uploadGone(upload: Upload): void;
}

/** A file on its way, in pieces. Its offset never decreases. */
export class Upload {
  readonly id: string;
  readonly target: UploadTarget | null;
  sha256: string | null;
  lengthBytes: number | null;
  lastUsedAtMs: number;
  /** Set once complete; nothing can be appended then. */
  result: UploadResult | null = null;
  /** Ends the request that is appending now, if one is. */
  endTransfer: (() => void) | null = null;
  #chunks: Buffer[] = [];
  #offset = 0;
  readonly #memory: MemoryBudget;
  readonly #journal: ListenerLink<UploadListener> | undefined;
  #takenBytes = 0;
  #hash: Hash = createHash("sha256");

  /** An upload without bytes. */
  constructor(settings: UploadSettings) {
    this.id = settings.id;
    this.target = settings.target;
    this.sha256 = settings.sha256;
    this.lengthBytes = settings.lengthBytes;
    this.lastUsedAtMs = settings.nowMs;
    this.#memory = settings.memory;
    this.#journal = settings.journal;
    this.#offset = settings.offset ?? 0;
  }

  /** Where the next byte goes. */
  get offset(): number {
    return this.#offset;
  }

  /** The bytes so far. */
  get chunks(): readonly Buffer[] {
    return this.#chunks;
  }

  /** Takes bytes in for good; refuses with `insufficient-capacity` what memory does not hold. */
  append(chunk: Buffer): void {
    this.#memory.take(chunk.length);
    this.#takenBytes += chunk.length;
    this.#chunks.push(chunk);
    this.#journal?.to?.uploadBytes(this, this.#offset, chunk);
    this.#offset += chunk.length;
    this.#hash.update(chunk);
  }

  /** The digest of the bytes so far, lower-case hexadecimal. */
  digest(): string {
    return this.#hash.copy().digest("hex");
  }

  /** Gives the memory of its bytes to whoever takes them over in this very moment. */
  handOver(): void {
    this.#memory.give(this.#takenBytes);
    this.#takenBytes = 0;
  }

  /** Lets the bytes go; offset and length stay known. */
  dropBytes(): void {
    this.handOver();
    this.#chunks = [];
  }
}

/** The uploads of everybody. One that nobody used for long enough is gone. */
export class UploadStore {
  readonly #clock: { nowMs(): number };
  readonly #idleMsMax: number;
  readonly #journal: ListenerLink<UploadListener> | undefined;
  readonly #uploads = new Map<string, Upload>();

  /** An empty store that forgets uploads after `idleMsMax`. */
  constructor(
    clock: { nowMs(): number },
    idleMsMax: number,
    journal?: ListenerLink<UploadListener>,
  ) {
    this.#clock = clock;
    this.#idleMsMax = idleMsMax;
    this.#journal = journal;
  }

  /**
   * Adds an upload; clears out those nobody used for long enough, and complete ones, oldest first, when
   * there are too many. Refuses with `too-many-requests` when all of those are unfinished.
   */
  add(upload: Upload): void {
    for (const old of this.#uploads.values()) {
      const isCrowded = this.#uploads.size >= UPLOAD_COUNT_MAX && old.result !== null;
      if (isCrowded || this.#isIdle(old)) this.remove(old);
    }
    if (this.#uploads.size >= UPLOAD_COUNT_MAX) {
      throw new ProblemError(
        "too-many-requests",
        message("upload.count", { count: UPLOAD_COUNT_MAX }),
      );
    }
    this.#uploads.set(upload.id, upload);
    this.#journal?.to?.upload(upload);
  }

  /** Puts an upload back as it was written down. */
  restore(upload: Upload): void {
    this.#uploads.set(upload.id, upload);
  }

  /** The upload of that id, unless it idled out. */
  get(id: string): Upload | undefined {
    const upload = this.#uploads.get(id);
    if (upload === undefined || !this.#isIdle(upload)) return upload;
    this.remove(upload);
    return undefined;
  }

  /** Lets those go that nobody used for long enough. */
  removeIdle(): void {
    for (const upload of this.#uploads.values()) if (this.#isIdle(upload)) this.remove(upload);
  }

  /** Counts as use of the upload. */
  touch(upload: Upload): void {
    upload.lastUsedAtMs = this.#clock.nowMs();
    if (this.#uploads.get(upload.id) === upload) this.#journal?.to?.upload(upload);
  }

  /** Makes an upload unknown, and ends the request that is appending to it. */
  remove(upload: Upload): void {
    if (this.#uploads.delete(upload.id)) this.#journal?.to?.uploadGone(upload);
    upload.endTransfer?.();
    upload.dropBytes();
  }

  /** All uploads, oldest first. */
  all(): readonly Upload[] {
    return [...this.#uploads.values()];
  }

  #isIdle(upload: Upload): boolean {
    // One that somebody is sending to is in use, however slow that is.
    if (upload.endTransfer !== null) return false;
    return this.#clock.nowMs() - upload.lastUsedAtMs >= this.#idleMsMax;
  }
}
