import type { z } from "zod";

import type { ProblemCode } from "./problem.ts";

/** The methods the service knows; any other is answered with 405. */
type OperationMethod = "GET" | "HEAD" | "PUT" | "POST" | "PATCH" | "DELETE" | "OPTIONS";

/** What a body holds. `lines`: newline-delimited JSON, each line fitting the schema. */
export type BodyDefinition =
  | { readonly kind: "none" }
  | { readonly kind: "json"; readonly mediaType: string; readonly schema: z.ZodType }
  | { readonly kind: "lines"; readonly mediaType: string; readonly schema: z.ZodType }
  | { readonly kind: "bytes"; readonly mediaType: string };

/** A request header the operation reads. */
export interface RequestHeader {
  readonly name: string;
  readonly required: boolean;
  readonly description: string;
}

/** A successful answer. Problems stand apart, in `Operation.problems`. */
export interface OperationResponse {
  readonly description: string;
  /** The bodies it can have; more than one where the client chooses by Accept. */
  readonly bodies: readonly [BodyDefinition, ...BodyDefinition[]];
  /** Headers every such answer carries, lower-case. */
  readonly headers: readonly string[];
}

/** One row of the contract: what a request of this operation carries and how it can be answered. */
export interface Operation {
  readonly method: OperationMethod;
  /** `{path}` stands for percent-encoded names joined by `/`, `{id}` for one segment. */
  readonly path: string;
  readonly summary: string;
  /** `optional`: only a service with anonymous uploads answers without one. */
  readonly session: "required" | "optional" | "none";
  readonly query: z.ZodObject | null;
  readonly requestHeaders: readonly RequestHeader[];
  readonly requestBody: BodyDefinition;
  /** Successful answers by status. */
  readonly responses: Readonly<Record<number, OperationResponse>>;
  /** The problems this operation can have beside `COMMON_PROBLEMS` and, with a session, `SESSION_PROBLEMS`. */
  readonly problems: readonly ProblemCode[];
}

/** Problems any request can have. */
export const COMMON_PROBLEMS: readonly ProblemCode[] = [
  "invalid-request",
  "method-not-allowed",
  "too-many-requests",
  "internal-error",
  "service-unavailable",
  "gateway-timeout",
];

/** Problems of every operation that needs a session. The last two: `azukeru-if-place` does not hold. */
export const SESSION_PROBLEMS: readonly ProblemCode[] = [
  "session-required",
  "session-expired",
  "folder-changed",
  "state-changed",
];
