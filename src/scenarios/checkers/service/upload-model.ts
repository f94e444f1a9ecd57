import type { WireHeaders } from "./wire.ts";

/** An upload, by what was sent to it and answered. */
export interface ModelUpload {
  readonly path: readonly string[];
  readonly modifiedAtNs: string;
  readonly mode: string | null;
  /** Conditions of the request that began it. */
  readonly conditions: WireHeaders;
  /** What has arrived. */
  bytes: Buffer;
  /** Of the whole, where they were told. */
  sha256: string | undefined;
  lengthBytes: number | undefined;
  /** When a byte came last, or was refused once it was looked at. */
  usedMs: number;
  /** What it became: the tag of its generation, and the digest. */
  result: { readonly etag: string | undefined; readonly sha256: string } | undefined;
}
