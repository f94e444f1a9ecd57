import { hash } from "node:crypto";

import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import type { HostileEntry } from "../../faults/storage-fault.ts";
import type { Reply } from "../http/reply.ts";
import { encodeListingToken } from "../stores/listing-token.ts";

/** What a false file holds, so that it is known again wherever it turns up. */
const FALSE_BYTES = Buffer.from("this file was never stored by anybody");

const FALSE_SHA256 = hash("sha256", FALSE_BYTES);
const FALSE_ETAG = '"false-file"';
const FALSE_MODIFIED_AT_NS = "1700000000000000000";

interface Listing {
  readonly entries: readonly Listed[];
  readonly nextPageToken: string | null;
}

type Listed = Readonly<Record<string, unknown>> & { readonly kind: string; readonly path: string };

/** The page with the entries in it, each where the order wants it; null when it is no page, or none fits it. */
export function hostileReply(
  reply: Reply,
  folder: string,
  entries: readonly HostileEntry[],
): Reply | null {
  const listing = listingIn(reply);
  if (listing === null) return null;
  const added = entries.flatMap((kind) => hostileEntry(kind, folder, listing) ?? []);
  if (added.length === 0) return null;
  const sorted = [...listing.entries, ...added].toSorted((one, other) =>
    Buffer.compare(orderKey(one), orderKey(other)),
  );
  return withListing(reply, { ...listing, entries: sorted });
}

/** The page as if another one followed, which is always this one again; null when it is no page. */
export function endlessReply(reply: Reply): Reply | null {
  const listing = listingIn(reply);
  return listing && withListing(reply, { ...listing, nextPageToken: ENDLESS_TOKEN });
}

/** A place before every name, so that what follows is the first page. */
const ENDLESS_TOKEN = encodeListingToken({ kind: "file", names: ["\u0001"] });

/** A file that nobody stored, whole and with digests that fit it. */
export function falseFileReply(): Reply {
  const digest = formatDigestHeader(FALSE_SHA256);
  return {
    status: 200,
    headers: {
      etag: FALSE_ETAG,
      [HEADERS.reprDigest]: digest,
      [HEADERS.contentDigest]: digest,
      [HEADERS.modifiedAtNs]: FALSE_MODIFIED_AT_NS,
    },
    body: {
      kind: "bytes",
      mediaType: "application/octet-stream",
      chunks: [FALSE_BYTES],
      sizeBytes: FALSE_BYTES.length,
    },
  };
}

function hostileEntry(kind: HostileEntry, folder: string, listing: Listing): Listed | undefined {
  switch (kind) {
    case "parent":
      return falseFile(`${folder}/../../outside`);
    case "backslash":
      return falseFile(`${folder}/..\\..\\outside`);
    case "drive":
      return falseFile(`${folder}/C:\\outside`);
    case "nul":
      return falseFile(`${folder}/nul\u0000outside`);
    case "empty-name":
      return falseFile(`${folder}//outside`);
    case "absolute":
      return falseFile("/outside");
    case "elsewhere":
      return falseFile(`${folder.slice(0, folder.lastIndexOf("/"))}/somebody else's/outside`);
    case "symlink":
      return { ...falseFile(`${folder}/link`), kind: "symlink" };
    case "duplicate":
      return listing.entries.find((entry) => entry.kind === "file");
  }
}

function falseFile(path: string): Listed {
  return {
    kind: "file",
    id: "false-file",
    name: path.slice(path.lastIndexOf("/") + 1),
    path,
    sizeBytes: FALSE_BYTES.length,
    modifiedAtNs: FALSE_MODIFIED_AT_NS,
    mode: "0644",
    savedAt: "2026-01-01T00:00:00.000Z",
    writeOrder: 0,
    sha256: FALSE_SHA256,
    etag: FALSE_ETAG,
    generationCount: 1,
  };
}

/** A folder counts as if its name ended in `/`, as listings have it. */
function orderKey({ kind, path }: Listed): Buffer {
  return Buffer.from(kind === "folder" ? `${path}/` : path);
}

function listingIn({ status, body }: Reply): Listing | null {
  if (status !== 200 || body.kind !== "json") return null;
  const value = body.value as Partial<Listing>;
  return Array.isArray(value.entries) && value.nextPageToken !== undefined
    ? (value as Listing)
    : null;
}

function withListing(reply: Reply, listing: Listing): Reply {
  const mediaType = reply.body.kind === "json" ? reply.body.mediaType : "";
  return { ...reply, body: { kind: "json", mediaType, value: listing } };
}
