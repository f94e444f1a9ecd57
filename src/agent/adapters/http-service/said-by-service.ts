import { PROBLEM_MEDIA_TYPE } from "../../../protocol/http/problem.ts";
import { isMarked, mediaType, problemOf } from "./read-answer.ts";
import type { HttpAnswer } from "./reception.ts";

/** Whether the service itself said that there is nothing; a 404 page of something else is no such word. */
export function isGone(answer: HttpAnswer): boolean {
  return problemOf(answer)?.code === "not-found";
}

/** Whether the service has forgotten an upload that HEAD asked about. */
export function isForgotten(answer: HttpAnswer): boolean {
  return answer.status === 404 && isUnreadProblem(answer);
}

/** Whether the service itself calls the session over. A 401 of something in between gets no password. */
export function isSessionOver(answer: HttpAnswer): boolean {
  if (answer.status !== 401) return false;
  const code = problemOf(answer)?.code;
  return code === "session-required" || code === "session-expired" || isUnreadProblem(answer);
}

/** A refusal of the service in answer to a HEAD: it has no body that says more than its status. */
function isUnreadProblem(answer: HttpAnswer): boolean {
  const isBodiless = answer.body.length === 0;
  return isBodiless && mediaType(answer) === PROBLEM_MEDIA_TYPE && isMarked(answer);
}
