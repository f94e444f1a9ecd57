import { hash } from "node:crypto";

import { message } from "../../../messages/message.ts";
import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { fileQuerySchema } from "../../../protocol/http/operations.ts";
import { parseByteRange, sliceChunks } from "../http/byte-range.ts";
import { field, preconditionFields } from "../http/field-values.ts";
import { formatHttpDate } from "../http/instant.ts";
import { emptyReply, jsonReply, type Reply } from "../http/reply.ts";
import { ifMatchHolds, ifNoneMatchHolds } from "../http/preconditions.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext } from "./request-context.ts";
import { generationEntry } from "../stores/entries.ts";
import { generationEtag, type FileNode, type StoredGeneration } from "../stores/service-nodes.ts";
import { pathParameter, queryOf, sessionOf } from "./request-input.ts";

const BYTES = "application/octet-stream";

/**
 * A file's bytes, of the newest generation or another, whole or a range (F26). `Repr-Digest` is of the
 * whole file, `Content-Digest` of the bytes in this very answer.
 */
export function getFile(context: RequestContext): Reply {
  const { storage } = sessionOf(context).account.contract;
  const { file, generation } = selected(context);
  const etag = generationEtag(file, generation);
  const headers = fileHeaders(generation, etag);
  const unchanged = checkPreconditions(context, etag);
  if (unchanged !== undefined) return unchanged;

  const bytes = storage.read(generation);
  const ifRange = field(context.headers, "if-range")?.trim();
  const wanted = ifRange === undefined || ifRange === etag ? context.headers.range : undefined;
  const range = parseByteRange(wanted, bytes.sizeBytes);
  if (range.kind === "unsatisfiable") {
    throw new ProblemError(
      "range-not-satisfiable",
      message("storage.size", { sizeBytes: bytes.sizeBytes }),
      {
        headers: { "content-range": `bytes */${bytes.sizeBytes}` },
      },
    );
  }
  if (range.kind === "whole") {
    const { chunks, sizeBytes } = bytes;
    const digest = formatDigestHeader(generation.sha256);
    return {
      status: 200,
      headers: { ...headers, [HEADERS.contentDigest]: digest },
      body: { kind: "bytes", mediaType: BYTES, chunks, sizeBytes },
    };
  }
  const chunks = sliceChunks(bytes.chunks, range.first, range.last);
  const content = Buffer.concat(chunks);
  return {
    status: 206,
    headers: {
      ...headers,
      "content-range": `bytes ${range.first}-${range.last}/${bytes.sizeBytes}`,
      [HEADERS.contentDigest]: formatDigestHeader(hash("sha256", content)),
    },
    body: { kind: "bytes", mediaType: BYTES, chunks: [content], sizeBytes: content.length },
  };
}

/** What a GET would say of a file, without its bytes; Range does not apply (RFC 9110 section 14.2). */
export function headFile(context: RequestContext): Reply {
  const { file, generation } = selected(context);
  const etag = generationEtag(file, generation);
  const unchanged = checkPreconditions(context, etag);
  if (unchanged !== undefined) return unchanged;
  return emptyReply(200, {
    ...fileHeaders(generation, etag),
    "content-type": BYTES,
    "content-length": String(generation.sizeBytes),
    [HEADERS.contentDigest]: formatDigestHeader(generation.sha256),
  });
}

/** The generations that are kept of a file, newest first (F22). */
export function listGenerations(context: RequestContext): Reply {
  const file = sessionOf(context).account.contract.storage.file(pathParameter(context));
  const generations = file.generations.map((generation) => generationEntry(file, generation));
  return jsonReply(200, { generations });
}

function selected(context: RequestContext): { file: FileNode; generation: StoredGeneration } {
  const file = sessionOf(context).account.contract.storage.file(pathParameter(context));
  const { generation: text } = queryOf(context, fileQuerySchema);
  const wanted = text === undefined ? undefined : Number(text);
  const generation = file.generations.find(
    (kept) => wanted === undefined || kept.generation === wanted,
  );
  if (generation !== undefined) return { file, generation };
  throw new ProblemError(
    "not-found",
    message("storage.generation-not-kept", { generation: text ?? "" }),
  );
}

function fileHeaders(generation: StoredGeneration, etag: string): Record<string, string> {
  return {
    etag,
    [HEADERS.reprDigest]: formatDigestHeader(generation.sha256),
    [HEADERS.modifiedAtNs]: generation.modifiedAtNs,
    ...(generation.mode === null ? {} : { [HEADERS.mode]: generation.mode }),
    ...lastModified(generation.modifiedAtNs),
    "accept-ranges": "bytes",
  };
}

/** The modification time for HTTP clients, to the second; none where HTTP cannot write it. */
function lastModified(modifiedAtNs: string): Record<string, string> {
  const ms = Number(BigInt(modifiedAtNs) / 1_000_000n);
  return ms < 0 || ms > HTTP_DATE_MS_MAX ? {} : { "last-modified": formatHttpDate(ms) };
}

/** The last moment of the year 9999. */
const HTTP_DATE_MS_MAX = 253_402_300_799_999;

function checkPreconditions(context: RequestContext, etag: string): Reply | undefined {
  const { ifMatch, ifNoneMatch } = preconditionFields(context.headers);
  if (!ifMatchHolds(ifMatch, etag)) {
    throw new ProblemError("precondition-failed", message("storage.stands-as", { etag }));
  }
  return ifNoneMatchHolds(ifNoneMatch, etag) ? undefined : emptyReply(304, { etag });
}
