import { z } from "zod";

import { LIMITS } from "../limits.ts";
import { HEADERS, NDJSON_MEDIA_TYPE } from "./headers.ts";
import type { OperationId } from "./operation-ids.ts";
import {
  answer,
  BYTES,
  COMMIT_PROBLEMS,
  COMMITTED_HEADERS,
  CONTENT_DIGEST,
  header,
  IF_MATCH,
  IF_NONE_MATCH,
  json,
  NONE,
  REPR_DIGEST,
  ROW,
  WRITE_PROBLEMS,
} from "./operation-parts.ts";
import type { Operation } from "./operation.ts";
import type { ProblemCode } from "./problem.ts";
import {
  BATCH_MEDIA_TYPE,
  batchResultSchema,
  contractSchema,
  entrySchema,
  fileEntrySchema,
  folderEntrySchema,
  generationListSchema,
  healthSchema,
  listingPageSchema,
  listingQuerySchema,
  loginRequestSchema,
  moveRequestSchema,
  sessionSchema,
} from "./schemas.ts";
import { UPLOAD_OPERATIONS } from "./upload-operations.ts";

/**
 * Bytes. The largest body of a single PUT, equal to what one append may carry: the service holds a
 * PUT in memory until its digest is checked. Larger files go as an upload; a PUT is refused with 413.
 */
export const PUT_FILE_BYTES_MAX: number = LIMITS.uploadAppendBytesMax;

/** Query of `GET /v1/files/{path}`: which generation; the newest when absent (F26). */
export const fileQuerySchema = z.strictObject({
  generation: z
    .string()
    .regex(/^[1-9][0-9]{0,14}$/)
    .optional(),
});

/** Query of `DELETE /v1/folders/{path}`. With `onlyIfEmpty=true` a folder that holds something is refused. */
export const deleteFolderQuerySchema = z.strictObject({
  onlyIfEmpty: z.enum(["true", "false"]).default("false"),
});

const FILE_HEADERS = ["etag", HEADERS.reprDigest, HEADERS.modifiedAtNs, "accept-ranges"];
const READ_PROBLEMS: readonly ProblemCode[] = ["invalid-path", "not-found"];

/**
 * The HTTP contract of the storage service, closed: what is not here is answered with a problem. The
 * OpenAPI document is made from this table, and every answer of the service is checked against it.
 */
export const OPERATIONS: Readonly<Record<OperationId, Operation>> = {
  createSession: {
    ...ROW,
    method: "POST",
    path: "/v1/sessions",
    summary: "Log in (F01)",
    session: "none",
    requestBody: json(loginRequestSchema),
    responses: { 201: answer("Logged in.", json(sessionSchema), ["cache-control"]) },
    problems: [
      "invalid-credentials",
      "captcha-required",
      "captcha-wrong",
      "unsupported-media-type",
      "content-too-large",
      "insufficient-capacity",
    ],
  },
  deleteSession: {
    ...ROW,
    method: "DELETE",
    path: "/v1/sessions/current",
    summary: "Log out (F06)",
    responses: { 204: answer("The session has ended.", NONE) },
  },
  getContract: {
    ...ROW,
    method: "GET",
    path: "/v1/contract",
    summary: "Plan and capacity (F45)",
    responses: { 200: answer("The contract as it stands.", json(contractSchema)) },
  },
  getFile: {
    ...ROW,
    method: "GET",
    path: "/v1/files/{path}",
    summary: "Read a file, whole or a range, the newest generation or another (F26)",
    query: fileQuerySchema,
    requestHeaders: [
      header("range", false, "One byte range (RFC 9110 section 14.2)."),
      header("if-range", false, "The tag under which the range is wanted."),
      IF_MATCH,
      header("if-none-match", false, "304 when the file still has one of these tags."),
    ],
    responses: {
      200: answer("The file.", BYTES, [...FILE_HEADERS, HEADERS.contentDigest]),
      206: answer("The range.", BYTES, [...FILE_HEADERS, HEADERS.contentDigest, "content-range"]),
      304: answer("Unchanged.", NONE, ["etag"]),
    },
    problems: [...READ_PROBLEMS, "precondition-failed", "range-not-satisfiable"],
  },
  headFile: {
    ...ROW,
    method: "HEAD",
    path: "/v1/files/{path}",
    summary: "What is known of a file",
    query: fileQuerySchema,
    requestHeaders: [
      IF_MATCH,
      header("if-none-match", false, "304 when it has one of these tags."),
    ],
    responses: {
      200: answer("The file is there.", NONE, [...FILE_HEADERS, HEADERS.contentDigest]),
      304: answer("Unchanged.", NONE, ["etag"]),
    },
    problems: [...READ_PROBLEMS, "precondition-failed"],
  },
  putFile: {
    ...ROW,
    method: "PUT",
    path: "/v1/files/{path}",
    summary: "Commit a file whole, or nothing of it (D8, F22)",
    requestHeaders: [
      header(HEADERS.modifiedAtNs, true, "The file's modification time, nanoseconds since 1970."),
      header(HEADERS.mode, false, "The file's permission bits, four octal digits."),
      REPR_DIGEST,
      CONTENT_DIGEST,
      IF_MATCH,
      IF_NONE_MATCH,
    ],
    requestBody: BYTES,
    responses: {
      200: answer(
        "A new generation, or nothing changed because the newest one is exactly this.",
        json(fileEntrySchema),
        COMMITTED_HEADERS,
      ),
      201: answer("A new file.", json(fileEntrySchema), COMMITTED_HEADERS),
    },
    problems: COMMIT_PROBLEMS,
  },
  deleteFile: {
    ...ROW,
    method: "DELETE",
    path: "/v1/files/{path}",
    summary: "Delete a file with all its generations",
    requestHeaders: [IF_MATCH],
    responses: { 204: answer("It is gone.", NONE) },
    problems: [...READ_PROBLEMS, "access-refused", "precondition-failed"],
  },
  listGenerations: {
    ...ROW,
    method: "GET",
    path: "/v1/generations/{path}",
    summary: "The generations kept of a file, newest first (F22)",
    responses: { 200: answer("The generations.", json(generationListSchema)) },
    problems: READ_PROBLEMS,
  },
  getFolder: {
    ...ROW,
    method: "GET",
    path: "/v1/folders/{path}",
    summary: "List a folder: pages of JSON, or all of it as NDJSON, as Accept says (F40)",
    query: listingQuerySchema,
    requestHeaders: [header("accept", false, `application/json or ${NDJSON_MEDIA_TYPE}.`)],
    responses: {
      200: {
        description: "One page, or a stream of entries; `limit` does not apply to the stream.",
        bodies: [
          json(listingPageSchema),
          { kind: "lines", mediaType: NDJSON_MEDIA_TYPE, schema: entrySchema },
        ],
        headers: [HEADERS.place],
      },
    },
    problems: [...READ_PROBLEMS, "not-acceptable"],
  },
  headFolder: {
    ...ROW,
    method: "HEAD",
    path: "/v1/folders/{path}",
    summary: "Whether a folder is there",
    query: listingQuerySchema,
    responses: { 200: answer("It is there.", NONE, [HEADERS.place]) },
    problems: READ_PROBLEMS,
  },
  putFolder: {
    ...ROW,
    method: "PUT",
    path: "/v1/folders/{path}",
    summary: "Create a folder and its parents; does nothing when it is there (F10)",
    responses: {
      200: answer("It was there.", json(folderEntrySchema)),
      201: answer("It was created.", json(folderEntrySchema)),
    },
    problems: [...WRITE_PROBLEMS, "insufficient-capacity"],
  },
  deleteFolder: {
    ...ROW,
    method: "DELETE",
    path: "/v1/folders/{path}",
    summary: "Delete a folder with everything in it, or only if it is empty",
    query: deleteFolderQuerySchema,
    responses: { 204: answer("It is gone.", NONE) },
    problems: [...READ_PROBLEMS, "access-refused", "folder-not-empty"],
  },
  moveEntry: {
    ...ROW,
    method: "POST",
    path: "/v1/moves",
    summary: "Rename or move a file or folder (F41)",
    requestBody: json(moveRequestSchema),
    responses: { 200: answer("It is there now.", json(entrySchema)) },
    problems: [
      ...WRITE_PROBLEMS,
      "not-found",
      "name-taken",
      "unsupported-media-type",
      "content-too-large",
      "insufficient-capacity",
    ],
  },
  batchUpload: {
    ...ROW,
    method: "POST",
    path: "/v1/batch-uploads",
    summary: "Commit many small files and folders in one request, each whole or not at all",
    requestHeaders: [CONTENT_DIGEST],
    requestBody: { kind: "bytes", mediaType: BATCH_MEDIA_TYPE },
    responses: { 200: answer("One result a part, in their order.", json(batchResultSchema)) },
    problems: [
      "unsupported-media-type",
      "content-too-large",
      "digest-mismatch",
      "insufficient-capacity",
    ],
  },
  ...UPLOAD_OPERATIONS,
  getOpenApi: {
    ...ROW,
    method: "GET",
    path: "/v1/openapi.json",
    summary: "This contract as an OpenAPI 3.1 document",
    session: "none",
    responses: { 200: answer("The document.", json(z.looseObject({ openapi: z.string() }))) },
  },
  health: {
    ...ROW,
    method: "GET",
    path: "/healthz",
    summary: "Whether the service is up",
    session: "none",
    responses: { 200: answer("It is.", json(healthSchema)) },
  },
};
