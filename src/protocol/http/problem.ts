import { z } from "zod";

/**
 * Every error the service can answer with (RFC 9457 problem+json): its HTTP status and a title.
 * `code` is the closed member a client decides on; `type` is `urn:azukeru:problem:<code>`, except
 * where a specification registers one (resumable uploads, digest fields). A planned fault that names a
 * status alone has the first code of it.
 */
export const PROBLEMS = {
  "invalid-request": { status: 400, title: "The request does not fit the contract" },
  "invalid-path": { status: 400, title: "The path is not one the service can hold" },
  "forbidden-name": { status: 400, title: "A name uses a forbidden character" },
  "digest-required": { status: 400, title: "The upload carries no sha-256 digest" },
  "digest-mismatch": { status: 400, title: "The bytes do not have the digest that was declared" },
  "inconsistent-upload-length": { status: 400, title: "The upload's length contradicts itself" },
  "upload-completed": { status: 400, title: "The upload is complete and takes no more bytes" },
  "invalid-credentials": { status: 401, title: "Login ID or password is wrong" },
  "session-required": { status: 401, title: "The request carries no valid session" },
  "session-expired": { status: 401, title: "The session has expired" },
  "access-refused": { status: 403, title: "The account may not do this here" },
  "captcha-required": { status: 403, title: "The characters of an image have to be given as well" },
  "captcha-wrong": { status: 403, title: "The characters are not those of the image" },
  "not-found": { status: 404, title: "There is nothing at this path" },
  "method-not-allowed": { status: 405, title: "The resource does not support this method" },
  "not-acceptable": {
    status: 406,
    title: "The service cannot answer in a form that was asked for",
  },
  "parent-missing": { status: 409, title: "The folder this would go into does not exist" },
  "folder-not-empty": { status: 409, title: "The folder holds something" },
  "name-taken": { status: 409, title: "Something of this name exists already" },
  "upload-offset-mismatch": { status: 409, title: "The offset is not where the upload stands" },
  "precondition-failed": { status: 412, title: "The entry is not in the state that was required" },
  "folder-changed": { status: 412, title: "The folder is gone, or another one has its place" },
  "state-changed": { status: 412, title: "The service was put back to an older state" },
  "content-too-large": { status: 413, title: "The content is larger than the service takes" },
  "unsupported-media-type": {
    status: 415,
    title: "The service does not take this media type here",
  },
  "range-not-satisfiable": { status: 416, title: "The range lies outside the file" },
  "too-many-requests": { status: 429, title: "Too many requests at once" },
  "request-header-too-large": { status: 431, title: "The request's header fields are too large" },
  "internal-error": { status: 500, title: "The service failed" },
  "not-implemented": { status: 501, title: "The service does not know this transfer coding" },
  "service-unavailable": { status: 503, title: "The service is out of order for now" },
  "gateway-timeout": { status: 504, title: "The service did not answer in time" },
  "insufficient-capacity": { status: 507, title: "The contract's capacity does not hold this" },
} as const satisfies Record<string, { readonly status: number; readonly title: string }>;

/** The closed set of error codes. */
export type ProblemCode = keyof typeof PROBLEMS;

/** All codes, for validators and tables. */
export const PROBLEM_CODES: readonly ProblemCode[] = Object.keys(PROBLEMS) as ProblemCode[];

/** Problem types that specifications register; every other code's type is a URN of ours. */
const REGISTERED_PROBLEM_TYPES: Partial<Record<ProblemCode, string>> = {
  "upload-offset-mismatch":
    "https://iana.org/assignments/http-problem-types#mismatching-upload-offset",
  "upload-completed": "https://iana.org/assignments/http-problem-types#completed-upload",
  "inconsistent-upload-length":
    "https://iana.org/assignments/http-problem-types#inconsistent-upload-length",
};

/** The media type of every error body (RFC 9457 section 3). */
export const PROBLEM_MEDIA_TYPE = "application/problem+json";

/**
 * An image of a CAPTCHA: SVG as a data URL. Nothing is in it but one `svg` element with `path` and `rect`
 * elements, so that it can be shown without running or fetching anything.
 */
const captchaImageSchema = z
  .string()
  .max(65_536)
  .regex(/^data:image\/svg\+xml;base64,[A-Za-z0-9+/]+={0,2}$/);

/**
 * An error body. `title` and `detail` are for people: what happened, to what, what to do, in the
 * language that `Content-Language` names. The extension members are always present where their comment
 * says so.
 */
export const problemSchema = z.strictObject({
  type: z.string(),
  title: z.string(),
  status: z.int().min(400).max(599),
  code: z.enum(PROBLEM_CODES as [ProblemCode, ...ProblemCode[]]),
  detail: z.string(),
  /** What `detail` is made of, the same in every language. Absent from services that have no such thing. */
  detailMessage: z
    .strictObject({ code: z.string(), params: z.record(z.string(), z.unknown()) })
    .optional(),
  /** With `insufficient-capacity`: what the upload would need beyond what it frees, in bytes. */
  requiredBytes: z.int().min(0).optional(),
  /** With `insufficient-capacity`: what the contract has left, in bytes. */
  freeBytes: z.int().min(0).optional(),
  /** With `upload-offset-mismatch` (draft-ietf-httpbis-resumable-upload). */
  "expected-offset": z.int().min(0).optional(),
  /** With `upload-offset-mismatch`. */
  "provided-offset": z.int().min(0).optional(),
  /** With `captcha-required` and `captcha-wrong`: what the answer is given for. */
  challengeId: z
    .string()
    .regex(/^[\w-]{1,64}$/)
    .optional(),
  /** With `captcha-required` and `captcha-wrong`. */
  image: captchaImageSchema.optional(),
  /** With `captcha-required` and `captcha-wrong`: until when an answer is taken. */
  expiresAt: z.iso.datetime({ precision: 3 }).optional(),
});

/** A parsed error body. */
export type Problem = z.infer<typeof problemSchema>;

/** The extension members a problem may carry beside the standard ones. */
export type ProblemExtensions = Pick<
  Problem,
  | "detailMessage"
  | "requiredBytes"
  | "freeBytes"
  | "expected-offset"
  | "provided-offset"
  | "challengeId"
  | "image"
  | "expiresAt"
>;

/** Builds the body for a code; type, title and status come from the tables above. */
export function problem(
  code: ProblemCode,
  detail: string,
  extensions: ProblemExtensions = {},
): Problem {
  return {
    type: REGISTERED_PROBLEM_TYPES[code] ?? `urn:azukeru:problem:${code}`,
    title: PROBLEMS[code].title,
    status: PROBLEMS[code].status,
    code,
    detail,
    ...extensions,
  };
}
