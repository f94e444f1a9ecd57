import type { BatchPartHeader } from "../../../protocol/http/schemas.ts";
import { formatServicePath } from "../../../protocol/service-path.ts";
import { formatMode } from "../../../protocol/posix-mode.ts";
import type { BatchPart } from "../../ports/service.ts";

function partHeader(part: BatchPart): BatchPartHeader {
  const path = formatServicePath(part.path);
  if (part.kind === "folder") return { kind: "folder", path };
  const modifiedAtNs = String(part.modifiedAtNs);
  if (part.kind === "file-attributes") {
    const { kind, sha256 } = part;
    return { kind, path, modifiedAtNs, mode: formatMode(part.mode), sha256 };
  }
  const mode = part.mode === undefined ? {} : { mode: formatMode(part.mode) };
  if (part.kind === "folder-attributes") return { kind: part.kind, path, modifiedAtNs, ...mode };
  const sizeBytes = part.content.length;
  return { kind: "file", path, sizeBytes, modifiedAtNs, ...mode, sha256: part.sha256 };
}

/** The container of a batch upload, in pieces: each part's line, then its bytes (protocol/http/schemas.ts). */
export function batchBody(parts: readonly BatchPart[]): Uint8Array[] {
  return parts.flatMap((part) => {
    const line = Buffer.from(`${JSON.stringify(partHeader(part))}\n`);
    return part.kind === "file" && part.content.length > 0 ? [line, part.content] : [line];
  });
}
