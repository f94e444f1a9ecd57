import { createHash } from "node:crypto";

import { message } from "../../../messages/message.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { digestField } from "../http/field-values.ts";
import { ownBytes } from "../../copies/own-bytes.ts";
import { BodyAborted } from "../http/request-body.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext, ServiceState } from "./request-context.ts";
import type { Upload } from "../stores/upload-store.ts";
import { uploadLimit } from "./upload-access.ts";
import { digestMismatch } from "./write-file.ts";

/** Bytes between two interim responses that tell how far the upload is. */
const PROGRESS_BYTES = 8 * 2 ** 20;

/** How one request adds to an upload. */
export interface TransferRules {
  readonly context: RequestContext;
  readonly state: ServiceState;
  readonly upload: Upload;
  /** Whether this request ends the upload: then no least size applies. */
  readonly completing: boolean;
  /** Bytes. The most this request may carry; null where only the whole file is limited. */
  readonly bytesMax: number | null;
}

/**
 * Takes the body of a request into an upload. What arrives is kept at once, so that a cut connection
 * loses nothing that was received; only where it first has to be judged as a whole (Content-Digest, a
 * least size) it is held back until then, and kept if the connection breaks before the judgement.
 * Refuses what exceeds a limit; beyond its length or the largest size the upload is gone.
 */
export async function transfer(rules: TransferRules): Promise<void> {
  const { context, state, upload, completing } = rules;
  const digest = digestField(context.headers, HEADERS.contentDigest);
  const bytesMin = completing ? 0 : state.uploadLimits.appendBytesMin;
  assertLeast(rules, context.body.declaredBytes, bytesMin);
  assertRoom(rules, context.body.declaredBytes ?? 0);
  const held: Buffer[] | null = digest === null && bytesMin === 0 ? null : [];
  // Fed while the bytes arrive, so that a held append is not put together only to be hashed.
  const running = digest === null ? null : createHash("sha256");
  const { memory } = state;
  let heldBytes = 0;
  const hold = (chunk: Buffer, pieces: Buffer[]): void => {
    memory.take(chunk.length);
    heldBytes += chunk.length;
    pieces.push(chunk);
  };
  const letGo = (): void => {
    memory.give(heldBytes);
    heldBytes = 0;
  };
  const keep = (chunk: Buffer): void => {
    const before = upload.offset;
    upload.append(chunk);
    if (Math.floor(before / PROGRESS_BYTES) === Math.floor(upload.offset / PROGRESS_BYTES)) return;
    context.sendInterim({ [HEADERS.uploadOffset]: String(upload.offset) });
  };
  const keepHeld = (): void => {
    // What was held is the upload's own from here on.
    letGo();
    held?.forEach(keep);
  };
  let bytes = 0;
  let ended = false;
  const end = (): void => {
    ended = true;
    keepHeld();
    // Whoever ends this one is told for how long the upload lives from now on.
    state.uploads.touch(upload);
    context.body.abort();
  };
  upload.endTransfer = end;
  try {
    await context.body.consume((chunk) => {
      if (ended) throw new BodyAborted("another request took the upload over");
      bytes += chunk.length;
      assertRoom(rules, held === null ? chunk.length : bytes, bytes);
      const own = ownBytes([chunk]);
      running?.update(own);
      if (held === null) keep(own);
      else hold(own, held);
    });
    if (ended) throw new BodyAborted("another request took the upload over");
    assertLeast(rules, bytes, bytesMin);
    const actual = running?.digest("hex");
    if (actual !== undefined && actual !== digest) throw digestMismatch(actual);
    keepHeld();
  } catch (error) {
    // Once ended, the upload belongs to the request that ended this one, and all is kept already.
    if (!(error instanceof ProblemError) && !ended) keepHeld();
    throw error;
  } finally {
    letGo();
    if (upload.endTransfer === end) upload.endTransfer = null;
    state.uploads.touch(upload);
  }
}

/** Refuses bytes beyond what this request, the whole file or its announced length may have. */
function assertRoom(rules: TransferRules, addedBytes: number, requestBytes = addedBytes): void {
  const { state, upload, bytesMax } = rules;
  const limits = { headers: { [HEADERS.uploadLimit]: uploadLimit(state, upload) } };
  if (bytesMax !== null && requestBytes > bytesMax) {
    const detail = message("upload.append-bytes-max", { bytesMax });
    throw new ProblemError("content-too-large", detail, limits);
  }
  const offset = upload.offset + addedBytes;
  if (upload.lengthBytes !== null && offset > upload.lengthBytes) {
    state.uploads.remove(upload);
    const detail = message("upload.more-than-announced", { lengthBytes: upload.lengthBytes });
    throw new ProblemError("inconsistent-upload-length", detail);
  }
  const { sizeBytesMax } = state.uploadLimits;
  if (offset > sizeBytesMax) {
    state.uploads.remove(upload);
    const detail = message("upload.file-bytes-void", { bytesMax: sizeBytesMax });
    throw new ProblemError("content-too-large", detail, limits);
  }
}

function assertLeast(rules: TransferRules, bytes: number | null, bytesMin: number): void {
  if (bytes === null || bytes >= bytesMin) return;
  throw new ProblemError("invalid-request", message("upload.append-bytes-min", { bytesMin }), {
    headers: { [HEADERS.uploadLimit]: uploadLimit(rules.state, rules.upload) },
  });
}
