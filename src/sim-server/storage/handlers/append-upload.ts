import { message } from "../../../messages/message.ts";
import { HEADERS, PARTIAL_UPLOAD_MEDIA_TYPE } from "../../../protocol/http/headers.ts";
import {
  booleanField,
  digestField,
  integerField,
  preconditionFields,
} from "../http/field-values.ts";
import { emptyReply, type Reply } from "../http/reply.ts";
import { UNCONDITIONAL, type Preconditions } from "../http/preconditions.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext, ServiceState } from "./request-context.ts";
import type { Upload } from "../stores/upload-store.ts";
import { announcedLength, assertWhole, incompleteUnlessSaid } from "./create-upload.ts";
import { assertMediaType } from "./request-input.ts";
import { findUpload, uploadFields } from "./upload-access.ts";
import { completeUpload } from "./upload-completion.ts";
import { transfer } from "./upload-transfer.ts";
import { digestMismatch, digestRequired } from "./write-file.ts";

/**
 * Appends to an upload, and with `Upload-Complete: ?1` commits the file
 * (draft-ietf-httpbis-resumable-upload section 4.4). A request that is still appending is ended
 * first: the client that sends this one has given it up.
 */
export async function appendUpload(context: RequestContext, state: ServiceState): Promise<Reply> {
  const upload = findUpload(context, state);
  try {
    const append = readAppend(context, upload);
    if (upload.target !== null) {
      const { account, path } = upload.target;
      account.contract.storage.assertPlace(path, append.preconditions.place);
    }
    upload.endTransfer?.();
    assertAppendable(context, upload, append);
    const { completing, preconditions } = append;
    const bytesMax = state.uploadLimits.appendBytesMax;
    await transfer({ context, state, upload, completing, bytesMax });
    if (!completing) return emptyReply(204, uploadFields(state, upload));
    assertWhole(upload);
    return completeUpload(state, upload, preconditions);
  } catch (error) {
    if (error instanceof ProblemError && state.uploads.get(upload.id) === upload) {
      error.headers = { [HEADERS.uploadOffset]: String(upload.offset), ...error.headers };
    }
    throw incompleteUnlessSaid(error);
  }
}

interface Append {
  readonly offset: number;
  readonly completing: boolean;
  /** Those of the creation where the request names none. */
  readonly preconditions: Preconditions;
}

function readAppend(context: RequestContext, { target }: Upload): Append {
  const { headers } = context;
  assertMediaType(context, PARTIAL_UPLOAD_MEDIA_TYPE);
  const offset = integerField(headers, HEADERS.uploadOffset);
  const completing = booleanField(headers, HEADERS.uploadComplete);
  if (offset === undefined || completing === undefined) {
    throw new ProblemError(
      "invalid-request",
      message("upload.append-fields", {
        offsetField: HEADERS.uploadOffset,
        completeField: HEADERS.uploadComplete,
      }),
    );
  }
  const { ifMatch, ifNoneMatch, place } = preconditionFields(headers);
  const none = ifMatch === null && ifNoneMatch === null;
  const before = target?.preconditions ?? UNCONDITIONAL;
  const tags = none ? before : { ifMatch, ifNoneMatch };
  return { offset, completing, preconditions: { ...tags, place: place ?? before.place } };
}

function assertAppendable(context: RequestContext, upload: Upload, append: Append): void {
  const { headers, body } = context;
  if (upload.result !== null) throw alreadyComplete(body.declaredBytes ?? 0);
  if (append.offset !== upload.offset) {
    throw new ProblemError(
      "upload-offset-mismatch",
      message("upload.stands-at", { offset: upload.offset }),
      {
        extensions: { "expected-offset": upload.offset, "provided-offset": append.offset },
      },
    );
  }
  const lastPartBytes = append.completing ? body.declaredBytes : null;
  const length = announcedLength(headers, lastPartBytes, upload.offset);
  if (length !== null && upload.lengthBytes !== null && length !== upload.lengthBytes) {
    throw new ProblemError(
      "inconsistent-upload-length",
      message("upload.other-length", { before: upload.lengthBytes, now: length }),
    );
  }
  const sha256 = digestField(headers, HEADERS.reprDigest);
  if (sha256 !== null && upload.sha256 !== null && sha256 !== upload.sha256) {
    throw digestMismatch(upload.sha256);
  }
  if (append.completing && upload.target !== null && (sha256 ?? upload.sha256) === null) {
    throw digestRequired();
  }
  // Nothing is noted before all of it was found good.
  upload.lengthBytes ??= length;
  upload.sha256 ??= sha256;
}

function alreadyComplete(contentBytes: number): ProblemError {
  const headers = { [HEADERS.uploadComplete]: "?1" };
  return contentBytes > 0
    ? new ProblemError("inconsistent-upload-length", message("upload.complete"), { headers })
    : new ProblemError("upload-completed", message("upload.complete-already"), { headers });
}
