import type { z } from "zod";

import { isNotNow } from "../../../protocol/http/is-not-now.ts";
import { PROBLEM_MEDIA_TYPE, problemSchema } from "../../../protocol/http/problem.ts";
import { ServiceError } from "../../ports/service.ts";
import { exchangeError } from "./exchange-error.ts";
import type { HttpAnswer } from "./reception.ts";

function retryAfterMs(answer: HttpAnswer): number | undefined {
  const seconds = Number(answer.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function mediaType(answer: HttpAnswer): string {
  return (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
}

/** The error for an answer that says anything but yes. */
export function refusalError(answer: HttpAnswer, what: string): ServiceError {
  const { status } = answer;
  if (isNotNow(status)) {
    const wait = retryAfterMs(answer);
    return exchangeError("unavailable", what, {
      detail: `HTTP ${status}`,
      ...(wait === undefined ? {} : { retryAfterMs: wait }),
    });
  }
  // The answer to a HEAD has the media type of a problem and no body that says which.
  if (mediaType(answer) === PROBLEM_MEDIA_TYPE && answer.body.length > 0) {
    const parsed = problemSchema.safeParse(parseJson(answer, what));
    if (parsed.success) {
      return new ServiceError(
        { kind: "refused", problem: parsed.data },
        `${what}: ${parsed.data.detail}`,
      );
    }
  }
  // The service refuses with problem+json only, so another 4xx page comes from something in between.
  if (status >= 400 && mediaType(answer) === "text/html") {
    return exchangeError("blocked", what, { detail: `HTTP ${status}` });
  }
  return new ServiceError(
    { kind: "unknown-answer" },
    `${what}: the service answered in a way this agent does not know (HTTP ${status}); see whether a newer agent is out`,
  );
}

/** The body as JSON; an answer that is none arrived damaged. */
function parseJson(answer: HttpAnswer, what: string): unknown {
  try {
    return JSON.parse(answer.body.toString("utf8"));
  } catch (error) {
    throw exchangeError("corrupt", what, { detail: "the answer is no JSON", error });
  }
}

/** The body of an answer with one of `statuses`, checked against the contract. Throws `ServiceError`. */
export function readAnswer<Output>(
  answer: HttpAnswer,
  statuses: readonly number[],
  schema: z.ZodType<Output>,
  what: string,
): Output {
  if (!statuses.includes(answer.status)) throw refusalError(answer, what);
  if (mediaType(answer) !== "application/json")
    throw refusalError({ ...answer, status: 200 }, what);
  const parsed = schema.safeParse(parseJson(answer, what));
  if (parsed.success) return parsed.data;
  throw new ServiceError(
    { kind: "unknown-answer" },
    `${what}: the service's answer does not fit the contract; see whether a newer agent is out`,
    parsed.error,
  );
}
