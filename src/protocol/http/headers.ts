/** The request and response fields of ours and of the drafts we follow, lower-case as Node gives them. */
export const HEADERS = {
  /** A file's modification time on its disk: nanoseconds since 1970, decimal. On PUT and every answer about a file. */
  modifiedAtNs: "azukeru-modified-at-ns",
  /** A file's permission bits on its disk, four octal digits; absent where it has none. On PUT and answers with the file. */
  mode: "azukeru-mode",
  /** RFC 9530: digest of the whole file. */
  reprDigest: "repr-digest",
  /** RFC 9530: digest of the bytes in this very message. */
  contentDigest: "content-digest",
  /** draft-ietf-httpbis-resumable-upload: where the next byte goes. */
  uploadOffset: "upload-offset",
  /** draft-ietf-httpbis-resumable-upload: `?1` when this request ends the upload, else `?0`. */
  uploadComplete: "upload-complete",
  /** draft-ietf-httpbis-resumable-upload: size of the whole. */
  uploadLength: "upload-length",
  /** draft-ietf-httpbis-resumable-upload: `max-size=..., max-append-size=..., max-age=...`. */
  uploadLimit: "upload-limit",
  /**
   * draft-ietf-httpbis-resumable-upload: which iteration of the draft the sender speaks, see
   * `UPLOAD_DRAFT_INTEROP_VERSION`. Without it the service sends no 104, as the draft demands.
   */
  uploadDraftInteropVersion: "upload-draft-interop-version",
  /** The folder that is asked about at this moment: a `PlaceTag`. With each answer to a request that names one. */
  place: "azukeru-place",
  /** Acts only when the path leads through this very folder, and what it had then was not taken back: a `PlaceTag`. */
  ifPlace: "azukeru-if-place",
  /** Echo of the request's number in the request log; quote it in a support case. */
  requestId: "azukeru-request-id",
} as const;

/** The iteration of draft-ietf-httpbis-resumable-upload both sides speak (drafts 12 to 15: 8). */
export const UPLOAD_DRAFT_INTEROP_VERSION = "8";

/** The media type of an append (draft-ietf-httpbis-resumable-upload). */
export const PARTIAL_UPLOAD_MEDIA_TYPE = "application/partial-upload";

/** The media type of a streamed listing: one entry of `entrySchema` a line. */
export const NDJSON_MEDIA_TYPE = "application/x-ndjson";
