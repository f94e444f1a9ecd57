import { message, type Message } from "../../../messages/message.ts";
import { renderMessage } from "../../../messages/render-message.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import {
  problem,
  type Problem,
  type ProblemCode,
  type ProblemExtensions,
} from "../../../protocol/http/problem.ts";
import type { Language } from "../../../terminal/language.ts";

/** What a refusal carries beside its code and its sentence. */
export interface ProblemErrorExtras {
  readonly extensions?: ProblemExtensions;
  /** Response headers that belong to the refusal, lower-case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * How rules, stores and handlers refuse a request: thrown anywhere, answered as problem+json at the
 * one place that sends answers. Whoever throws it has changed nothing before.
 */
export class ProblemError extends SpokenError {
  readonly code: ProblemCode;
  readonly extensions: ProblemExtensions;
  headers: Readonly<Record<string, string>>;

  /** `detail` is for people; it names no secret. */
  constructor(code: ProblemCode, detail: Message, extras: ProblemErrorExtras = {}) {
    super(detail);
    this.name = "ProblemError";
    this.code = code;
    this.extensions = extras.extensions ?? {};
    this.headers = extras.headers ?? {};
  }

  /** The body to answer with; `code`, and `detailMessage`, are the same in every language. */
  problemIn(language: Language): Problem {
    const { code, params } = this.reason;
    const inEnglish = problem(this.code, renderMessage(this.reason, language), {
      ...this.extensions,
      detailMessage: { code, params: { ...params } },
    });
    if (language === "en") return inEnglish;
    return { ...inEnglish, title: renderMessage(message(`problem.${this.code}`), language) };
  }
}
