import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { moveRequestSchema } from "../../../protocol/http/schemas.ts";
import { decodeServicePath, formatServicePath } from "../../../protocol/service-path.ts";
import {
  BATCH_BODY_BYTES_MAX,
  parseBatchContainer,
  type BatchPart,
} from "../handlers/batch-container.ts";
import type { RequestBody } from "../http/request-body.ts";
import { parseQuery } from "../http/request-target.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { UploadStore } from "../stores/upload-store.ts";

/** What is known of a request before its body is read. */
export interface UnreadRequest {
  readonly operationId: OperationId | null;
  readonly parameter: string;
  readonly query: string;
}

/** The paths on the service that a request names in its URL, or through its upload. */
export function pathsInUrl(request: UnreadRequest, uploads: UploadStore): readonly string[] {
  const { operationId, parameter, query } = request;
  switch (operationId) {
    case "getFile":
    case "headFile":
    case "putFile":
    case "deleteFile":
    case "listGenerations":
    case "getFolder":
    case "headFolder":
    case "putFolder":
    case "deleteFolder": {
      const decoded = decodeServicePath(parameter);
      return decoded.kind === "path" ? [formatServicePath(decoded.path)] : pathAsSpelled(parameter);
    }
    case "createUpload": {
      const path = parseQuery(query)?.["path"];
      return path === undefined ? [] : [path];
    }
    case "headUpload":
    case "getUpload":
    case "appendUpload":
    case "cancelUpload": {
      const target = uploads.get(parameter)?.target;
      return target === undefined || target === null ? [] : [formatServicePath(target.path)];
    }
    case "createSession":
    case "deleteSession":
    case "getContract":
    case "moveEntry":
    case "batchUpload":
    case "uploadOptions":
    case "getOpenApi":
    case "health":
    case null:
      return [];
  }
}

/** A path the service refuses, as it was spelled: a false file can stand there all the same. */
function pathAsSpelled(parameter: string): readonly string[] {
  try {
    return [
      parameter
        .split("/")
        .map((part) => decodeURIComponent(part))
        .join("/"),
    ];
  } catch {
    return [];
  }
}

/** The paths a request names in its body; reads the body of a batch or a move. */
export async function pathsInBody(
  operationId: OperationId | null,
  body: RequestBody,
): Promise<readonly string[]> {
  if (operationId !== "batchUpload" && operationId !== "moveEntry") return [];
  const bytes = await collected(body);
  if (operationId === "batchUpload") return partsOf(bytes).map(({ header }) => header.path);
  try {
    const move = moveRequestSchema.safeParse(JSON.parse(bytes.toString()));
    return move.success ? [move.data.from, move.data.to] : [];
  } catch {
    return [];
  }
}

/** Where a bit of a batch is flipped: in the content of the first part that `matches` and has any. */
export async function contentOffset(
  body: RequestBody,
  matches: (path: string) => boolean,
  afterBytes: number,
): Promise<number | null> {
  const bytes = await collected(body);
  const part = partsOf(bytes).find(
    ({ header, content }) => content.length > 0 && matches(header.path),
  );
  if (part === undefined) return null;
  return part.content.byteOffset - bytes.byteOffset + Math.min(afterBytes, part.content.length - 1);
}

async function collected(body: RequestBody): Promise<Buffer> {
  try {
    return await body.collect(BATCH_BODY_BYTES_MAX);
  } catch (error) {
    // Too large: the handler will say so again.
    if (error instanceof ProblemError) return Buffer.alloc(0);
    throw error;
  }
}

function partsOf(body: Buffer): BatchPart[] {
  try {
    return parseBatchContainer(body);
  } catch {
    return [];
  }
}
