import type { IncomingHttpHeaders } from "node:http";

import { message } from "../../../messages/message.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { uploadQuerySchema } from "../../../protocol/http/schemas.ts";
import {
  assertIdentityCoding,
  booleanField,
  canonicalNanoseconds,
  digestField,
  integerField,
  preconditionFields,
} from "../http/field-values.ts";
import { emptyReply, type Reply } from "../http/reply.ts";
import { UNCONDITIONAL } from "../http/preconditions.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext, ServiceState } from "./request-context.ts";
import { Upload, type UploadTarget } from "../stores/upload-store.ts";
import { pathFromText, queryOf } from "./request-input.ts";
import { uploadFields, uploadLimit } from "./upload-access.ts";
import { completeUpload } from "./upload-completion.ts";
import { transfer } from "./upload-transfer.ts";
import { digestRequired } from "./write-file.ts";

/** Bytes of chance in an upload's id: with an anonymous upload it is all one needs to know. */
const ID_BYTES = 16;

/**
 * Begins an upload, with its first bytes, all of them or none (draft-ietf-httpbis-resumable-upload
 * section 4.2). With a session the file's path and date come in the query, and what can be refused
 * is refused now: path, destination, capacity.
 */
export async function createUpload(context: RequestContext, state: ServiceState): Promise<Reply> {
  const { headers, body } = context;
  const completing = booleanField(headers, HEADERS.uploadComplete);
  if (completing === undefined) {
    throw new ProblemError(
      "invalid-request",
      message("request.field-boolean", { field: HEADERS.uploadComplete }),
    );
  }
  try {
    const target = targetOf(context);
    target?.account.contract.storage.assertPlace(target.path, target.preconditions.place);
    const lengthBytes = announcedLength(headers, completing ? body.declaredBytes : null, 0);
    assertSize(state, lengthBytes);
    target?.account.contract.storage.assertCommittable(target.path, lengthBytes);
    const sha256 = digestField(headers, HEADERS.reprDigest);
    if (completing && target !== null && sha256 === null) throw digestRequired();

    const id = state.entropy.randomHex(ID_BYTES);
    const nowMs = state.clock.nowMs();
    const { memory, journal } = state;
    const upload = new Upload({ id, target, sha256, lengthBytes, nowMs, memory, journal });
    state.uploads.add(upload);
    const location = `/v1/uploads/${id}`;
    context.sendInterim({ location, [HEADERS.uploadLimit]: uploadLimit(state, upload) });
    return await firstTransfer(context, state, upload, completing);
  } catch (error) {
    throw incompleteUnlessSaid(error);
  }
}

async function firstTransfer(
  context: RequestContext,
  state: ServiceState,
  upload: Upload,
  completing: boolean,
): Promise<Reply> {
  const location = `/v1/uploads/${upload.id}`;
  try {
    // Neither the least nor the most an append may carry applies to the request that creates.
    await transfer({ context, state, upload, completing: true, bytesMax: null });
    if (!completing) return emptyReply(201, { location, ...uploadFields(state, upload) });
    assertWhole(upload);
    const reply = completeUpload(state, upload, upload.target?.preconditions ?? UNCONDITIONAL);
    const status = upload.target === null ? 201 : reply.status;
    return { ...reply, status, headers: { location, ...reply.headers } };
  } catch (error) {
    // Refused, it was never created. Cut off, it can be resumed by who was told its place by a 104.
    if (error instanceof ProblemError) state.uploads.remove(upload);
    throw error;
  }
}

/** The size a request announces for the whole file, by Upload-Length or as the last part of it. */
export function announcedLength(
  headers: IncomingHttpHeaders,
  lastPartBytes: number | null,
  offset: number,
): number | null {
  const byField = integerField(headers, HEADERS.uploadLength) ?? null;
  const byContent = lastPartBytes === null ? null : offset + lastPartBytes;
  if (byField !== null && byContent !== null && byField !== byContent) {
    throw new ProblemError(
      "inconsistent-upload-length",
      message("upload.two-lengths", { one: byField, other: byContent }),
    );
  }
  return byField ?? byContent;
}

/** Refuses to complete an upload that has not all its bytes. */
export function assertWhole(upload: Upload): void {
  if (upload.lengthBytes === null || upload.offset === upload.lengthBytes) return;
  throw new ProblemError(
    "inconsistent-upload-length",
    message("upload.not-the-end", { offset: upload.offset, lengthBytes: upload.lengthBytes }),
  );
}

/** Adds to a refusal that the upload goes on, or never began, unless it says the contrary. */
export function incompleteUnlessSaid(error: unknown): unknown {
  if (error instanceof ProblemError) {
    error.headers = { [HEADERS.uploadComplete]: "?0", ...error.headers };
  }
  return error;
}

function assertSize(state: ServiceState, lengthBytes: number | null): void {
  const { sizeBytesMax } = state.uploadLimits;
  if (lengthBytes === null || lengthBytes <= sizeBytesMax) return;
  throw new ProblemError(
    "content-too-large",
    message("upload.file-bytes", { bytesMax: sizeBytesMax }),
    {
      headers: { [HEADERS.uploadLimit]: uploadLimit(state, null) },
    },
  );
}

function targetOf(context: RequestContext): UploadTarget | null {
  const { path, modifiedAtNs, mode } = queryOf(context, uploadQuerySchema);
  if (context.session === null) {
    if (path === undefined && modifiedAtNs === undefined && mode === undefined) return null;
    throw new ProblemError("invalid-request", message("upload.needs-session"));
  }
  if (path === undefined || modifiedAtNs === undefined) {
    throw new ProblemError("invalid-request", message("upload.query-names"));
  }
  context.namedPaths.push(path);
  assertIdentityCoding(context.headers);
  return {
    account: context.session.account,
    path: pathFromText(path),
    modifiedAtNs: canonicalNanoseconds(modifiedAtNs),
    mode,
    preconditions: preconditionFields(context.headers),
  };
}
