import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { openApiDocument } from "../../../protocol/http/openapi.ts";
import { jsonReply } from "../http/reply.ts";
import type { Handler } from "./request-context.ts";
import { appendUpload } from "./append-upload.ts";
import { batchUpload } from "./batch-upload.ts";
import { getContract } from "./contract.ts";
import { createUpload } from "./create-upload.ts";
import { deleteFolder, getFolder, headFolder, moveEntry, putFolder } from "./folders.ts";
import { getFile, headFile, listGenerations } from "./read-file.ts";
import { createSession, deleteSession } from "./sessions.ts";
import { cancelUpload, readUpload, uploadOptions } from "./upload-access.ts";
import { deleteFile, putFile } from "./write-file.ts";

/** Who answers what. */
export const HANDLERS: Readonly<Record<OperationId, Handler>> = {
  createSession,
  deleteSession,
  getContract,
  getFile,
  headFile,
  putFile,
  deleteFile,
  listGenerations,
  getFolder,
  headFolder,
  putFolder,
  deleteFolder,
  moveEntry,
  batchUpload,
  uploadOptions,
  createUpload,
  headUpload: readUpload,
  getUpload: readUpload,
  appendUpload,
  cancelUpload,
  getOpenApi: (_context, { version }) => jsonReply(200, openApiDocument(version)),
  health: (_context, { version }) => jsonReply(200, { status: "ok", version }),
};
