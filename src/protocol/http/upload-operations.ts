import { HEADERS, PARTIAL_UPLOAD_MEDIA_TYPE } from "./headers.ts";
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
} from "./operation-parts.ts";
import type { Operation } from "./operation.ts";
import { fileEntrySchema, uploadQuerySchema } from "./schemas.ts";

const UPLOAD_COMPLETE = header(HEADERS.uploadComplete, true, "`?1` when this ends the upload.");
const UPLOAD_LENGTH = header(HEADERS.uploadLength, false, "Size of the whole file in bytes.");

const UPLOAD_STATE_HEADERS = [HEADERS.uploadOffset, HEADERS.uploadComplete, HEADERS.uploadLimit];

const UPLOAD_STATE: Operation["responses"] = {
  204: answer("Where the upload stands.", NONE, [...UPLOAD_STATE_HEADERS, "cache-control"]),
};

type UploadOperationId = Extract<OperationId, `${string}Upload` | "uploadOptions">;

/** The rows of `/v1/uploads` (draft-ietf-httpbis-resumable-upload). */
export const UPLOAD_OPERATIONS: Readonly<
  Record<Exclude<UploadOperationId, "batchUpload">, Operation>
> = {
  uploadOptions: {
    ...ROW,
    method: "OPTIONS",
    path: "/v1/uploads",
    summary: "Whether uploads can be resumed, and their limits",
    session: "none",
    responses: {
      204: answer("They can.", NONE, ["accept-patch", "allow", HEADERS.uploadLimit]),
    },
  },
  createUpload: {
    ...ROW,
    method: "POST",
    path: "/v1/uploads",
    summary: "Begin an upload that can be resumed, with the first bytes, all of them or none",
    session: "optional",
    query: uploadQuerySchema,
    requestHeaders: [
      UPLOAD_COMPLETE,
      UPLOAD_LENGTH,
      REPR_DIGEST,
      CONTENT_DIGEST,
      IF_MATCH,
      IF_NONE_MATCH,
      header(HEADERS.uploadDraftInteropVersion, false, "`8`: asks for 104 interim responses."),
    ],
    requestBody: BYTES,
    responses: {
      200: {
        description: "All bytes came, and the file that was there has a new generation.",
        bodies: [json(fileEntrySchema)],
        headers: [HEADERS.uploadComplete, HEADERS.uploadOffset, "location", ...COMMITTED_HEADERS],
      },
      201: {
        description: "The upload waits for more bytes; or all came, and a new file is there.",
        bodies: [NONE, json(fileEntrySchema)],
        headers: ["location", ...UPLOAD_STATE_HEADERS],
      },
    },
    problems: [...COMMIT_PROBLEMS, "inconsistent-upload-length"],
  },
  headUpload: {
    ...ROW,
    method: "HEAD",
    path: "/v1/uploads/{id}",
    summary: "Where an upload stands",
    session: "optional",
    responses: UPLOAD_STATE,
    problems: ["not-found"],
  },
  getUpload: {
    ...ROW,
    method: "GET",
    path: "/v1/uploads/{id}",
    summary: "Where an upload stands, for clients that cannot send HEAD",
    session: "optional",
    responses: UPLOAD_STATE,
    problems: ["not-found"],
  },
  appendUpload: {
    ...ROW,
    method: "PATCH",
    path: "/v1/uploads/{id}",
    summary: "Append bytes, and with `Upload-Complete: ?1` commit the file",
    session: "optional",
    requestHeaders: [
      header(HEADERS.uploadOffset, true, "Where the first byte of this body goes."),
      UPLOAD_COMPLETE,
      UPLOAD_LENGTH,
      REPR_DIGEST,
      CONTENT_DIGEST,
      IF_MATCH,
      IF_NONE_MATCH,
    ],
    requestBody: { kind: "bytes", mediaType: PARTIAL_UPLOAD_MEDIA_TYPE },
    responses: {
      200: {
        description: "The upload is complete; the file has a new generation, or had this one.",
        bodies: [json(fileEntrySchema), NONE],
        headers: [HEADERS.uploadComplete, HEADERS.uploadOffset],
      },
      201: {
        description: "The upload is complete and a new file is there.",
        bodies: [json(fileEntrySchema), NONE],
        headers: [HEADERS.uploadComplete, HEADERS.uploadOffset],
      },
      204: answer("The bytes are kept.", NONE, UPLOAD_STATE_HEADERS),
    },
    problems: [
      ...COMMIT_PROBLEMS,
      "not-found",
      "upload-offset-mismatch",
      "upload-completed",
      "inconsistent-upload-length",
    ],
  },
  cancelUpload: {
    ...ROW,
    method: "DELETE",
    path: "/v1/uploads/{id}",
    summary: "Give an upload up",
    session: "optional",
    responses: { 204: answer("It is gone.", NONE) },
    problems: ["not-found"],
  },
};
