import { LIMITS } from "../../protocol/limits.ts";
import { problem, type ProblemCode } from "../../protocol/http/problem.ts";
import type { Contract, Entry, Generation } from "../../protocol/http/schemas.ts";
import { formatMode, parseMode } from "../../protocol/posix-mode.ts";
import type { PlaceTag } from "../../protocol/http/place-tag.ts";
import { formatServicePath, type ServicePath } from "../../protocol/service-path.ts";
import { compareKeys } from "../core/compare-keys.ts";
import { sha256Hex } from "../core/sha256.ts";
import {
  ServiceError,
  type BatchPart,
  type DownloadHead,
  type DownloadSink,
  type DownloadWish,
  type FileAttributes,
  type FileToUpload,
  type ListedEntry,
  type ListingPage,
  type ListingWish,
  type PartResult,
  type PlacedService,
  type Service,
  type SmallFile,
  type StoredFile,
  type Upload,
} from "../ports/service.ts";
import { communicationFailure, refused } from "./failures.ts";

/** The exchanges that can be made to fail. */
export type Exchange = Exclude<keyof Service, "cut" | "within">;

/** One generation of a file. */
export interface StoredGeneration extends StoredFile {
  readonly content: Uint8Array;
}

/** How an exchange fails; for ever when `times` is not given. */
export interface ExchangeFault {
  readonly error?: Error;
  readonly times?: number;
  /**
   * `before`: nothing happens. `after`: it happens, and the answer is lost. `never`: nothing happens,
   * and no answer comes until the exchange is cut. `unanswered`: it happens, and no answer comes.
   */
  readonly when?: "before" | "after" | "never" | "unanswered";
  /** Only where something about this path is asked or sent. */
  readonly path?: string;
}

interface OpenUpload {
  readonly path: ServicePath;
  readonly sizeBytes: number;
  readonly modifiedAtNs: bigint;
  readonly mode: number | undefined;
  bytes: Uint8Array;
}

/** The storage service in memory, as the port says it behaves; a test makes it fail. */
export class MemoryService implements Service {
  readonly folders = new Set<string>();
  /** What was said of folders. */
  readonly folderAttributes = new Map<string, { modifiedAtNs: string; mode: string | null }>();
  /** Generations by path, oldest first. */
  readonly generations = new Map<string, StoredGeneration[]>();
  readonly uploads = new Map<string, OpenUpload>();
  /** Every exchange so far, as `exchange path`. */
  readonly calls: string[] = [];
  /** Called before each exchange is carried out: may change the world, or throw. */
  onCall: (exchange: Exchange, paths: readonly string[]) => void = () => undefined;
  /** Changes what a batch is answered, after it was carried out. */
  onBatch: (results: readonly PartResult[], paths: readonly string[]) => readonly PartResult[] = (
    results,
  ) => results;
  /** Content bytes that arrived, whatever became of them. */
  receivedBytes = 0;
  quotaBytes = 1_000_000_000;
  appendBytesMax: number = LIMITS.uploadAppendBytesMax;
  /** Keeps only so many bytes of the next append and cuts the connection. */
  cutNextAppendAfterBytes: number | undefined;
  /** Entries that are not the current ones of their name: the path of a file, that of a folder with `/`. */
  readonly superseded: Set<string> = new Set();
  /** `writeOrder` of files and folders, by path; 0 for all others. */
  readonly writeOrders: Map<string, number> = new Map();
  /** Entries of one page of a listing. */
  pageEntryCount = 1_000;
  /** Changes what a listing says. */
  onListing: (entries: readonly Entry[]) => readonly ListedEntry[] = (entries) => entries;
  /** Changes what bytes a download carries. */
  onDownload: (bytes: Uint8Array, path: string) => Uint8Array = (bytes) => bytes;
  /** Lets only so many bytes of the next download through and cuts the connection. */
  cutNextDownloadAfterBytes: number | undefined;
  readonly #faults: { exchange: Exchange; fault: ExchangeFault; timesLeft: number }[] = [];
  /** Which history the service has: another one once it was put back. */
  timeline = "first";
  readonly #folderIds = new Map<string, string>();
  #lostCount = 0;
  #revision = 1;
  /** The folder that the exchange which begins now is about. */
  #meant: PlaceTag | undefined;
  readonly #waiting = new Set<() => void>();
  #uploadCount = 0;

  /** Makes an exchange fail from now on. */
  fail(exchange: Exchange, fault: ExchangeFault = {}): void {
    this.#faults.push({ exchange, fault, timesLeft: fault.times ?? Number.POSITIVE_INFINITY });
  }

  /** Takes all faults away. */
  heal(): void {
    this.#faults.length = 0;
  }

  /** Contents of a file's generations as text, oldest first. */
  texts(path: string): readonly string[] {
    const generations = this.generations.get(path) ?? [];
    return generations.map(({ content }) => Buffer.from(content).toString());
  }

  /** How often an exchange was made. */
  callCount(exchange: Exchange): number {
    return this.calls.filter((call) => call.startsWith(`${exchange} `)).length;
  }

  get usedBytes(): number {
    const all = [...this.generations.values()].flat();
    return all.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  }

  contract(): Promise<Contract> {
    return this.#exchange("contract", [], () => ({
      loginId: "taro",
      nickname: "太郎",
      edition: "office-anshin",
      plan: "standard",
      generationCountMax: 10,
      quotaBytes: this.quotaBytes,
      usedBytes: this.usedBytes,
      freeBytes: this.quotaBytes - this.usedBytes,
    }));
  }

  placeTag(path: ServicePath): Promise<PlaceTag | undefined> {
    const text = formatServicePath(path);
    const meant = this.#meant;
    this.#meant = undefined;
    return this.#exchange("placeTag", [text], () => {
      if (!this.folders.has(text) || this.#changeOf([text], meant) !== undefined) return undefined;
      return this.tagOf(text);
    });
  }

  /** The tag of a folder, by its names joined by `/`. */
  tagOf(folder: string): PlaceTag {
    const folderId =
      this.#folderIds.get(folder) ?? `d${this.#folderIds.size + 1}-${this.#lostCount}`;
    this.#folderIds.set(folder, folderId);
    return { folderId, timeline: this.timeline, revision: this.#revision };
  }

  within(place: PlaceTag): PlacedService {
    return placedService(this, place, (meant) => (this.#meant = meant));
  }

  /** Somebody deletes a folder with everything in it; one that is made in its place is another one. */
  lose(folder: string): void {
    const isIn = (path: string): boolean => path === folder || path.startsWith(`${folder}/`);
    for (const path of this.folders) if (isIn(path)) this.folders.delete(path);
    for (const path of this.generations.keys()) if (isIn(path)) this.generations.delete(path);
    for (const path of this.#folderIds.keys()) if (isIn(path)) this.#folderIds.delete(path);
    this.#lostCount += 1;
  }

  createFolder(path: ServicePath): Promise<void> {
    const text = formatServicePath(path);
    return this.#exchange("createFolder", [text], () => this.#makeFolder(path));
  }

  file(path: ServicePath): Promise<StoredFile | undefined> {
    const text = formatServicePath(path);
    return this.#exchange("file", [text], () => this.generations.get(text)?.at(-1));
  }

  putFile(file: SmallFile): Promise<StoredFile> {
    return this.#exchange("putFile", [formatServicePath(file.path)], () => this.#commit(file));
  }

  putBatch(parts: readonly BatchPart[]): Promise<readonly PartResult[]> {
    const paths = parts.map(({ path }) => formatServicePath(path));
    // Each part is refused for itself.
    const meant = this.#meant;
    this.#meant = undefined;
    return this.#exchange("putBatch", paths, () => {
      const isTooLarge = parts.some(
        (part) => part.kind === "file" && part.content.length > LIMITS.batchFileBytesMax,
      );
      if (isTooLarge || parts.length > LIMITS.batchPartCountMax) throw refused("invalid-request");
      return this.onBatch(
        parts.map((part) => this.#putPart(part, meant)),
        paths,
      );
    });
  }

  createUpload(path: ServicePath, file: FileToUpload): Promise<Upload> {
    return this.#exchange("createUpload", [formatServicePath(path)], () => {
      this.#mustFit(file.sizeBytes);
      this.#uploadCount += 1;
      const url = `/v1/uploads/${this.#uploadCount}`;
      this.uploads.set(url, { path, ...file, bytes: new Uint8Array(0) });
      return { url, appendBytesMax: this.appendBytesMax };
    });
  }

  uploadOffset(url: string): Promise<number | undefined> {
    return this.#exchange(
      "uploadOffset",
      this.#pathsOf(url),
      () => this.uploads.get(url)?.bytes.length,
    );
  }

  appendUpload(url: string, offsetBytes: number, bytes: Uint8Array): Promise<number> {
    return this.#exchange("appendUpload", this.#pathsOf(url), () => {
      const upload = this.#upload(url);
      if (offsetBytes !== upload.bytes.length) throw refused("upload-offset-mismatch");
      const cutAfterBytes = this.cutNextAppendAfterBytes;
      this.cutNextAppendAfterBytes = undefined;
      const kept = bytes.subarray(0, cutAfterBytes);
      this.receivedBytes += kept.length;
      upload.bytes = Buffer.concat([upload.bytes, kept]);
      if (cutAfterBytes !== undefined) throw communicationFailure();
      return upload.bytes.length;
    });
  }

  completeUpload(url: string, sizeBytes: number, sha256: string): Promise<StoredFile> {
    return this.#exchange("completeUpload", this.#pathsOf(url), () => {
      const { path, bytes, modifiedAtNs, mode } = this.#upload(url);
      if (bytes.length !== sizeBytes) throw refused("upload-offset-mismatch");
      this.uploads.delete(url);
      if (sha256Hex(bytes) !== sha256) throw refused("digest-mismatch");
      return this.#store({ kind: "file", path, modifiedAtNs, mode, sha256, content: bytes });
    });
  }

  cancelUpload(url: string): Promise<void> {
    return this.#exchange("cancelUpload", this.#pathsOf(url), () => void this.uploads.delete(url));
  }

  listPage(path: ServicePath, wish: ListingWish = {}): Promise<ListingPage> {
    const text = formatServicePath(path);
    return this.#exchange("listPage", [text], () => {
      if (!this.folders.has(text)) throw refused("not-found");
      const all = this.onListing(this.#entriesBelow(text, wish.recursive ?? false));
      const from = Number(wish.pageToken ?? 0);
      const to = from + this.pageEntryCount;
      const nextPageToken = to < all.length ? String(to) : null;
      const entries = all.slice(from, to);
      const place = this.tagOf(text);
      return { entries, nextPageToken, place, ...this.#supersededMember(`${text}/`) };
    });
  }

  listGenerations(path: ServicePath): Promise<readonly Generation[] | undefined> {
    const text = formatServicePath(path);
    return this.#exchange("listGenerations", [text], () =>
      this.generations
        .get(text)
        ?.map((stored, index) => ({
          ...description(stored),
          generation: index + 1,
          savedAt: SAVED_AT,
          etag: etagOf(stored),
        }))
        .toReversed(),
    );
  }

  async download(wish: DownloadWish, sink: DownloadSink): Promise<DownloadHead | undefined> {
    const text = formatServicePath(wish.path);
    const found = await this.#exchange("download", [text], () => {
      const all = this.generations.get(text);
      return wish.generation === undefined ? all?.at(-1) : all?.[wish.generation - 1];
    });
    if (found === undefined) return undefined;
    const etag = etagOf(found);
    const head: DownloadHead = {
      offsetBytes: wish.from?.etag === etag ? wish.from.offsetBytes : 0,
      etag,
      sizeBytes: found.sizeBytes,
      sha256: found.sha256,
      modifiedAtNs: BigInt(found.modifiedAtNs),
      mode: found.mode === null ? undefined : parseMode(found.mode),
    };
    await sink.begin(head);
    const bytes = this.onDownload(found.content.subarray(head.offsetBytes), text);
    const cutAfterBytes = this.cutNextDownloadAfterBytes;
    this.cutNextDownloadAfterBytes = undefined;
    if (bytes.length > 0) await sink.write(bytes.subarray(0, cutAfterBytes));
    if (cutAfterBytes !== undefined) throw communicationFailure();
    return head;
  }

  deleteFile(path: ServicePath): Promise<boolean> {
    const text = formatServicePath(path);
    return this.#exchange("deleteFile", [text], () => this.generations.delete(text));
  }

  deleteEmptyFolder(path: ServicePath): Promise<"deleted" | "gone" | "not-empty"> {
    const text = formatServicePath(path);
    return this.#exchange("deleteEmptyFolder", [text], () => {
      if (!this.folders.has(text)) return "gone";
      if (this.#entriesBelow(text, false).length > 0) return "not-empty";
      this.folders.delete(text);
      return "deleted";
    });
  }

  cut(): void {
    for (const reject of this.#waiting) reject();
    this.#waiting.clear();
  }

  async #exchange<Result>(
    exchange: Exchange,
    paths: readonly string[],
    act: () => Result,
  ): Promise<Result> {
    const meant = this.#meant;
    this.#meant = undefined;
    this.calls.push(`${exchange} ${paths.join(" ")}`);
    this.onCall(exchange, paths);
    const found = this.#faults.find(
      (one) =>
        one.exchange === exchange &&
        one.timesLeft > 0 &&
        (one.fault.path === undefined || paths.includes(one.fault.path)),
    );
    const carryOut = (): Result => {
      const changed = this.#changeOf(paths, meant);
      if (changed !== undefined) throw refused(changed);
      return act();
    };
    if (found === undefined) return carryOut();
    found.timesLeft -= 1;
    const { error = communicationFailure(), when = "before" } = found.fault;
    if (when === "after" || when === "unanswered") carryOut();
    if (when === "never" || when === "unanswered") {
      await new Promise<void>((resolve) => this.#waiting.add(resolve));
    }
    throw error;
  }

  /** How what was meant is not what is there; undefined when it is, or none was. */
  #changeOf(paths: readonly string[], meant: PlaceTag | undefined): ProblemCode | undefined {
    const places = paths.filter((path) => !path.startsWith("/v1/"));
    if (meant === undefined || places.length === 0) return undefined;
    const isIn = (path: string): boolean =>
      [...this.#folderIds].some(
        ([folder, id]) =>
          id === meant.folderId &&
          this.folders.has(folder) &&
          (path === folder || path.startsWith(`${folder}/`)),
      );
    if (!places.every(isIn)) return "folder-changed";
    return meant.timeline === this.timeline ? undefined : "state-changed";
  }

  #entriesBelow(folder: string, recursive: boolean): readonly Entry[] {
    const isListed = (path: string): boolean =>
      path.startsWith(`${folder}/`) && (recursive || !path.slice(folder.length + 1).includes("/"));
    const folders = [...this.folders].filter((path) => isListed(path));
    const files = [...this.generations].filter(([path]) => isListed(path));
    const entries: readonly Entry[] = [
      ...folders.map((path) => ({
        kind: "folder" as const,
        id: `folder ${path}`,
        name: nameOf(path),
        path,
        modifiedAtNs: null,
        mode: null,
        ...this.folderAttributes.get(path),
        createdAt: SAVED_AT,
        writeOrder: this.writeOrders.get(path) ?? 0,
        ...this.#supersededMember(`${path}/`),
      })),
      ...files.flatMap(([path, generations]) => {
        const newest = generations.at(-1);
        if (newest === undefined) return [];
        return [
          {
            kind: "file" as const,
            id: `file ${path}`,
            name: nameOf(path),
            path,
            ...description(newest),
            savedAt: SAVED_AT,
            writeOrder: this.writeOrders.get(path) ?? 0,
            etag: etagOf(newest),
            generationCount: generations.length,
            ...this.#supersededMember(path),
          },
        ];
      }),
    ];
    const key = (entry: Entry): string => (entry.kind === "folder" ? `${entry.path}/` : entry.path);
    return entries.toSorted((left, right) => compareKeys(key(left), key(right)));
  }

  #supersededMember(key: string): { readonly supersededAt?: string } {
    return this.superseded.has(key) ? { supersededAt: SAVED_AT } : {};
  }

  #putPart(part: BatchPart, meant: PlaceTag | undefined): PartResult {
    const changed = this.#changeOf([formatServicePath(part.path)], meant);
    if (changed !== undefined) return refusedPart(changed);
    try {
      if (part.kind === "file") return { outcome: "committed", file: this.#commit(part) };
      const text = formatServicePath(part.path);
      if (part.kind === "folder") this.#makeFolder(part.path);
      else if (part.kind === "file-attributes") this.#setMode(text, part);
      else if (this.folders.has(text)) {
        const { modifiedAtNs, mode } = part;
        const said = mode === undefined ? null : formatMode(mode);
        this.folderAttributes.set(text, { modifiedAtNs: String(modifiedAtNs), mode: said });
      } else throw refused("not-found");
      return { outcome: "committed", file: null };
    } catch (error) {
      if (!(error instanceof ServiceError) || error.failure.kind !== "refused") throw error;
      return { outcome: "refused", problem: error.failure.problem };
    }
  }

  #setMode(path: string, { sha256, modifiedAtNs, mode }: FileAttributes): void {
    const generations = this.generations.get(path) ?? [];
    const newest = generations.at(-1);
    if (newest === undefined) throw refused("not-found");
    if (newest.sha256 !== sha256 || newest.modifiedAtNs !== String(modifiedAtNs)) {
      throw refused("precondition-failed");
    }
    this.generations.set(path, [
      ...generations.slice(0, -1),
      { ...newest, mode: formatMode(mode) },
    ]);
  }

  #commit(file: SmallFile): StoredFile {
    this.receivedBytes += file.content.length;
    if (sha256Hex(file.content) !== file.sha256) throw refused("digest-mismatch");
    return this.#store(file);
  }

  #store({ path, content, sha256, modifiedAtNs, mode }: SmallFile): StoredFile {
    const destination = formatServicePath(path.slice(0, 5));
    if (!this.folders.has(destination)) throw refused("parent-missing");
    const text = formatServicePath(path);
    const generations = this.generations.get(text) ?? [];
    const newest = generations.at(-1);
    if (newest?.sha256 === sha256 && newest.modifiedAtNs === String(modifiedAtNs)) return newest;
    this.#mustFit(content.length);
    const stored = {
      sizeBytes: content.length,
      modifiedAtNs: String(modifiedAtNs),
      mode: mode === undefined ? null : formatMode(mode),
      sha256,
      content: Uint8Array.from(content),
    };
    this.#revision += 1;
    this.generations.set(text, [...generations, stored]);
    this.#makeFolder(path.slice(0, -1));
    return stored;
  }

  /** With those above it. */
  #makeFolder(path: ServicePath): void {
    for (let end = path.length; end > 0; end -= 1) {
      this.folders.add(formatServicePath(path.slice(0, end)));
    }
  }

  #mustFit(sizeBytes: number): void {
    if (this.usedBytes + sizeBytes > this.quotaBytes) throw refused("insufficient-capacity");
  }

  #pathsOf(url: string): readonly string[] {
    const upload = this.uploads.get(url);
    return upload === undefined ? [url] : [url, formatServicePath(upload.path)];
  }

  #upload(url: string): OpenUpload {
    const upload = this.uploads.get(url);
    if (upload === undefined) throw refused("not-found");
    return upload;
  }
}

/** `mean` is told of the folder right before each exchange begins. */
function placedService(
  memory: MemoryService,
  place: PlaceTag,
  mean: (place: PlaceTag) => void,
): PlacedService {
  const about = (): MemoryService => {
    mean(place);
    return memory;
  };
  return {
    get place() {
      const { revision } = memory.tagOf("");
      return { ...place, revision };
    },
    within: (other) => memory.within(other),
    contract: () => memory.contract(),
    cut: () => memory.cut(),
    placeTag: (path) => about().placeTag(path),
    createFolder: (path) => about().createFolder(path),
    file: (path) => about().file(path),
    putFile: (file) => about().putFile(file),
    putBatch: (parts) => about().putBatch(parts),
    createUpload: (...wish) => about().createUpload(...wish),
    uploadOffset: (url) => about().uploadOffset(url),
    appendUpload: (...piece) => about().appendUpload(...piece),
    completeUpload: (...whole) => about().completeUpload(...whole),
    cancelUpload: (url) => about().cancelUpload(url),
    listPage: (...wish) => about().listPage(...wish),
    listGenerations: (path) => about().listGenerations(path),
    download: (...wish) => about().download(...wish),
    deleteFile: (path) => about().deleteFile(path),
    deleteEmptyFolder: (path) => about().deleteEmptyFolder(path),
  };
}

const SAVED_AT = "2026-11-21T03:00:00.000Z";

function etagOf({ sha256, modifiedAtNs }: StoredFile): string {
  return `"${sha256}-${modifiedAtNs}"`;
}

function description({ sizeBytes, modifiedAtNs, mode, sha256 }: StoredFile): StoredFile {
  return { sizeBytes, modifiedAtNs, mode, sha256 };
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** The refusal of one part of a batch. */
export function refusedPart(code: ProblemCode): PartResult {
  return { outcome: "refused", problem: problem(code, `said ${code}`) };
}
