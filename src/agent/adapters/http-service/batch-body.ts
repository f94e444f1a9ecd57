import type { BatchPartHeader } from "../../../protocol/http/schemas.ts";
import { formatServicePath } from "../../../protocol/service-path.ts";
import type { FolderToCreate, SmallFile } from "../../ports/service.ts";

function partHeader(part: SmallFile | FolderToCreate): BatchPartHeader {
  const path = formatServicePath(part.path);
  if (part.kind === "folder") return { kind: "folder", path };
  return {
    kind: "file",
    path,
    sizeBytes: part.content.length,
    modifiedAtNs: String(part.modifiedAtNs),
    sha256: part.sha256,
  };
}

/** The container of a batch upload, in pieces: each part's line, then its bytes (protocol/http/schemas.ts). */
export function batchBody(parts: readonly (SmallFile | FolderToCreate)[]): Uint8Array[] {
  return parts.flatMap((part) => {
    const line = Buffer.from(`${JSON.stringify(partHeader(part))}\n`);
    return part.kind === "file" && part.content.length > 0 ? [line, part.content] : [line];
  });
}
