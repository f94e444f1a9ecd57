import type { z } from "zod";

import { isNotNow } from "../../../protocol/http/is-not-now.ts";
import { PROBLEM_MEDIA_TYPE, problemSchema } from "../../../protocol/http/problem.ts";
import { ServiceError } from "../../ports/service.ts";
import { exchangeError, unknownAnswer } from "./exchange-error.ts";
import type { HttpAnswer } from "./reception.ts";
import { message, type Message } from "../../../messages/message.ts";

function retryAfterMs(answer: HttpAnswer): number | undefined {
  const seconds = Number(answer.headers["retry-after"]);
  return Number.isFinite(seconds) && seconds >= 0 ? seconds * 1000 : undefined;
}

function mediaType(answer: HttpAnswer): string {
  return (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
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
  // The answer to a HEAD has the media type of a problem and no body that says which.
  if (mediaType(answer) === PROBLEM_MEDIA_TYPE && answer.body.length > 0) {
    const parsed = problemSchema.safeParse(parseJson(answer, what));
    if (parsed.success) {
      return new ServiceError(
        { kind: "refused", problem: parsed.data },
        message("exchange.failed", { what, why: message(`problem.${parsed.data.code}`) }),
      );
    }
  }
  // The service refuses with problem+json only, so another 4xx page comes from something in between.
  if (status >= 400 && mediaType(answer) === "text/html") {
    return exchangeError("blocked", what, { detail: message("exchange.http-status", { status }) });
  }
  return unknownAnswer(what, message("exchange.unknown-answer", { status }));
}

/** The body as JSON; an answer that is none arrived damaged. */
function parseJson(answer: HttpAnswer, what: Message): unknown {
  try {
    return JSON.parse(answer.body.toString("utf8"));
  } catch (error) {
    throw exchangeError("corrupt", what, { detail: message("exchange.no-json"), error });
  }
}

/** The body of an answer with one of `statuses`, checked against the contract. Throws `ServiceError`. */
export function readAnswer<Output>(
  answer: HttpAnswer,
  statuses: readonly number[],
  schema: z.ZodType<Output>,
  what: Message,
): Output {
  if (!statuses.includes(answer.status)) throw refusalError(answer, what);
  if (mediaType(answer) !== "application/json")
    throw refusalError({ ...answer, status: 200 }, what);
  const parsed = schema.safeParse(parseJson(answer, what));
  if (parsed.success) return parsed.data;
  throw unknownAnswer(what, message("exchange.outside-contract"), parsed.error);
}
