import { z } from "zod";

import { describeIssues } from "../input/describe-issues.ts";
import { ProblemError } from "../storage/http/problem-error.ts";
import { issueMessage } from "../input/issue-message.ts";
import { renderMessage } from "../../messages/render-message.ts";

/** What a request of the control interface carries, checked. Throws a `ProblemError` that names everything that is wrong, with what is allowed. */
export function parseRequest<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issues = describeIssues(schema, value).map(
    ({ path, message }) => `${path.map(String).join(".") || "."}: ${renderMessage(message, "en")}`,
  );
  throw new ProblemError("invalid-request", issues.join("; "));
}

/** Whatever a request of the control interface fails with was wrong with the request. */
export function invalidRequest(error: unknown): ProblemError {
  if (error instanceof ProblemError) return error;
  if (error instanceof z.ZodError) {
    const issues = error.issues.map(
      (issue) => `${issue.path.join(".")}: ${renderMessage(issueMessage(issue), "en")}`,
    );
    return new ProblemError("invalid-request", issues.join("; "));
  }
  return new ProblemError(
    isTooLarge(error) ? "content-too-large" : "invalid-request",
    error instanceof Error ? error.message : String(error),
  );
}

/** What the parser of Express says of a body beyond its limit. */
function isTooLarge(error: unknown): boolean {
  return error instanceof Error && "type" in error && error.type === "entity.too.large";
}
