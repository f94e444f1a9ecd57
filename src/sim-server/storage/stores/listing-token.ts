import type { ListingCursor } from "./tree-listing.ts";

/** The cursor as the opaque text a client sends back to get the next page. */
export function encodeListingToken(cursor: ListingCursor): string {
  const text = `${cursor.kind === "folder" ? "d" : "f"}${cursor.names.join("\0")}`;
  return Buffer.from(text).toString("base64url");
}

/** Reads a token back; `undefined` for anything this service did not make. Never throws. */
export function decodeListingToken(token: string): ListingCursor | undefined {
  const text = Buffer.from(token, "base64url").toString();
  const names = text.slice(1).split("\0");
  const kind = text.startsWith("d") ? "folder" : "file";
  const cursor: ListingCursor = { kind, names };
  // base64url decoding skips what it does not know, so only the round trip proves a token.
  return encodeListingToken(cursor) === token && !names.includes("") ? cursor : undefined;
}
