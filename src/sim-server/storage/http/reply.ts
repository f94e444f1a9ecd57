import { PROBLEM_MEDIA_TYPE } from "../../../protocol/http/problem.ts";
import type { Language } from "../../../terminal/language.ts";
import type { ProblemError } from "./problem-error.ts";

/** The body of an answer. `lines` is made while it is sent and may end the connection by throwing. */
export type ReplyBody =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly mediaType: string; readonly value: unknown }
  | {
      readonly kind: "bytes";
      readonly mediaType: string;
      readonly chunks: readonly Buffer[];
      readonly sizeBytes: number;
    }
  | { readonly kind: "lines"; readonly mediaType: string; readonly pieces: Iterable<string> };

/** An answer as a handler gives it, before it is sent; faults change it on the way. */
export interface Reply {
  readonly status: number;
  /** Lower-case names. Content-Type and Content-Length come from the body. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: ReplyBody;
  /** It comes from something in between and carries no mark of the service. Default: false. */
  readonly isForeign?: boolean;
}

const NO_HEADERS: Readonly<Record<string, string>> = {};
const NO_BODY: ReplyBody = { kind: "none" };

/** An answer without a body. */
export function emptyReply(status: number, headers = NO_HEADERS): Reply {
  return { status, headers, body: NO_BODY };
}

/** An answer in JSON. */
export function jsonReply(status: number, value: unknown, headers = NO_HEADERS): Reply {
  return { status, headers, body: { kind: "json", mediaType: "application/json", value } };
}

/** A refusal, told in a language. */
export function problemReply(error: ProblemError, language: Language): Reply {
  const problem = error.problemIn(language);
  return {
    status: problem.status,
    headers: { "content-language": language, ...error.headers },
    body: { kind: "json", mediaType: PROBLEM_MEDIA_TYPE, value: problem },
  };
}

/** The bytes of a body that is in memory; empty for one that is not. */
export function replyBytes(body: ReplyBody): readonly Buffer[] {
  switch (body.kind) {
    case "json":
      return [Buffer.from(JSON.stringify(body.value))];
    case "bytes":
      return body.chunks;
    case "none":
    case "lines":
      return [];
  }
}
