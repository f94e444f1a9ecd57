import { hash } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";

import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { replyBytes, type Reply } from "../http/reply.ts";

/** A SHA-256 that no file of any test has. */
const WRONG_SHA256 = "0".repeat(64);

/** A copy with the lowest bit of one byte flipped; the same when there is no such byte. */
export function flipBit(bytes: Buffer, index: number): Buffer {
  const copy = Buffer.from(bytes);
  const byte = copy[index];
  if (byte !== undefined) copy[index] = byte ^ 1;
  return copy;
}

/**
 * The answer with one bit of its body flipped: the middle of a file's bytes, the opening brace of
 * JSON. `null` when there is no body that could be spoiled. `isResealed`: Content-Digest is made to fit.
 */
export function corruptReply(reply: Reply, isResealed = false): Reply | null {
  const bytes = Buffer.concat(replyBytes(reply.body));
  if (bytes.length === 0 || reply.body.kind === "none") return null;
  const index = reply.body.kind === "bytes" ? Math.floor(bytes.length / 2) : 0;
  const { mediaType } = reply.body;
  const spoilt = flipBit(bytes, index);
  const headers = { ...reply.headers };
  if (isResealed && headers[HEADERS.contentDigest] !== undefined) {
    headers[HEADERS.contentDigest] = formatDigestHeader(hash("sha256", spoilt));
  }
  const body = { kind: "bytes", mediaType, chunks: [spoilt], sizeBytes: bytes.length } as const;
  return { ...reply, headers, body };
}

/** Makes the Content-Digest of a request fit bytes that were spoilt, where it has one. */
export function resealRequest(headers: IncomingHttpHeaders, spoilt: Buffer): void {
  if (headers[HEADERS.contentDigest] === undefined) return;
  headers[HEADERS.contentDigest] = formatDigestHeader(hash("sha256", spoilt));
}

/** The answer with every SHA-256 in it, in headers and in JSON, replaced by a wrong one. */
export function wrongDigestReply(reply: Reply): Reply {
  const headers = { ...reply.headers };
  for (const name of [HEADERS.reprDigest, HEADERS.contentDigest]) {
    if (headers[name] !== undefined) headers[name] = formatDigestHeader(WRONG_SHA256);
  }
  if (reply.body.kind !== "json") return { ...reply, headers };
  const value: unknown = JSON.parse(JSON.stringify(reply.body.value), (key, member: unknown) =>
    key === "sha256" ? WRONG_SHA256 : member,
  );
  return { ...reply, headers, body: { ...reply.body, value } };
}
