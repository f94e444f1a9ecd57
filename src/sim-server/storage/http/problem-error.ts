import {
  problem,
  type Problem,
  type ProblemCode,
  type ProblemExtensions,
} from "../../../protocol/http/problem.ts";

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
export class ProblemError extends Error {
  readonly code: ProblemCode;
  readonly extensions: ProblemExtensions;
  headers: Readonly<Record<string, string>>;

  /** `detail` is a sentence for people; it names no secret. */
  constructor(code: ProblemCode, detail: string, extras: ProblemErrorExtras = {}) {
    super(detail);
    this.name = "ProblemError";
    this.code = code;
    this.extensions = extras.extensions ?? {};
    this.headers = extras.headers ?? {};
  }

  /** The body to answer with. */
  get problem(): Problem {
    return problem(this.code, this.message, this.extensions);
  }
}
