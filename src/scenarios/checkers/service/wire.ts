import type { ProblemCode } from "../../../protocol/http/problem.ts";
import type { ClientExchange } from "../../observation/client-event.ts";
import { sha256 } from "../../scenario/content.ts";

/** The names of a path in the target of a request. */
export function namesIn(encoded: string): readonly string[] {
  return encoded.split("/").map((name) => decodeURIComponent(name));
}

/** The SHA-256 that a digest field names; undefined where there is none. */
export function digestIn(headers: WireHeaders, name: string): string | undefined {
  const base64 = /sha-256=:([^:]*):/.exec(headers[name] ?? "")?.[1];
  return base64 === undefined ? undefined : Buffer.from(base64, "base64").toString("hex");
}

/** How a digest field names the SHA-256 of bytes. */
export function digestField(bytes: Buffer): string {
  return `sha-256=:${Buffer.from(sha256(bytes), "hex").toString("base64")}:`;
}

/** A body as JSON; an empty object where it is none. */
export function jsonIn(body: Buffer): Readonly<Record<string, unknown>> {
  try {
    return JSON.parse(body.toString()) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

/** The code of the problem that an answer has; undefined of another answer. */
export function problemIn({ answer }: ClientExchange): ProblemCode | undefined {
  if (answer?.headers["content-type"]?.startsWith("application/problem+json") !== true)
    return undefined;
  return jsonIn(answer.body)["code"] as ProblemCode | undefined;
}

/** The fields of a request or an answer. */
export type WireHeaders = Readonly<Record<string, string | undefined>>;
