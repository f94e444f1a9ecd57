import { hash } from "node:crypto";

import { HEADERS } from "../../../protocol/http/headers.ts";
import type { PlaceTag } from "../../../protocol/http/place-tag.ts";
import { BATCH_MEDIA_TYPE, type BatchResult } from "../../../protocol/http/schemas.ts";
import type { Language } from "../../../terminal/language.ts";
import { acceptedLanguage } from "../http/accepted-language.ts";
import { digestField, canonicalNanoseconds, placeField } from "../http/field-values.ts";
import { ownBytes } from "../../copies/own-bytes.ts";
import { jsonReply, type Reply } from "../http/reply.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext } from "./request-context.ts";
import type { ContractStorage } from "../stores/contract-storage.ts";
import { fileEntry, folderEntry } from "../stores/entries.ts";
import { BATCH_BODY_BYTES_MAX, parseBatchContainer, type BatchPart } from "./batch-container.ts";
import { assertMediaType, pathFromText, sessionOf } from "./request-input.ts";
import { digestMismatch } from "./write-file.ts";

type PartResult = BatchResult["results"][number];

/**
 * Commits the parts of a batch one after another, each whole or not at all. A container that is
 * malformed anywhere commits nothing.
 */
export async function batchUpload(context: RequestContext): Promise<Reply> {
  assertMediaType(context, BATCH_MEDIA_TYPE);
  const declared = digestField(context.headers, HEADERS.contentDigest);
  const { storage } = sessionOf(context).account.contract;
  const body = await context.body.collect(BATCH_BODY_BYTES_MAX);
  if (declared !== null) {
    const sha256 = hash("sha256", body);
    if (sha256 !== declared) throw digestMismatch(sha256);
  }
  const parts = parseBatchContainer(body);
  const place = placeField(context.headers);
  const { refusePart } = context;
  const language = acceptedLanguage(context.headers["accept-language"]);
  const commitTo = { storage, place, refusePart, language };
  const results = parts.map((part) => commitPart(commitTo, part));
  const isTold = results.some(({ outcome }) => outcome === "refused");
  return jsonReply(200, { results }, isTold ? { "content-language": language } : {});
}

interface CommitTo {
  readonly storage: ContractStorage;
  /** The folder that every part has to go into; null for any. */
  readonly place: PlaceTag | null;
  readonly refusePart: RequestContext["refusePart"];
  /** In which it is told why a part is refused. */
  readonly language: Language;
}

function commitPart(commitTo: CommitTo, part: BatchPart): PartResult {
  try {
    const refusal = commitTo.refusePart(part.header.path);
    if (refusal !== null) throw refusal;
    return { outcome: "committed", entry: commit(commitTo, part) };
  } catch (error) {
    if (!(error instanceof ProblemError)) throw error;
    return { outcome: "refused", problem: error.problemIn(commitTo.language) };
  }
}

function commit(
  { storage, place }: CommitTo,
  { header, content }: BatchPart,
): Extract<PartResult, { outcome: "committed" }>["entry"] {
  const path = pathFromText(header.path);
  storage.assertPlace(path, place);
  switch (header.kind) {
    case "folder":
      return folderEntry(storage.createFolder(path, "destination").folder, header.path);
    case "folder-attributes": {
      const modifiedAtNs = canonicalNanoseconds(header.modifiedAtNs);
      const attributes = { modifiedAtNs, mode: header.mode ?? null };
      return folderEntry(storage.setFolderAttributes(path, attributes), header.path);
    }
    case "file-attributes": {
      const modifiedAtNs = canonicalNanoseconds(header.modifiedAtNs);
      return fileEntry(storage.setFileMode(path, { ...header, modifiedAtNs }), header.path);
    }
    case "file":
  }
  const sha256 = hash("sha256", content);
  if (sha256 !== header.sha256) throw digestMismatch(sha256);
  const { file } = storage.commitFile({
    path,
    bytes: { sizeBytes: content.length, chunks: [ownBytes([content])] },
    sha256,
    modifiedAtNs: canonicalNanoseconds(header.modifiedAtNs),
    mode: header.mode,
  });
  return fileEntry(file, header.path);
}
