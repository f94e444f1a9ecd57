import { parseDigestHeader } from "../../../protocol/digest-header.ts";
import { modeSchema, parseMode } from "../../../protocol/posix-mode.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { etagSchema, nanosecondsSchema } from "../../../protocol/http/schemas.ts";
import { startSha256, type RunningSha256 } from "../../core/sha256.ts";
import type {
  DownloadHead,
  DownloadSink,
  DownloadWish,
  ServiceError,
} from "../../ports/service.ts";
import { exchangeError } from "./exchange-error.ts";
import { foreignError, mediaType } from "./read-answer.ts";
import type { HttpHead, PieceTaker } from "./reception.ts";
import { message, type Message } from "../../../messages/message.ts";

/** What the bytes of a file come as. */
const BYTES = "application/octet-stream";

/** Where the bytes of an answer stand in their file, to whose end they go. */
type Place = Pick<DownloadHead, "offsetBytes" | "sizeBytes">;

/** One try to fetch a file: what is asked, and whether what comes is what was asked (RFC 9110 13.1.5, 14.4). */
export class Download {
  readonly #wish: DownloadWish;
  readonly #sink: DownloadSink;
  readonly #what: Message;
  readonly #digest: RunningSha256 = startSha256();
  #head: DownloadHead | undefined;
  #contentDigest: string | undefined;
  #receivedBytes = 0;

  constructor(wish: DownloadWish, sink: DownloadSink, what: Message) {
    this.#wish = wish;
    this.#sink = sink;
    this.#what = what;
  }

  /** The header fields that ask for what is wanted. */
  get headers(): Readonly<Record<string, string>> {
    const { from } = this.#wish;
    if (from === undefined) return {};
    return { range: `bytes=${from.offsetBytes}-`, "if-range": from.etag };
  }

  /** Takes the body of an answer that has the file, and no other. */
  async takerOf(head: HttpHead): Promise<PieceTaker | undefined> {
    if (head.status !== 200 && head.status !== 206) return undefined;
    const found = this.#announced(head);
    this.#head = found;
    const digest = parseDigestHeader(text(head, HEADERS.contentDigest));
    this.#contentDigest = digest.kind === "sha-256" ? digest.sha256 : undefined;
    await this.#sink.begin(found);
    return (piece) => this.#take(piece, found);
  }

  /** What was fetched whole; undefined when the answer had no file. Throws when some of it is missing or damaged. */
  end(): DownloadHead | undefined {
    const found = this.#head;
    if (found === undefined) return undefined;
    const bodyBytes = found.sizeBytes - found.offsetBytes;
    if (this.#receivedBytes !== bodyBytes) {
      const detail = message("exchange.cut-short", {
        receivedBytes: this.#receivedBytes,
        totalBytes: bodyBytes,
      });
      throw exchangeError("corrupt", this.#what, { detail });
    }
    if (this.#contentDigest !== undefined && this.#contentDigest !== this.#digest.hex()) {
      throw exchangeError("corrupt", this.#what, { detail: message("exchange.damaged-bytes") });
    }
    return found;
  }

  async #take(piece: Uint8Array, { sizeBytes, offsetBytes }: DownloadHead): Promise<void> {
    this.#receivedBytes += piece.length;
    if (this.#receivedBytes > sizeBytes - offsetBytes) {
      throw exchangeError("corrupt", this.#what, { detail: message("exchange.too-much") });
    }
    this.#digest.update(piece);
    await this.#sink.write(piece);
  }

  #announced(head: HttpHead): DownloadHead {
    const etag = etagSchema.safeParse(text(head, "etag"));
    const modifiedAtNs = nanosecondsSchema.safeParse(text(head, HEADERS.modifiedAtNs));
    const mode = modeSchema.optional().safeParse(head.headers[HEADERS.mode]);
    const digest = parseDigestHeader(text(head, HEADERS.reprDigest));
    const range = head.status === 206 ? this.#range(head) : wholeRange(head);
    const isEncoded = !["", "identity"].includes(text(head, "content-encoding"));
    const { success } = etag;
    if (
      !success ||
      !modifiedAtNs.success ||
      !mode.success ||
      digest.kind !== "sha-256" ||
      isEncoded
    ) {
      throw this.#unknown(head, "exchange.no-header-fields");
    }
    if (range === undefined) {
      throw this.#unknown(head, "exchange.not-the-range");
    }
    if (head.status === 206 && etag.data !== this.#wish.from?.etag) {
      throw this.#unknown(head, "exchange.another-file");
    }
    return {
      ...range,
      etag: etag.data,
      sha256: digest.sha256,
      modifiedAtNs: BigInt(modifiedAtNs.data),
      mode: mode.data === undefined ? undefined : parseMode(mode.data),
    };
  }

  /** The rest of the file from where it was wanted; undefined when the answer is about anything else. */
  #range(head: HttpHead): Place | undefined {
    const { from } = this.#wish;
    const found = /^bytes (\d{1,15})-(\d{1,15})\/(\d{1,15})$/.exec(text(head, "content-range"));
    if (from === undefined || found === null) return undefined;
    const [first = 0, last = 0, sizeBytes = 0] = found.slice(1).map(Number);
    if (first !== from.offsetBytes || last !== sizeBytes - 1 || first > last) return undefined;
    return { offsetBytes: first, sizeBytes };
  }

  #unknown(
    head: HttpHead,
    why: "exchange.no-header-fields" | "exchange.not-the-range" | "exchange.another-file",
  ): ServiceError {
    if (mediaType(head) !== BYTES) return foreignError(head, this.#what);
    return exchangeError("off-contract", this.#what, { detail: message(why) });
  }
}

function wholeRange(head: HttpHead): Place | undefined {
  const length = text(head, "content-length");
  if (!/^\d{1,15}$/.test(length)) return undefined;
  return { offsetBytes: 0, sizeBytes: Number(length) };
}

function text(head: HttpHead, name: string): string {
  const value = head.headers[name];
  return typeof value === "string" ? value : "";
}
