import type { PlaceTag } from "../../../protocol/http/place-tag.ts";

/** Entity tags as a request names them: any, or these. A weak tag keeps its `W/`. */
export type EntityTags = "*" | readonly string[];

/** What has to hold for a request to be carried out (RFC 9110 section 13; D18). */
export interface Preconditions {
  readonly place: PlaceTag | null;
  readonly ifMatch: EntityTags | null;
  readonly ifNoneMatch: EntityTags | null;
}

/** No conditions. */
export const UNCONDITIONAL: Preconditions = { place: null, ifMatch: null, ifNoneMatch: null };

/** Whether If-Match lets a request through; by the strong comparison, so weak tags never match. */
export function ifMatchHolds(tags: EntityTags | null, etag: string | undefined): boolean {
  if (tags === null) return true;
  if (etag === undefined) return false;
  return tags === "*" || tags.includes(etag);
}

/** Whether If-None-Match lets a request through; by the weak comparison. */
export function ifNoneMatchHolds(tags: EntityTags | null, etag: string | undefined): boolean {
  if (tags === null || etag === undefined) return true;
  return tags !== "*" && !tags.some((tag) => tag.replace(/^W\//, "") === etag);
}
