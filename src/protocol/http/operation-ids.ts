/**
 * Everything the storage service can be asked to do. Faults, the request log, the contract check and
 * the OpenAPI document all name operations by these ids.
 */
export const OPERATION_IDS = [
  "createSession",
  "deleteSession",
  "getContract",
  "getFile",
  "headFile",
  "putFile",
  "deleteFile",
  "listGenerations",
  "getFolder",
  "headFolder",
  "putFolder",
  "deleteFolder",
  "moveEntry",
  "batchUpload",
  "uploadOptions",
  "createUpload",
  "headUpload",
  "getUpload",
  "appendUpload",
  "cancelUpload",
  "getOpenApi",
  "health",
] as const;

/** One of {@link OPERATION_IDS}. */
export type OperationId = (typeof OPERATION_IDS)[number];
