import { hash } from "node:crypto";

import { message } from "../../../messages/message.ts";
import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { PUT_FILE_BYTES_MAX } from "../../../protocol/http/operations.ts";
import { formatServicePath, type ServicePath } from "../../../protocol/service-path.ts";
import {
  assertIdentityCoding,
  digestField,
  modeField,
  modifiedAtField,
  preconditionFields,
} from "../http/field-values.ts";
import { ownBytes } from "../../copies/own-bytes.ts";
import { emptyReply, jsonReply, type Reply } from "../http/reply.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext } from "./request-context.ts";
import type { FileCommitted } from "../stores/contract-storage.ts";
import { fileEntry } from "../stores/entries.ts";
import { pathParameter, sessionOf } from "./request-input.ts";

/**
 * Commits a file from one request (D8). Nothing changes before all bytes are here, their digest is
 * right and there is room. Refuses what can be refused before the body is read.
 */
export async function putFile(context: RequestContext): Promise<Reply> {
  const { storage } = sessionOf(context).account.contract;
  const { headers, body } = context;
  const path = pathParameter(context);
  if (headers["content-range"] !== undefined) {
    throw new ProblemError("invalid-request", message("request.partial-put"));
  }
  assertIdentityCoding(headers);
  const modifiedAtNs = modifiedAtField(headers);
  const mode = modeField(headers);
  const preconditions = preconditionFields(headers);
  const declared = [HEADERS.reprDigest, HEADERS.contentDigest].flatMap(
    (name) => digestField(headers, name) ?? [],
  );
  if (declared.length === 0) throw digestRequired();
  storage.assertCommittable(path, null);

  const content = await body.collect(PUT_FILE_BYTES_MAX);
  const sha256 = hash("sha256", content);
  if (declared.some((digest) => digest !== sha256)) throw digestMismatch(sha256);
  const bytes = { sizeBytes: content.length, chunks: [ownBytes([content])] };
  const committed = storage.commitFile({ path, bytes, sha256, modifiedAtNs, mode, preconditions });
  return committedReply(committed, path);
}

/** Deletes a file with all its generations. */
export function deleteFile(context: RequestContext): Reply {
  const { storage } = sessionOf(context).account.contract;
  storage.deleteFile(pathParameter(context), preconditionFields(context.headers));
  return emptyReply(204);
}

/** How every successful commit is answered: 201 for a new file, else 200. */
export function committedReply(committed: FileCommitted, path: ServicePath): Reply {
  const entry = fileEntry(committed.file, formatServicePath(path));
  return jsonReply(committed.outcome === "created" ? 201 : 200, entry, {
    etag: entry.etag,
    [HEADERS.reprDigest]: formatDigestHeader(entry.sha256),
  });
}

/** The refusal of a file without a SHA-256. */
export function digestRequired(): ProblemError {
  return new ProblemError(
    "digest-required",
    message("request.digest-required", {
      field: HEADERS.reprDigest,
      otherField: HEADERS.contentDigest,
    }),
  );
}

/** The refusal of bytes that are not those that were declared. */
export function digestMismatch(sha256: string): ProblemError {
  return new ProblemError("digest-mismatch", message("request.digest-mismatch", { sha256 }));
}
