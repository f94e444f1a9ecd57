import { message } from "../../../messages/message.ts";
import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { HEADERS, PARTIAL_UPLOAD_MEDIA_TYPE } from "../../../protocol/http/headers.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { encodeServicePath, formatServicePath } from "../../../protocol/service-path.ts";
import { field } from "../http/field-values.ts";
import { emptyReply, type Reply } from "../http/reply.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext, ServiceState } from "./request-context.ts";
import type { Upload } from "../stores/upload-store.ts";

/** Milliseconds after which an upload nobody appended to is forgotten. */
export const UPLOAD_IDLE_MS_MAX: number = LIMITS.uploadIdleHoursMax * 3_600_000;

/** The upload of a request; `not-found` for one that is gone or somebody else's. */
export function findUpload(context: RequestContext, state: ServiceState): Upload {
  const upload = state.uploads.get(context.parameter);
  const owner = upload?.target?.account.loginId;
  const mine = owner === undefined || owner === context.session?.account.loginId;
  if (upload !== undefined && mine) {
    if (upload.target !== null) context.namedPaths.push(formatServicePath(upload.target.path));
    return upload;
  }
  throw new ProblemError("not-found", message("upload.unknown"));
}

/** The `Upload-Limit` field of an upload, or of any new one. */
export function uploadLimit(state: ServiceState, upload: Upload | null): string {
  const { sizeBytesMax, appendBytesMax, appendBytesMin } = state.uploadLimits;
  const idleMs = upload === null ? 0 : state.clock.nowMs() - upload.lastUsedAtMs;
  const ageSeconds = Math.max(0, Math.floor((UPLOAD_IDLE_MS_MAX - idleMs) / 1000));
  const minimum = appendBytesMin > 0 ? `, min-append-size=${appendBytesMin}` : "";
  return `max-size=${sizeBytesMax}, max-append-size=${appendBytesMax}${minimum}, max-age=${ageSeconds}`;
}

/** The fields that say where an upload stands. */
export function uploadFields(state: ServiceState, upload: Upload): Record<string, string> {
  return {
    [HEADERS.uploadOffset]: String(upload.offset),
    [HEADERS.uploadComplete]: upload.result === null ? "?0" : "?1",
    [HEADERS.uploadLimit]: uploadLimit(state, upload),
  };
}

/** That uploads can be resumed here, and within which limits. */
export function uploadOptions(_context: RequestContext, state: ServiceState): Reply {
  return emptyReply(204, {
    allow: "OPTIONS, POST",
    "accept-patch": PARTIAL_UPLOAD_MEDIA_TYPE,
    [HEADERS.uploadLimit]: uploadLimit(state, null),
  });
}

/**
 * Where an upload stands. A request that is still appending is ended first, so that the offset told
 * is not outdated a moment later. Of a complete upload it also tells what it became.
 */
export function readUpload(context: RequestContext, state: ServiceState): Reply {
  const upload = findUpload(context, state);
  for (const name of [HEADERS.uploadOffset, HEADERS.uploadComplete]) {
    if (field(context.headers, name) !== undefined) {
      throw new ProblemError(
        "invalid-request",
        message("request.field-misplaced", { field: name }),
      );
    }
  }
  upload.endTransfer?.();
  const headers = { ...uploadFields(state, upload), "cache-control": "no-store" };
  return emptyReply(204, {
    ...headers,
    ...(upload.lengthBytes === null ? {} : { [HEADERS.uploadLength]: String(upload.lengthBytes) }),
    ...resultFields(upload),
  });
}

/** Gives an upload up; a request that is still appending is ended. */
export function cancelUpload(context: RequestContext, state: ServiceState): Reply {
  state.uploads.remove(findUpload(context, state));
  return emptyReply(204);
}

function resultFields({ result, target }: Upload): Record<string, string> {
  if (result === null) return {};
  const digest = { [HEADERS.reprDigest]: formatDigestHeader(result.sha256) };
  if (target === null || result.etag === null) return digest;
  const location = `/v1/files/${encodeServicePath(target.path)}`;
  return { ...digest, etag: result.etag, "content-location": location };
}
