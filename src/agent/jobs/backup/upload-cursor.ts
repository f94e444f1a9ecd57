import { ServiceError, type Upload } from "../../ports/service.ts";
import type { BackupContext } from "./backup-context.ts";

const MISMATCH_COUNT_MAX = 3;

/**
 * Where an upload stands on the service, and how to bring it forward. After a failed append the
 * service is asked how far it came, so that no byte it has is sent again.
 */
export class UploadCursor {
  readonly #context: Pick<BackupContext, "service" | "retrier">;
  readonly #url: string;
  #offsetBytes: number;
  /** Whether the service may be further than we know. */
  #isUncertain = false;
  #mismatchCount = 0;

  constructor(
    context: Pick<BackupContext, "service" | "retrier">,
    upload: Upload & { readonly offsetBytes: number },
  ) {
    this.#context = context;
    this.#url = upload.url;
    this.#offsetBytes = upload.offsetBytes;
  }

  /**
   * Brings the upload past `piece`, which stands at `startBytes` of the file; sends only what the
   * service does not have. False when the upload cannot go on: the service forgot it, lost bytes
   * it had, or has bytes that were never sent.
   */
  send(startBytes: number, piece: Uint8Array): Promise<boolean> {
    const endBytes = startBytes + piece.length;
    return this.#context.retrier.run(async () => {
      while (this.#offsetBytes < endBytes || this.#isUncertain) {
        if (this.#isUncertain && !(await this.#askOffset())) return false;
        if (this.#offsetBytes < startBytes) return false;
        if (this.#offsetBytes >= endBytes) return true;
        if (!(await this.#append(piece.subarray(this.#offsetBytes - startBytes)))) return false;
      }
      return true;
    });
  }

  async #append(bytes: Uint8Array): Promise<boolean> {
    this.#isUncertain = true;
    try {
      const before = this.#offsetBytes;
      const after = await this.#context.service.appendUpload(this.#url, before, bytes);
      if (after <= before || after > before + bytes.length) return this.#isPatient();
      this.#offsetBytes = after;
      this.#isUncertain = false;
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError) || error.failure.kind !== "refused") throw error;
      const { code } = error.failure.problem;
      if (code === "not-found" || code === "upload-completed") return false;
      if (code !== "upload-offset-mismatch") throw error;
      return this.#isPatient();
    }
  }

  /** The offset is asked for again; a service that contradicts itself is not asked for ever. */
  #isPatient(): boolean {
    this.#mismatchCount += 1;
    return this.#mismatchCount <= MISMATCH_COUNT_MAX;
  }

  async #askOffset(): Promise<boolean> {
    const offsetBytes = await this.#context.service.uploadOffset(this.#url);
    if (offsetBytes === undefined) return false;
    this.#offsetBytes = offsetBytes;
    this.#isUncertain = false;
    return true;
  }
}
