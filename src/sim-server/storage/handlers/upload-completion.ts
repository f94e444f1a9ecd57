import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { emptyReply, type Reply } from "../http/reply.ts";
import type { Preconditions } from "../http/preconditions.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { ServiceState } from "./request-context.ts";
import { generationEtag, newestGeneration } from "../stores/service-nodes.ts";
import type { Upload } from "../stores/upload-store.ts";
import { uploadFields } from "./upload-access.ts";
import { committedReply, digestMismatch } from "./write-file.ts";

/**
 * Ends an upload whose bytes are all here: checks the digest of the whole and commits the file as a
 * PUT would. When that is refused the upload is gone, since sending the same bytes again would not
 * help; the refusal says `Upload-Complete: ?1`, which tells it from a refusal of the request itself.
 */
export function completeUpload(
  state: ServiceState,
  upload: Upload,
  preconditions: Preconditions,
): Reply {
  const { target, chunks, offset } = upload;
  const sha256 = upload.digest();
  try {
    if (upload.sha256 !== null && upload.sha256 !== sha256) throw digestMismatch(sha256);
    if (target !== null) upload.handOver();
    const committed = target?.account.contract.storage.commitFile({
      path: target.path,
      bytes: { sizeBytes: offset, chunks },
      sha256,
      modifiedAtNs: target.modifiedAtNs,
      mode: target.mode,
      preconditions,
    });
    upload.lengthBytes = offset;
    const etag = committed && generationEtag(committed.file, newestGeneration(committed.file));
    upload.result = { sha256, etag: etag ?? null };
    // An anonymous upload has nowhere else to keep its bytes.
    if (target !== null) upload.dropBytes();
    state.uploads.touch(upload);
    const reply =
      committed === undefined || target === null
        ? emptyReply(200, { [HEADERS.reprDigest]: formatDigestHeader(sha256) })
        : committedReply(committed, target.path);
    return { ...reply, headers: { ...reply.headers, ...uploadFields(state, upload) } };
  } catch (error) {
    if (error instanceof ProblemError) {
      state.uploads.remove(upload);
      error.headers = { ...error.headers, [HEADERS.uploadComplete]: "?1" };
    }
    throw error;
  }
}
