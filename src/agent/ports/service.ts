import type { ExchangeFailure } from "../../protocol/causes/exchange-failure.ts";
import type { Problem } from "../../protocol/http/problem.ts";
import type {
  CaptchaAnswer,
  Contract,
  Entry,
  FileEntry,
  Generation,
  Session,
} from "../../protocol/http/schemas.ts";
import type { PlaceTag } from "../../protocol/http/place-tag.ts";
import type { ServicePath } from "../../protocol/service-path.ts";
import type { Message } from "../../messages/message.ts";
import { SpokenError } from "../../messages/spoken-error.ts";

/**
 * What every method of `Service` rejects with, and nothing else.
 * - `communication`: no answer of the service's contract, or one that says "not now" (408, 429, 5xx),
 *   in one of the ways of `ExchangeFailure`. `transient` tells whether trying again can help.
 * - `refused`: the service understood and said no, with its problem.
 */
export class ServiceError extends SpokenError {
  readonly failure: ServiceFailure;

  constructor(failure: ServiceFailure, reason: Message, cause?: unknown) {
    super(reason, cause);
    this.name = "ServiceError";
    this.failure = failure;
  }
}

/** The two ways an exchange fails; see `ServiceError`. */
export type ServiceFailure =
  | {
      readonly kind: "communication";
      readonly way: ExchangeFailure;
      readonly transient: boolean;
      /** What the service asked for in Retry-After; null when it did not. */
      readonly retryAfterMs: number | null;
      /** It came, but too slowly to wait for: what came of it is no progress. Default: false. */
      readonly isTooSlow?: boolean;
    }
  | { readonly kind: "refused"; readonly problem: Problem };

/** Whether the service refused because the folder that was meant is not what it was (`Service.within`). */
export function isPlaceChanged({ code }: Problem): boolean {
  return code === "folder-changed" || code === "state-changed";
}

/** The failure of an exchange that ended this way. `retryAfterMs`: see `ServiceFailure`. */
export function exchangeFailed(
  way: ExchangeFailure,
  retryAfterMs: number | null = null,
): ServiceFailure {
  // A certificate or a security product does not change its mind within a retry budget (D10).
  const transient = way !== "blocked" && way !== "tls";
  return { kind: "communication", way, transient, retryAfterMs };
}

/** One file of a batch or a single PUT, its bytes in memory. */
export interface SmallFile {
  readonly kind: "file";
  readonly path: ServicePath;
  readonly modifiedAtNs: bigint;
  /** Permission bits; undefined where the disk has none. */
  readonly mode: number | undefined;
  readonly sha256: string;
  readonly content: Uint8Array;
}

/** A folder to create, empty or not. */
interface FolderToCreate {
  readonly kind: "folder";
  readonly path: ServicePath;
}

/** Another mode for a file that is there with these bytes and this time; no bytes go along. */
export interface FileAttributes {
  readonly kind: "file-attributes";
  readonly path: ServicePath;
  readonly modifiedAtNs: bigint;
  readonly mode: number;
  readonly sha256: string;
}

/** What the disk says of a folder that is there. */
interface FolderAttributes {
  readonly kind: "folder-attributes";
  readonly path: ServicePath;
  readonly modifiedAtNs: bigint;
  readonly mode: number | undefined;
}

/** A file with its bytes, a folder to create, or times and modes of what is there already. */
export type BatchPart = SmallFile | FolderToCreate | FileAttributes | FolderAttributes;

/** What the service says of a file it holds: its newest generation. */
export type StoredFile = Pick<FileEntry, "sizeBytes" | "modifiedAtNs" | "mode" | "sha256">;

/** What became of one part of a batch; `file` is null for a folder and for attributes. */
export type PartResult =
  | { readonly outcome: "committed"; readonly file: StoredFile | null }
  | { readonly outcome: "refused"; readonly problem: Problem };

/** What a large file is before its bytes go. */
export interface FileToUpload {
  readonly sizeBytes: number;
  readonly modifiedAtNs: bigint;
  /** Permission bits; undefined where the disk has none. */
  readonly mode: number | undefined;
}

/** Where the bytes of a large file are going. */
export interface Upload {
  /** The upload resource, as the service named it; survives a restart of the agent. */
  readonly url: string;
  /** Most bytes the service takes in one append. */
  readonly appendBytesMax: number;
}

/** An entry that is outside the contract; the others of its page may be well. */
interface UnknownEntry {
  readonly kind: "unknown";
  /** As the service names it; "" when it names none. */
  readonly path: string;
}

/** One row of a listing as it came. Its names are the service's word and nothing more. */
export type ListedEntry = Entry | UnknownEntry;

/**
 * One page of a listing: entries in order of key (core/compare-keys.ts), as an honest service has
 * them. Read leniently: an entry outside the contract does not spoil its page.
 */
export interface ListingPage {
  readonly entries: readonly ListedEntry[];
  /** Null on the last page. */
  readonly nextPageToken: string | null;
  /** Which folder was listed, and how far the service had come; absent when the answer does not tell. */
  readonly place?: PlaceTag | undefined;
  /** Since when a file of the folder's name is the current one; absent when the folder is. */
  readonly supersededAt?: string | undefined;
}

/** What a listing asks for. */
export interface ListingWish {
  /** Everything below the folder, not only what is in it. Default false. */
  readonly recursive?: boolean;
  readonly pageToken?: string;
}

/** What a download asks for. */
export interface DownloadWish {
  readonly path: ServicePath;
  /** Absent: the newest. */
  readonly generation?: number;
  /** Goes on from an offset, as long as the file still carries this tag (If-Range, RFC 9110 13.1.5). */
  readonly from?: { readonly offsetBytes: number; readonly etag: string };
}

/** What the service says of the bytes that follow. */
export interface DownloadHead {
  /** Where the bytes that follow begin: what was wanted, or 0 when the file is another one by now. */
  readonly offsetBytes: number;
  /** The whole file's. */
  readonly etag: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly modifiedAtNs: bigint;
  /** Permission bits; undefined when the PC that sent it has none. */
  readonly mode: number | undefined;
}

/** Where a download goes. What its methods throw ends the download and comes out of it unchanged. */
export interface DownloadSink {
  /** Called once, before the first byte. */
  begin(head: DownloadHead): Promise<void>;
  /** Called for each piece, the next one not before it resolved. */
  write(piece: Uint8Array): Promise<void>;
}

/**
 * The storage service as the jobs need it. Every method makes one exchange and retries
 * nothing: retries belong to the caller (D10). All are safe to repeat: a PUT or commit of what is
 * already the newest generation adds none. Bytes are verified on the way up by the service and
 * the acknowledged digest is compared here (D8).
 */
export interface Service {
  contract(): Promise<Contract>;
  /**
   * Which folder stands at a path, and how far the service has come; undefined when there is none. Of a
   * service that is about one folder (`within`): undefined as well when it is not that one any more.
   */
  placeTag(path: ServicePath): Promise<PlaceTag | undefined>;
  /**
   * The same service for whoever means one very folder: what is asked or done at a path is done only in it,
   * and as long as nothing was taken back that it knows of. Otherwise it is refused: `folder-changed` when
   * the folder is gone or another one, `state-changed` when the service was put back.
   */
  within(place: PlaceTag): PlacedService;
  /** Creates the folder and its parents; does nothing when it is there. */
  createFolder(path: ServicePath): Promise<void>;
  /** The newest generation of a file; `undefined` when there is none. */
  file(path: ServicePath): Promise<StoredFile | undefined>;
  /** Commits one small file by one PUT. */
  putFile(file: SmallFile): Promise<StoredFile>;
  /** Commits many small files, folders and attributes in one request; results in the order of the parts. */
  putBatch(parts: readonly BatchPart[]): Promise<readonly PartResult[]>;
  /** Starts an upload for a large file. */
  createUpload(path: ServicePath, file: FileToUpload): Promise<Upload>;
  /** Where the upload stands: the offset of the next byte; `undefined` when the service forgot it. */
  uploadOffset(url: string): Promise<number | undefined>;
  /** Appends `bytes` at `offsetBytes`; resolves to the new offset. */
  appendUpload(url: string, offsetBytes: number, bytes: Uint8Array): Promise<number>;
  /** Commits the upload, all `sizeBytes` of it, if it has this digest. */
  completeUpload(url: string, sizeBytes: number, sha256: string): Promise<StoredFile>;
  /** Gives an upload up. Succeeds when it is gone already. */
  cancelUpload(url: string): Promise<void>;
  /** One page of a folder's listing; rejects as refused `not-found` when there is no such folder. */
  listPage(path: ServicePath, wish?: ListingWish): Promise<ListingPage>;
  /** The generations kept of a file, newest first; undefined when there is no such file (F22). */
  listGenerations(path: ServicePath): Promise<readonly Generation[] | undefined>;
  /**
   * Streams a file. Resolves when all of it arrived and, where the service declared a digest of this
   * answer, has it; the caller checks the digest of the whole. `undefined` when there is no such file
   * or generation; then `begin` was not called.
   */
  download(wish: DownloadWish, sink: DownloadSink): Promise<DownloadHead | undefined>;
  /** Deletes a file with all its generations; false when it was gone already. */
  deleteFile(path: ServicePath): Promise<boolean>;
  /** Deletes a folder if nothing is in it. */
  deleteEmptyFolder(path: ServicePath): Promise<"deleted" | "gone" | "not-empty">;
  /** Cuts every exchange under way; each rejects as a cut connection. Later ones start afresh. */
  cut(): void;
}

/** The service as far as one very folder goes, see `Service.within`. */
export interface PlacedService extends Service {
  /** The folder, at the newest moment of which an answer told. */
  readonly place: PlaceTag;
}

/** Logging in and out; the session is kept by the one who asked. */
export interface SessionService {
  login(
    loginId: string,
    password: string,
    deviceName: string,
    captcha?: CaptchaAnswer,
  ): Promise<Session>;
  logout(token: string): Promise<void>;
}
