import type { z } from "zod";

import {
  checkServicePath,
  decodeServicePath,
  formatServicePath,
  type ServicePath,
  type ServicePathFault,
  type ServicePathResult,
} from "../../../protocol/service-path.ts";
import { assertIdentityCoding, mediaType, placeField } from "../http/field-values.ts";
import { parseQuery } from "../http/request-target.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { RequestContext } from "./request-context.ts";
import type { LiveSession } from "../stores/session-store.ts";

/** Bytes. No JSON body of the contract comes near it: two paths of full length, escaped. */
const JSON_BODY_BYTES_MAX = 256 * 1024;

const FAULT_TEXTS: Readonly<Record<ServicePathFault, string>> = {
  empty: "it is empty",
  "empty-name": "a name in it is empty",
  "dot-name": "`.` and `..` are no names",
  "separator-in-name": "a name in it contains /",
  "control-character": "a name in it contains NUL",
  "malformed-unicode": "it is not valid percent-encoded UTF-8",
  "too-long": "it is too long",
};

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
  const parsed = schema.safeParse(parseQuery(context.query));
  if (parsed.success) return parsed.data;
  throw new ProblemError("invalid-request", `The query does not fit: ${issueText(parsed.error)}.`);
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
    throw new ProblemError("invalid-request", "The body is not JSON.");
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ProblemError("invalid-request", `The body does not fit: ${issueText(parsed.error)}.`);
}

/** Refuses a body of another media type, or one that is coded. */
export function assertMediaType(context: RequestContext, expected: string): void {
  assertIdentityCoding(context.headers);
  if (mediaType(context.headers) !== expected) {
    throw new ProblemError("unsupported-media-type", `The body has to be ${expected}.`);
  }
}

/** Where a value does not fit its schema, without the value: it may be a password. */
export function issueText(error: z.ZodError): string {
  const [issue] = error.issues;
  const place = issue?.path.join(".") ?? "";
  return `${place === "" ? "the whole" : place} (${issue?.code ?? "invalid"})`;
}

function accepted(result: ServicePathResult): ServicePath {
  if (result.kind === "path") return result.path;
  throw new ProblemError("invalid-path", `The path is not valid: ${FAULT_TEXTS[result.fault]}.`);
}
