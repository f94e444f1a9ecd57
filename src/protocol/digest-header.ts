/**
 * RFC 9530 `Repr-Digest` / `Content-Digest`, sha-256 only: a structured-fields dictionary whose
 * `sha-256` member is the byte sequence. Parsed with the structured-headers library so that other
 * algorithms beside it, parameters and white space are handled as RFC 9651 says.
 */
import { parseDictionary } from "structured-headers";

/** The field value for a SHA-256 given as lower-case hexadecimal: `sha-256=:<base64>:`. */
export function formatDigestHeader(sha256: string): string {
  return `sha-256=:${Buffer.from(sha256, "hex").toString("base64")}:`;
}

/** What a digest field holds. `unsupported`: well formed, but without a sha-256 member. */
export type DigestHeader =
  | { readonly kind: "sha-256"; readonly sha256: string }
  | { readonly kind: "unsupported" }
  | { readonly kind: "malformed" };

/** The form nearly every sender writes: sha-256 alone, no parameters, no white space. */
const PLAIN = /^sha-256=:([A-Za-z0-9+/]{43}=):$/;

/** Reads a digest field; the digest comes back as lower-case hexadecimal. Never throws. */
export function parseDigestHeader(value: string): DigestHeader {
  const plain = PLAIN.exec(value)?.[1];
  if (plain !== undefined) {
    return { kind: "sha-256", sha256: Buffer.from(plain, "base64").toString("hex") };
  }
  let dictionary;
  try {
    dictionary = parseDictionary(value);
  } catch {
    return { kind: "malformed" };
  }
  const member = dictionary.get("sha-256");
  if (member === undefined) return { kind: "unsupported" };
  const bytes = member[0];
  if (!(bytes instanceof ArrayBuffer) || bytes.byteLength !== 32) return { kind: "malformed" };
  return { kind: "sha-256", sha256: Buffer.from(bytes).toString("hex") };
}
