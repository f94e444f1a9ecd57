import type { z } from "zod";

import { message, type Message } from "../../../messages/message.ts";
import {
  checkServicePath,
  decodeServicePath,
  formatServicePath,
  type ServicePath,
  type ServicePathResult,
} from "../../../protocol/service-path.ts";
import { issueMessage } from "../../input/issue-message.ts";
import { assertIdentityCoding, mediaType, placeField } from "../http/field-values.ts";
import { parseQuery } from "../http/request-target.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext } from "./request-context.ts";
import type { LiveSession } from "../stores/session-store.ts";

/** Bytes. No JSON body of the contract comes near it: two paths of full length, escaped. */
const JSON_BODY_BYTES_MAX = 256 * 1024;

/** The session of a request whose operation requires one. */
export function sessionOf(context: RequestContext): LiveSession {
  if (context.session === null)
    throw new Error(`${context.operationId} was admitted without session`);
  return context.session;
}

/** The path in the URL of a request, in the folder that the request means (D18). */
export function pathParameter(context: RequestContext): ServicePath {
  const path = accepted(decodeServicePath(context.parameter));
  context.namedPaths.push(formatServicePath(path));
  const storage = context.session?.account.contract.storage;
  storage?.assertPlace(path, placeField(context.headers));
  return path;
}

/** A path given as one text, as in queries and JSON bodies. */
export function pathFromText(text: string): ServicePath {
  return accepted(checkServicePath(text.split("/")));
}

/** The query of a request, by its schema. */
export function queryOf<S extends z.ZodType>(context: RequestContext, schema: S): z.output<S> {
  const query = parseQuery(context.query);
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const issue =
    query === undefined ? message("request.query-unreadable") : firstIssue(parsed.error);
  throw new ProblemError("invalid-request", message("request.query-does-not-fit", { issue }));
}

/** The JSON body of a request, by its schema. */
export async function jsonBody<S extends z.ZodType>(
  context: RequestContext,
  schema: S,
): Promise<z.output<S>> {
  assertMediaType(context, "application/json");
  const text = (await context.body.collect(JSON_BODY_BYTES_MAX)).toString();
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new ProblemError("invalid-request", message("request.body-not-json"));
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = firstIssue(parsed.error);
  throw new ProblemError("invalid-request", message("request.body-does-not-fit", { issue }));
}

/** Refuses a body of another media type, or one that is coded. */
export function assertMediaType(context: RequestContext, expected: string): void {
  assertIdentityCoding(context.headers);
  if (mediaType(context.headers) !== expected) {
    const detail = message("request.media-type", { mediaType: expected });
    throw new ProblemError("unsupported-media-type", detail);
  }
}

/** Where a value does not fit its schema first, and how, without the value: it may be a password. */
export function firstIssue({ issues: [issue] }: z.ZodError): Message {
  if (issue === undefined) return message("input.not-valid");
  const place = issue.path.length === 0 ? message("input.top") : issue.path.join(".");
  return message("input.at", { place, what: issueMessage(issue) });
}

function accepted(result: ServicePathResult): ServicePath {
  if (result.kind === "path") return result.path;
  const why = message(`storage.path-${result.fault}`);
  throw new ProblemError("invalid-path", message("storage.invalid-path", { why }));
}
