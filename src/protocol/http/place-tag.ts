/**
 * A folder of the service at a moment of its history, as one text: which folder it is, whatever its name,
 * and how far the service had come. Where a folder was made anew, or the service was put back to an older
 * state, an earlier tag does not hold any more (D18).
 */
export interface PlaceTag {
  /** The folder's `id`. */
  readonly folderId: string;
  /** Which history of the contract it is: one that was put back goes on in another. */
  readonly timeline: string;
  /** How many changes the contract had seen, all timelines together. */
  readonly revision: number;
}

const PATTERN = /^([\w~-]{1,64})@([\w~-]{1,64})\.(0|[1-9][0-9]{0,14})$/;

/** The tag as it stands in header fields, and is kept. */
export function formatPlaceTag({ folderId, timeline, revision }: PlaceTag): string {
  return `${folderId}@${timeline}.${revision}`;
}

/** Reads a tag; undefined for any other text. */
export function parsePlaceTag(text: string): PlaceTag | undefined {
  const [, folderId, timeline, revision] = PATTERN.exec(text) ?? [];
  if (folderId === undefined || timeline === undefined || revision === undefined) return undefined;
  return { folderId, timeline, revision: Number(revision) };
}
