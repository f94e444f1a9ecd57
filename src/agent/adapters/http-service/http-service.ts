import {
  batchResultSchema,
  BATCH_MEDIA_TYPE,
  contractSchema,
  fileEntrySchema,
  folderEntrySchema,
  generationListSchema,
  type Contract,
  type FileEntry,
  type Generation,
} from "../../../protocol/http/schemas.ts";
import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { formatMode } from "../../../protocol/posix-mode.ts";
import { formatPlaceTag, type PlaceTag } from "../../../protocol/http/place-tag.ts";
import { HEADERS, PARTIAL_UPLOAD_MEDIA_TYPE } from "../../../protocol/http/headers.ts";
import {
  encodeServicePath,
  formatServicePath,
  type ServicePath,
} from "../../../protocol/service-path.ts";
import { sha256Hex, startSha256 } from "../../core/sha256.ts";
import {
  isPlaceChanged,
  type ServiceError,
  type BatchPart,
  type DownloadHead,
  type DownloadSink,
  type DownloadWish,
  type FileToUpload,
  type ListingPage,
  type ListingWish,
  type PartResult,
  type PlacedService,
  type Service,
  type SmallFile,
  type StoredFile,
  type Upload,
} from "../../ports/service.ts";
import { listedEntry, looseListingPageSchema } from "./listed-entry.ts";
import { batchBody } from "./batch-body.ts";
import { exchangeError } from "./exchange-error.ts";
import { Download } from "./download.ts";
import type { HttpConnection, HttpRequest } from "./http-connection.ts";
import { problemOf, readAnswer, readDone, refusalError } from "./read-answer.ts";
import type { HttpAnswer, TakerOf } from "./reception.ts";
import { isForgotten, isGone, isSessionOver } from "./said-by-service.ts";
import { placeOf } from "./place-of.ts";
import { appendBytesMaxOf } from "./upload-limit.ts";
import { uploadOffsetOf } from "./upload-offset.ts";
import { message, type Message } from "../../../messages/message.ts";

/** Where the session's token comes from; a new one is asked for when the service calls it expired. */
export interface SessionSource {
  token(): string;
  /** Logs in again; rejects with `ServiceError`. */
  renew(): Promise<string>;
}

/** The storage service over HTTP, as `protocol/http` says. */
export class HttpService implements Service {
  readonly #connection: HttpConnection;
  readonly #session: SessionSource;

  constructor(connection: HttpConnection, session: SessionSource) {
    this.#connection = connection;
    this.#session = session;
  }

  within(place: PlaceTag): PlacedService {
    return new PlacedHttpService(this.#connection, this.#session, place);
  }

  async contract(): Promise<Contract> {
    const what = message("exchange.asking-contract");
    const answer = await this.#send({ method: "GET", path: "/v1/contract", headers: {} }, what);
    return readAnswer(answer, [200], contractSchema, what);
  }

  async placeTag(path: ServicePath): Promise<PlaceTag | undefined> {
    const what = message("exchange.looking-folder", { path: formatServicePath(path) });
    // By its listing, not by HEAD: only a body shows that it is the service who says so.
    const url = `/v1/folders/${encodeServicePath(path)}?limit=1`;
    const headers = { accept: "application/json" };
    const answer = await this.#send({ method: "GET", path: url, headers }, what);
    const problem = problemOf(answer);
    if (problem !== undefined && (problem.code === "not-found" || isPlaceChanged(problem))) {
      return undefined;
    }
    readAnswer(answer, [200], looseListingPageSchema, what);
    const place = placeOf(answer);
    if (place !== undefined) return place;
    throw exchangeError("off-contract", what, {
      detail: message("exchange.no-header-fields"),
    });
  }

  async createFolder(path: ServicePath): Promise<void> {
    const what = message("exchange.creating-folder", { path: formatServicePath(path) });
    const url = `/v1/folders/${encodeServicePath(path)}`;
    const answer = await this.#send({ method: "PUT", path: url, headers: {} }, what);
    readAnswer(answer, [200, 201], folderEntrySchema, what);
  }

  async file(path: ServicePath): Promise<StoredFile | undefined> {
    const what = message("exchange.looking", { path: formatServicePath(path) });
    return (await this.#generations(path, what))?.[0];
  }

  async putFile(file: SmallFile): Promise<StoredFile> {
    const what = message("exchange.sending", { path: formatServicePath(file.path) });
    const answer = await this.#send(
      {
        method: "PUT",
        path: `/v1/files/${encodeServicePath(file.path)}`,
        headers: {
          "content-type": "application/octet-stream",
          "content-length": String(file.content.length),
          [HEADERS.reprDigest]: formatDigestHeader(file.sha256),
          [HEADERS.modifiedAtNs]: String(file.modifiedAtNs),
          ...(file.mode === undefined ? {} : { [HEADERS.mode]: formatMode(file.mode) }),
        },
        body: [file.content],
      },
      what,
    );
    if (answer.status >= 400) throw sentRefusal(answer, what);
    return acknowledged(readAnswer(answer, [200, 201], fileEntrySchema, what), file, what);
  }

  async putBatch(parts: readonly BatchPart[]): Promise<readonly PartResult[]> {
    const what = message("exchange.sending-batch", { count: parts.length });
    const body = batchBody(parts);
    const digest = startSha256();
    for (const piece of body) digest.update(piece);
    const answer = await this.#send(
      {
        method: "POST",
        path: "/v1/batch-uploads",
        headers: {
          "content-type": BATCH_MEDIA_TYPE,
          "content-length": String(body.reduce((sum, piece) => sum + piece.length, 0)),
          [HEADERS.contentDigest]: formatDigestHeader(digest.hex()),
        },
        body,
      },
      what,
    );
    if (answer.status >= 400) throw sentRefusal(answer, what);
    const { results } = readAnswer(answer, [200], batchResultSchema, what);
    if (results.length !== parts.length) {
      throw exchangeError("off-contract", what, { detail: message("exchange.parts-left-out") });
    }
    return results.map((result, index) => {
      const part = parts[index];
      if (result.outcome === "refused") return { outcome: "refused", problem: result.problem };
      if (part?.kind !== "file") return { outcome: "committed", file: null };
      if (result.entry.kind !== "file") {
        throw exchangeError("off-contract", what, {
          detail: message("exchange.file-as-folder"),
        });
      }
      return { outcome: "committed", file: acknowledged(result.entry, part, what) };
    });
  }

  async createUpload(
    path: ServicePath,
    { sizeBytes, modifiedAtNs, mode }: FileToUpload,
  ): Promise<Upload> {
    const what = message("exchange.starting-upload", { path: formatServicePath(path) });
    const query = new URLSearchParams({
      path: formatServicePath(path),
      modifiedAtNs: String(modifiedAtNs),
      ...(mode === undefined ? {} : { mode: formatMode(mode) }),
    });
    const answer = await this.#send(
      {
        method: "POST",
        path: `/v1/uploads?${query.toString()}`,
        headers: {
          "content-length": "0",
          [HEADERS.uploadComplete]: "?0",
          [HEADERS.uploadLength]: String(sizeBytes),
        },
      },
      what,
    );
    if (answer.status !== 201) throw refusalError(answer, what);
    const { location } = answer.headers;
    // Only the path counts: the upload is where the service is, whatever host a proxy wrote there.
    const url = location === undefined ? null : URL.parse(location, "http://service.invalid");
    if (url === null) {
      throw exchangeError("off-contract", what, { detail: message("exchange.no-upload-named") });
    }
    return { url: url.pathname + url.search, appendBytesMax: appendBytesMaxOf(answer) };
  }

  async uploadOffset(url: string): Promise<number | undefined> {
    const what = message("exchange.asking-offset");
    const answer = await this.#send({ method: "HEAD", path: url, headers: {} }, what);
    if (isForgotten(answer)) return undefined;
    if (answer.status !== 204 && answer.status !== 200) throw refusalError(answer, what);
    return uploadOffsetOf(answer, what);
  }

  async appendUpload(url: string, offsetBytes: number, bytes: Uint8Array): Promise<number> {
    const what = message("exchange.appending", { offset: offsetBytes });
    const answer = await this.#patch(url, what, offsetBytes, bytes, {
      [HEADERS.uploadComplete]: "?0",
      [HEADERS.contentDigest]: formatDigestHeader(sha256Hex(bytes)),
    });
    if (answer.status !== 204 && answer.status !== 200) throw sentRefusal(answer, what);
    return uploadOffsetOf(answer, what);
  }

  async completeUpload(url: string, sizeBytes: number, sha256: string): Promise<StoredFile> {
    const what = message("exchange.committing");
    const answer = await this.#patch(url, what, sizeBytes, new Uint8Array(0), {
      [HEADERS.uploadComplete]: "?1",
      [HEADERS.reprDigest]: formatDigestHeader(sha256),
    });
    const entry = readAnswer(answer, [200, 201], fileEntrySchema, what);
    if (entry.sha256 !== sha256 || entry.sizeBytes !== sizeBytes) {
      throw exchangeError("corrupt", what, { detail: message("exchange.other-bytes") });
    }
    return entry;
  }

  async cancelUpload(url: string): Promise<void> {
    const what = message("exchange.giving-up");
    const answer = await this.#send({ method: "DELETE", path: url, headers: {} }, what);
    if (!isGone(answer)) readDone(answer, what);
  }

  async listPage(path: ServicePath, wish: ListingWish = {}): Promise<ListingPage> {
    const what = message("exchange.listing", { path: formatServicePath(path) });
    const query = new URLSearchParams({ recursive: String(wish.recursive ?? false) });
    if (wish.pageToken !== undefined) query.set("pageToken", wish.pageToken);
    const url = `/v1/folders/${encodeServicePath(path)}?${query.toString()}`;
    const headers = { accept: "application/json" };
    const answer = await this.#send({ method: "GET", path: url, headers }, what);
    const page = readAnswer(answer, [200], looseListingPageSchema, what);
    const place = placeOf(answer);
    return { ...page, entries: page.entries.map((entry) => listedEntry(entry)), place };
  }

  async listGenerations(path: ServicePath): Promise<readonly Generation[] | undefined> {
    const what = message("exchange.asking-generations", { path: formatServicePath(path) });
    return this.#generations(path, what);
  }

  async download(wish: DownloadWish, sink: DownloadSink): Promise<DownloadHead | undefined> {
    const what = message("exchange.fetching", { path: formatServicePath(wish.path) });
    const query = wish.generation === undefined ? "" : `?generation=${wish.generation}`;
    const path = `/v1/files/${encodeServicePath(wish.path)}${query}`;
    const download = new Download(wish, sink, what);
    const { headers } = download;
    const answer = await this.#send({ method: "GET", path, headers }, what, (head) =>
      download.takerOf(head),
    );
    const head = download.end();
    if (head !== undefined) return head;
    if (isGone(answer)) return undefined;
    throw refusalError(answer, what);
  }

  async deleteFile(path: ServicePath): Promise<boolean> {
    const what = message("exchange.deleting", { path: formatServicePath(path) });
    const url = `/v1/files/${encodeServicePath(path)}`;
    const answer = await this.#send({ method: "DELETE", path: url, headers: {} }, what);
    if (isGone(answer)) return false;
    readDone(answer, what);
    return true;
  }

  async deleteEmptyFolder(path: ServicePath): Promise<"deleted" | "gone" | "not-empty"> {
    const what = message("exchange.deleting-folder", { path: formatServicePath(path) });
    const url = `/v1/folders/${encodeServicePath(path)}?onlyIfEmpty=true`;
    const answer = await this.#send({ method: "DELETE", path: url, headers: {} }, what);
    const code = problemOf(answer)?.code;
    if (code === "not-found") return "gone";
    if (code === "folder-not-empty") return "not-empty";
    readDone(answer, what);
    return "deleted";
  }

  cut(): void {
    this.#connection.close();
  }

  async #generations(path: ServicePath, what: Message): Promise<readonly Generation[] | undefined> {
    const url = `/v1/generations/${encodeServicePath(path)}`;
    const answer = await this.#send({ method: "GET", path: url, headers: {} }, what);
    if (isGone(answer)) return undefined;
    return readAnswer(answer, [200], generationListSchema, what).generations;
  }

  #patch(
    url: string,
    what: Message,
    offsetBytes: number,
    bytes: Uint8Array,
    headers: Readonly<Record<string, string>>,
  ): Promise<HttpAnswer> {
    return this.#send(
      {
        method: "PATCH",
        path: url,
        headers: {
          "content-type": PARTIAL_UPLOAD_MEDIA_TYPE,
          "content-length": String(bytes.length),
          [HEADERS.uploadOffset]: String(offsetBytes),
          ...headers,
        },
        ...(bytes.length > 0 ? { body: [bytes] } : {}),
      },
      what,
    );
  }

  /** One exchange in a session; one that the service calls over is renewed, and so are the next two. */
  async #send(request: HttpRequest, what: Message, takerOf?: TakerOf): Promise<HttpAnswer> {
    const authorized = async (token: string): Promise<HttpAnswer> => {
      const headers = {
        ...request.headers,
        ...this.conditions(),
        authorization: `Bearer ${token}`,
      };
      const answer = await this.#connection.receive({ ...request, headers }, what, takerOf);
      this.heard(answer);
      return answer;
    };
    let answer = await authorized(this.#session.token());
    for (let count = 0; count < RENEWAL_COUNT_MAX && isSessionOver(answer); count += 1)
      answer = await authorized(await this.#session.renew());
    return answer;
  }

  /** Fields that every request carries. */
  protected conditions(): Readonly<Record<string, string>> {
    return {};
  }

  /** An answer came. */
  protected heard(_answer: HttpAnswer): void {
    return undefined;
  }
}

/** The service about one very folder, see `Service.within`. */
class PlacedHttpService extends HttpService implements PlacedService {
  #place: PlaceTag;

  constructor(connection: HttpConnection, session: SessionSource, place: PlaceTag) {
    super(connection, session);
    this.#place = place;
  }

  get place(): PlaceTag {
    return this.#place;
  }

  protected override conditions(): Readonly<Record<string, string>> {
    return { [HEADERS.ifPlace]: formatPlaceTag(this.#place) };
  }

  /** Answers may come in another order than they were given. */
  protected override heard(answer: HttpAnswer): void {
    const told = placeOf(answer);
    if (answer.status >= 300 || told?.folderId !== this.#place.folderId) return;
    if (told.revision > this.#place.revision) this.#place = told;
  }
}

/**
 * Renewals of the session for one exchange. A session may end while another one is asked for, as where the contract
 * changes just then; a service that calls each new one over is believed in the end.
 */
const RENEWAL_COUNT_MAX = 3;

/** A refusal of bytes whose digest we know to be right: they were damaged on their way (D8, D10). */
function sentRefusal(answer: HttpAnswer, what: Message): ServiceError {
  const error = refusalError(answer, what);
  const { failure } = error;
  const isDamaged = failure.kind === "refused" && failure.problem.code === "digest-mismatch";
  return isDamaged
    ? exchangeError("corrupt", what, { detail: message("exchange.damaged-bytes") })
    : error;
}

/** The service's word for a file, if it speaks of the bytes that were sent (D8). */
function acknowledged(entry: FileEntry, sent: SmallFile, what: Message): StoredFile {
  if (entry.sha256 !== sent.sha256 || entry.path !== formatServicePath(sent.path)) {
    throw exchangeError("corrupt", what, { detail: message("exchange.other-bytes") });
  }
  return entry;
}
