import type { z } from "zod";

import { HEADERS } from "../../../protocol/http/headers.ts";
import { isNotNow } from "../../../protocol/http/is-not-now.ts";
import { PROBLEM_MEDIA_TYPE, problemSchema, type Problem } from "../../../protocol/http/problem.ts";
import { ServiceError } from "../../ports/service.ts";
import { boundedJson } from "./bounded-json.ts";
import { refusalWay } from "./refusal-way.ts";
import { exchangeError } from "./exchange-error.ts";
import type { HttpAnswer, HttpHead } from "./reception.ts";
import { retryAfterMs } from "./retry-after.ts";
import { message, type Message } from "../../../messages/message.ts";

/** The media type that an answer names, lower-case, without parameters; "" when it names none. */
export function mediaType({ headers }: HttpHead): string {
  return (headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/**
 * Whether an answer carries the mark that the service puts on each of its own. What has no body to
 * show that it is the service's counts for nothing without it.
 */
export function isMarked({ headers }: HttpHead): boolean {
  return typeof headers[HEADERS.requestId] === "string";
}

/** The service's own refusal, as the contract has it; undefined for anything else. */
export function problemOf(answer: HttpAnswer): Problem | undefined {
  // The answer to a HEAD has the media type of a problem and no body that says which.
  if (mediaType(answer) !== PROBLEM_MEDIA_TYPE || answer.body.length === 0) return undefined;
  const parsed = problemSchema.safeParse(boundedJson(answer.body));
  return parsed.success && parsed.data.status === answer.status ? parsed.data : undefined;
}

/** The error for an answer that says anything but yes. */
export function refusalError(answer: HttpAnswer, what: Message): ServiceError {
  const { status } = answer;
  if (isNotNow(status)) {
    const wait = retryAfterMs(answer);
    return exchangeError("unavailable", what, {
      detail: message("exchange.http-status", { status }),
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  const problem = problemOf(answer);
  if (problem === undefined) return foreignError(answer, what);
  return new ServiceError(
    { kind: "refused", problem },
    message("exchange.failed", { what, why: message(`problem.${problem.code}`) }),
  );
}

/** What the service itself answers in. */
const OWN_MEDIA_TYPES: ReadonlySet<string> = new Set([
  "",
  "application/json",
  "application/octet-stream",
]);

/**
 * The error for an answer that is none of the service's contract. What the answer says is not repeated: it is somebody else's.
 */
export function foreignError({ status, headers }: HttpHead, what: Message): ServiceError {
  const type = mediaType({ status, headers });
  const detail =
    type === ""
      ? message("exchange.http-status", { status })
      : message("exchange.http-status-of-type", { status, type: printable(type) });
  const isOk = status < 300;
  if ((isOk && OWN_MEDIA_TYPES.has(type)) || type === PROBLEM_MEDIA_TYPE) {
    return exchangeError("off-contract", what, { detail });
  }
  return exchangeError(refusalWay(status), what, { detail });
}

/** A media type as far as it is one: the rest is not printed. */
function printable(type: string): string {
  return /^[a-z0-9.+/-]{1,60}$/.test(type) ? type : "?";
}

/** The body of an answer with one of `statuses`, checked against the contract. Throws `ServiceError`. */
export function readAnswer<Output>(
  answer: HttpAnswer,
  statuses: readonly number[],
  schema: z.ZodType<Output>,
  what: Message,
): Output {
  if (!statuses.includes(answer.status)) throw refusalError(answer, what);
  if (mediaType(answer) !== "application/json") throw foreignError(answer, what);
  const value = boundedJson(answer.body);
  if (value === undefined) {
    throw exchangeError("corrupt", what, { detail: message("exchange.no-json") });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const detail = message("exchange.outside-contract");
  throw exchangeError("off-contract", what, { detail, error: parsed.error });
}

/** Makes sure that an answer without a body (204) is the service's own. Throws `ServiceError`. */
export function readDone(answer: HttpAnswer, what: Message): void {
  if (answer.status !== 204) throw refusalError(answer, what);
  if (!isMarked(answer)) throw foreignError(answer, what);
}
