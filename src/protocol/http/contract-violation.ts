import type { OperationId } from "./operation-ids.ts";
import {
  COMMON_PROBLEMS,
  SESSION_PROBLEMS,
  type BodyDefinition,
  type Operation,
  type OperationResponse,
} from "./operation.ts";
import { OPERATIONS } from "./operations.ts";
import { PROBLEM_MEDIA_TYPE, PROBLEMS, problemSchema, type ProblemCode } from "./problem.ts";

/** An answer as it was seen. */
export interface ObservedResponse {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Null when the body was not looked at: an answer to HEAD, or a stream. */
  readonly body: Uint8Array | null;
}

/**
 * What is wrong with an answer by the table of operations, as a sentence; null when nothing is. Looks
 * at status, required headers, media type and the body against its schema, of successes and problems.
 */
export function contractViolation(
  operationId: OperationId,
  response: ObservedResponse,
): string | null {
  const operation = OPERATIONS[operationId];
  const { status, headers } = response;
  const found =
    status >= 400 ? problemViolation(operation, response) : successViolation(operation, response);
  return found && `${operationId} ${status} (${headers["content-type"] ?? "no body"}): ${found}`;
}

/** The codes an operation can be refused with. */
export function problemCodesOf(operation: Operation): readonly ProblemCode[] {
  const session = operation.session === "none" ? [] : SESSION_PROBLEMS;
  return [...operation.problems, ...session, ...COMMON_PROBLEMS];
}

function problemViolation(operation: Operation, response: ObservedResponse): string | null {
  const { status, headers, body } = response;
  const allowed = problemCodesOf(operation).filter((code) => PROBLEMS[code].status === status);
  if (allowed.length === 0) return "no problem of this operation has that status";
  if (body === null || operation.method === "HEAD") return null;
  if (mediaTypeOf(headers) !== PROBLEM_MEDIA_TYPE) return `the body is no ${PROBLEM_MEDIA_TYPE}`;
  const parsed = problemSchema.safeParse(parseJson(body));
  if (!parsed.success) return `the problem does not fit: ${parsed.error.message}`;
  if (parsed.data.status !== status) return "the problem names another status";
  return allowed.includes(parsed.data.code) ? null : `it cannot be refused as ${parsed.data.code}`;
}

function successViolation(operation: Operation, response: ObservedResponse): string | null {
  const definition: OperationResponse | undefined = operation.responses[response.status];
  if (definition === undefined) return "the operation has no such answer";
  const missing = definition.headers.filter((name) => response.headers[name] === undefined);
  if (missing.length > 0) return `it lacks ${missing.join(", ")}`;
  if (response.body === null) return null;
  const violations = definition.bodies.map((body) => bodyViolation(body, response));
  return violations.includes(null) ? null : violations.join("; or ");
}

function bodyViolation(definition: BodyDefinition, response: ObservedResponse): string | null {
  const body = response.body ?? new Uint8Array();
  if (definition.kind === "none") return body.length === 0 ? null : "there is a body";
  const type = mediaTypeOf(response.headers);
  if (type !== definition.mediaType) return `the body is ${type}, not ${definition.mediaType}`;
  switch (definition.kind) {
    case "bytes":
      return null;
    case "json": {
      const parsed = definition.schema.safeParse(parseJson(body));
      return parsed.success ? null : parsed.error.message;
    }
    case "lines": {
      const lines = Buffer.from(body).toString().split("\n");
      if (lines.pop() !== "") return "the last line has no end";
      const bad = lines.find(
        (line) => !definition.schema.safeParse(parseJson(Buffer.from(line))).success,
      );
      return bad === undefined ? null : `a line does not fit: ${bad}`;
    }
  }
}

function mediaTypeOf(headers: ObservedResponse["headers"]): string {
  return headers["content-type"]?.split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString());
  } catch {
    return undefined;
  }
}
