import { message } from "../../../messages/message.ts";
import { PROBLEM_CODES, PROBLEMS, type ProblemCode } from "../../../protocol/http/problem.ts";
import type { Language } from "../../../terminal/language.ts";
import { problemReply, type Reply } from "../http/reply.ts";
import { formatHttpDate } from "../http/instant.ts";
import { ProblemError } from "../http/problem-error.ts";
import {
  FOREIGN_ANSWERS,
  type ForeignAnswer,
  type ForeignAnswerName,
} from "../../faults/foreign-answers.ts";
import type { StorageFault } from "../../faults/storage-fault.ts";

type StatusFault = Extract<StorageFault, { kind: "status" }>;

/** The problem a `status` fault stands for; null when its status is in no problem of the contract. `nowMs` is the service's clock. */
export function faultProblem(fault: StatusFault, nowMs: number): ProblemError | null {
  const code = fault.code ?? PROBLEM_CODES.find((each) => PROBLEMS[each].status === fault.status);
  if (code === undefined) return null;
  return new ProblemError(
    code,
    message("request.planned-fault", { problem: message(`problem.${code}`) }),
    {
      headers: { ...retryAfter(fault, nowMs), ...challenge(code) },
    },
  );
}

/** When a fault strikes, and in which language it is told. */
export interface FaultMoment {
  readonly nowMs: number;
  readonly language: Language;
}

/** What a `status` fault answers. Its status wins where `code` usually goes with another. */
export function statusReply(fault: StatusFault, { nowMs, language }: FaultMoment): Reply {
  const error = faultProblem(fault, nowMs);
  if (error === null) {
    const page = `<html><body><h1>${fault.status}</h1><p>gateway</p></body></html>`;
    return { ...htmlReply(fault.status, page, retryAfter(fault, nowMs)), isForeign: true };
  }
  const reply = problemReply(error, language);
  const value = { ...error.problemIn(language), status: fault.status };
  const mediaType = reply.body.kind === "json" ? reply.body.mediaType : "";
  return { ...reply, status: fault.status, body: { kind: "json", mediaType, value } };
}

/** What a security product between agent and service answers. */
export function blockPageReply(): Reply {
  const reply = htmlReply(
    403,
    "<!DOCTYPE html><html><head><title>Web access blocked</title></head><body><h1>This page was blocked</h1><p>The security policy of your organisation does not allow this transfer.</p></body></html>",
  );
  return { ...reply, isForeign: true };
}

/** What something in between answers in place of the service. */
export function foreignReply(name: ForeignAnswerName): Reply {
  const { status, headers = {}, body }: ForeignAnswer = FOREIGN_ANSWERS[name];
  if (body === undefined) return { status, headers, body: { kind: "none" }, isForeign: true };
  const content = Buffer.from(body.text);
  const { mediaType } = body;
  return {
    status,
    headers,
    body: { kind: "bytes", mediaType, chunks: [content], sizeBytes: content.length },
    isForeign: true,
  };
}

/** An answer the contract does not know. */
export function unknownReply(): Reply {
  return {
    status: 200,
    headers: {},
    body: { kind: "json", mediaType: "application/json", value: { unexpected: true } },
  };
}

function htmlReply(status: number, html: string, headers: Record<string, string> = {}): Reply {
  const content = Buffer.from(html);
  return {
    status,
    headers,
    body: {
      kind: "bytes",
      mediaType: "text/html; charset=utf-8",
      chunks: [content],
      sizeBytes: content.length,
    },
  };
}

/** Both forms of RFC 9110 section 10.2.3. A date is to the second, so it is never too early. */
function retryAfter(
  { retryAfterSeconds, retryAfterForm }: StatusFault,
  nowMs: number,
): Record<string, string> {
  if (retryAfterSeconds === undefined) return {};
  const isDate = retryAfterForm === "date";
  const date = formatHttpDate(Math.ceil(nowMs / 1000) * 1000 + retryAfterSeconds * 1000);
  return { "retry-after": isDate ? date : String(retryAfterSeconds) };
}

function challenge(code: ProblemCode): Record<string, string> {
  return PROBLEMS[code].status === 401 ? { "www-authenticate": 'Bearer realm="azukeru"' } : {};
}
