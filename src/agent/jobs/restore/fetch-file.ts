import { startSha256 } from "../../core/sha256.ts";
import {
  exchangeFailed,
  ServiceError,
  type DownloadHead,
  type DownloadSink,
} from "../../ports/service.ts";
import type { FileToWrite } from "../../ports/target-disk.ts";
import { StoppedError } from "../job-stop.ts";
import { writtenRuns } from "./written-runs.ts";
import type { RestoreContext } from "./restore-context.ts";
import type { FileToRestore } from "./restore-item.ts";
import { message } from "../../../messages/message.ts";

interface FetchFileOptions {
  readonly context: Pick<RestoreContext, "service" | "retrier" | "stop">;
  readonly wish: Pick<FileToRestore, "place" | "generation" | "sha256">;
  /** Empty as yet. */
  readonly file: FileToWrite;
  /** So many bytes are there. */
  readonly onAdvance: (doneBytes: number) => void;
}

/**
 * Streams a file into `file` until it is there whole, with the digest that the service declares. A cut
 * download goes on where it stopped; one that turns out damaged, or whose file is another one by now,
 * starts over. One with another digest than was listed counts only when the service has such a generation. Undefined
 * when there is no such file or generation.
 */
export async function fetchFile(options: FetchFileOptions): Promise<DownloadHead | undefined> {
  const { retrier } = options.context;
  const fetching = new Fetching(options);
  let farthestBytes = 0;
  return retrier.run(
    () => fetching.attempt(),
    () => {
      const isFurther = fetching.offsetBytes > farthestBytes;
      farthestBytes = Math.max(farthestBytes, fetching.offsetBytes);
      return isFurther;
    },
  );
}

class Fetching implements DownloadSink {
  readonly #options: FetchFileOptions;
  #head: DownloadHead | undefined;
  #digest = startSha256();
  #offsetBytes = 0;
  /** How far the file on the disk goes. */
  #writtenBytes = 0;

  constructor(options: FetchFileOptions) {
    this.#options = options;
  }

  get offsetBytes(): number {
    return this.#offsetBytes;
  }

  /** One exchange, from where the last one stopped. */
  async attempt(): Promise<DownloadHead | undefined> {
    const { context, wish } = this.#options;
    const from = this.#resumable();
    if (from === undefined) await this.#startOver();
    const { place: path, generation } = wish;
    const found = await context.service.download(
      {
        path,
        ...(generation === undefined ? {} : { generation }),
        ...(from === undefined ? {} : { from }),
      },
      this,
    );
    if (found === undefined) return undefined;
    const isWhole = this.#offsetBytes === found.sizeBytes;
    if (isWhole && this.#digest.hex() === found.sha256 && (await this.#isStored(found))) {
      // What ends in a hole ends where nothing was written.
      if (this.#writtenBytes < found.sizeBytes) await this.#options.file.truncate(found.sizeBytes);
      return found;
    }
    throw new ServiceError(
      exchangeFailed("corrupt"),
      message("exchange.failed", {
        what: message("exchange.fetching", { path: path.join("/") }),
        why: message("exchange.not-as-declared"),
      }),
    );
  }

  /** Whether this is what was listed, or came there since: an answer can be whole and another file's all the same. */
  async #isStored({ sha256 }: DownloadHead): Promise<boolean> {
    const { context, wish } = this.#options;
    if (sha256 === wish.sha256) return true;
    const generations = await context.service.listGenerations(wish.place);
    return generations?.some((one) => one.sha256 === sha256) ?? false;
  }

  async begin(head: DownloadHead): Promise<void> {
    if (head.offsetBytes !== this.#offsetBytes) await this.#startOver();
    this.#head = head;
  }

  async write(piece: Uint8Array): Promise<void> {
    const { context, file, onAdvance } = this.#options;
    if (context.stop.reason !== undefined) throw new StoppedError();
    for (const { offset, bytes } of writtenRuns(piece, this.#offsetBytes)) {
      await file.write(bytes, this.#offsetBytes + offset);
      this.#writtenBytes = this.#offsetBytes + offset + bytes.length;
    }
    this.#digest.update(piece);
    this.#offsetBytes += piece.length;
    onAdvance(this.#offsetBytes);
  }

  /** Where to go on. What is as long as it should be and still no success is damaged somewhere. */
  #resumable(): { readonly offsetBytes: number; readonly etag: string } | undefined {
    const head = this.#head;
    const offsetBytes = this.#offsetBytes;
    if (head === undefined || offsetBytes === 0 || offsetBytes >= head.sizeBytes) return undefined;
    return { offsetBytes, etag: head.etag };
  }

  async #startOver(): Promise<void> {
    this.#head = undefined;
    this.#digest = startSha256();
    if (this.#offsetBytes === 0) return;
    this.#offsetBytes = 0;
    this.#writtenBytes = 0;
    await this.#options.file.truncate(0);
  }
}
