import { message } from "../../../messages/message.ts";
import { HEADERS, NDJSON_MEDIA_TYPE } from "../../../protocol/http/headers.ts";
import { deleteFolderQuerySchema } from "../../../protocol/http/operations.ts";
import { formatPlaceTag } from "../../../protocol/http/place-tag.ts";
import { listingQuerySchema, moveRequestSchema } from "../../../protocol/http/schemas.ts";
import { formatServicePath } from "../../../protocol/service-path.ts";
import { chooseMediaType } from "../http/accept.ts";
import { emptyReply, jsonReply, type Reply } from "../http/reply.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext, ServiceState } from "./request-context.ts";
import { folderEntry, nodeEntry, supersededMember } from "../stores/entries.ts";
import { decodeListingToken, encodeListingToken } from "../stores/listing-token.ts";
import { listPart, type ListingCursor, type ListingRequest } from "../stores/tree-listing.ts";
import { jsonBody, pathFromText, pathParameter, queryOf, sessionOf } from "./request-input.ts";

/** Entries that are taken from the tree at a time while a listing streams. */
const STREAM_PART_ENTRY_COUNT = 500;

/**
 * Lists a folder: one page of JSON, or everything as NDJSON when Accept prefers that. The stream is
 * made as fast as it is read and never held as a whole.
 */
export function getFolder(
  context: RequestContext,
  { listingPageEntryCountMax }: ServiceState,
): Reply {
  const path = pathParameter(context);
  const { storage } = sessionOf(context).account.contract;
  const folder = storage.folder(path);
  const headers = { [HEADERS.place]: formatPlaceTag(storage.placeTag(folder)) };
  const query = queryOf(context, listingQuerySchema);
  const mediaType = chooseMediaType(context.headers.accept, [
    "application/json",
    NDJSON_MEDIA_TYPE,
  ]);
  if (mediaType === undefined) {
    throw new ProblemError(
      "not-acceptable",
      message("request.listing-types", { mediaType: NDJSON_MEDIA_TYPE }),
    );
  }
  const request: ListingRequest = {
    folder,
    path: formatServicePath(path),
    recursive: query.recursive === "true",
    after: cursorOf(query.pageToken, query.recursive === "true"),
    entryCountMax: Math.min(query.limit, listingPageEntryCountMax),
  };
  if (mediaType === NDJSON_MEDIA_TYPE) {
    return { status: 200, headers, body: { kind: "lines", mediaType, pieces: lines(request) } };
  }
  const { entries, next } = listPart(request);
  const page = {
    entries: entries.map(({ node, path: at }) => nodeEntry(node, at)),
    nextPageToken: next === null ? null : encodeListingToken(next),
    ...supersededMember(folder),
  };
  return jsonReply(200, page, headers);
}

/** Whether a folder is there. */
export function headFolder(context: RequestContext): Reply {
  const { storage } = sessionOf(context).account.contract;
  const folder = storage.folder(pathParameter(context));
  queryOf(context, listingQuerySchema);
  return emptyReply(200, { [HEADERS.place]: formatPlaceTag(storage.placeTag(folder)) });
}

/** Creates a folder and everything missing above it, destination folders too (F10). */
export function putFolder(context: RequestContext): Reply {
  const path = pathParameter(context);
  const { storage } = sessionOf(context).account.contract;
  const { folder, created } = storage.createFolder(path, "area");
  return jsonReply(created ? 201 : 200, folderEntry(folder, formatServicePath(path)));
}

/** Deletes a folder with everything in it, or refuses one that holds something. */
export function deleteFolder(context: RequestContext): Reply {
  const path = pathParameter(context);
  const { storage } = sessionOf(context).account.contract;
  const { onlyIfEmpty } = queryOf(context, deleteFolderQuerySchema);
  if (onlyIfEmpty === "true" && !storage.folder(path).children.isEmpty) {
    throw new ProblemError("folder-not-empty", message("storage.folder-not-empty"));
  }
  storage.deleteFolder(path);
  return emptyReply(204);
}

/** Renames or moves (F41). */
export async function moveEntry(context: RequestContext): Promise<Reply> {
  const { kind, from, to } = await jsonBody(context, moveRequestSchema);
  context.namedPaths.push(from, to);
  const target = pathFromText(to);
  const { storage } = sessionOf(context).account.contract;
  const node = storage.move(kind, pathFromText(from), target);
  return jsonReply(200, nodeEntry(node, formatServicePath(target)));
}

function cursorOf(token: string | undefined, recursive: boolean): ListingCursor | null {
  if (token === undefined) return null;
  const cursor = decodeListingToken(token);
  if (cursor !== undefined && (recursive || cursor.names.length === 1)) return cursor;
  throw new ProblemError("invalid-request", message("request.page-token"));
}

function* lines(request: ListingRequest): IterableIterator<string> {
  let { after } = request;
  do {
    const part = listPart({ ...request, after, entryCountMax: STREAM_PART_ENTRY_COUNT });
    const text = part.entries.map(({ node, path }) => JSON.stringify(nodeEntry(node, path)));
    if (text.length > 0) yield `${text.join("\n")}\n`;
    after = part.next;
    // A listing that goes on below a folder that is gone would end as if it were whole.
    if (after !== null && request.folder.parent?.children.has(request.folder) === false) {
      throw new Error("the folder was deleted while it was listed");
    }
  } while (after !== null);
}
