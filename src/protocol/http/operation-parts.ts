import type { z } from "zod";

import { HEADERS } from "./headers.ts";
import type { BodyDefinition, Operation, OperationResponse, RequestHeader } from "./operation.ts";
import type { ProblemCode } from "./problem.ts";

/** No body. */
export const NONE: BodyDefinition = { kind: "none" };
/** A file's bytes. */
export const BYTES: BodyDefinition = { kind: "bytes", mediaType: "application/octet-stream" };

/** A JSON body. */
export function json(schema: z.ZodType): BodyDefinition {
  return { kind: "json", mediaType: "application/json", schema };
}

/** An answer with one kind of body. */
export function answer(
  description: string,
  body: BodyDefinition,
  headers: readonly string[] = [],
): OperationResponse {
  return { description, bodies: [body], headers };
}

/** A request header. */
export function header(name: string, required: boolean, description: string): RequestHeader {
  return { name, required, description };
}

/** RFC 9110 section 13.1.1. */
export const IF_MATCH: RequestHeader = header(
  "if-match",
  false,
  "Acts only when the file stands as one of these tags.",
);
/** RFC 9110 section 13.1.2. */
export const IF_NONE_MATCH: RequestHeader = header(
  "if-none-match",
  false,
  "`*`: acts only when there is no such file.",
);
/** RFC 9530 section 3. */
export const REPR_DIGEST: RequestHeader = header(
  HEADERS.reprDigest,
  false,
  "SHA-256 of the whole file (RFC 9530).",
);
/** RFC 9530 section 2. */
export const CONTENT_DIGEST: RequestHeader = header(
  HEADERS.contentDigest,
  false,
  "SHA-256 of this body (RFC 9530).",
);

/** D18. Every operation that needs a session takes it. */
export const IF_PLACE: RequestHeader = header(
  HEADERS.ifPlace,
  false,
  "Acts only where the path leads through the very folder of this tag, and the state is no older one.",
);

/** What every answer to a commit carries. */
export const COMMITTED_HEADERS: readonly string[] = ["etag", HEADERS.reprDigest];

/** How writing somewhere can be refused. */
export const WRITE_PROBLEMS: readonly ProblemCode[] = [
  "invalid-path",
  "forbidden-name",
  "access-refused",
  "parent-missing",
];
/** How committing a file can be refused. */
export const COMMIT_PROBLEMS: readonly ProblemCode[] = [
  ...WRITE_PROBLEMS,
  "digest-required",
  "digest-mismatch",
  "precondition-failed",
  "content-too-large",
  "unsupported-media-type",
  "insufficient-capacity",
];

/** The parts most rows share. */
export const ROW: Pick<
  Operation,
  "session" | "query" | "requestHeaders" | "requestBody" | "problems"
> = {
  session: "required",
  query: null,
  requestHeaders: [],
  requestBody: NONE,
  problems: [],
};
