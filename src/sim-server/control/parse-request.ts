import { z } from "zod";

import { message, type Message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";
import { describeIssues } from "../input/describe-issues.ts";
import { issueMessage } from "../input/issue-message.ts";
import { ProblemError } from "../storage/http/problem-error.ts";

/** What a request of the control interface carries, checked. Throws a `ProblemError` that names everything that is wrong, with what is allowed. */
export function parseRequest<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(schema, value).map(({ path, message: what }) =>
    message("input.at", { place: path.map(String).join(".") || ".", what }),
  );
  throw new ProblemError("invalid-request", message("control.does-not-fit", { issues }));
}

/** Whatever a request of the control interface fails with was wrong with the request. */
export function invalidRequest(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  const { type, limit } = error instanceof Error ? (error as Partial<BodyError>) : {};
  if (type === "entity.too.large") {
    const detail = message("request.body-too-large", { bytesMax: limit ?? 0 });
    return new ProblemError("content-too-large", detail);
  }
  return new ProblemError("invalid-request", detailOf(error, type));
}

/** What the parsers of Express throw. */
interface BodyError {
  /** Which of its failures it is, such as `entity.too.large`. */
  readonly type: string;
  /** Bytes. With `entity.too.large`: what a body may have. */
  readonly limit: number;
}

function detailOf(error: unknown, type: string | undefined): Message {
  if (error instanceof z.ZodError) {
    const issues = error.issues.map((issue) =>
      message("input.at", { place: issue.path.join("."), what: issueMessage(issue) }),
    );
    return message("control.does-not-fit", { issues });
  }
  if (error instanceof SyntaxError) return message("request.body-not-json");
  if (type !== undefined) return message("control.body-unreadable", { code: type });
  if (error instanceof URIError) return message("request.badly-encoded");
  return reasonOf(error);
}
