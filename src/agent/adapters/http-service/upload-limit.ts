import { parseDictionary } from "structured-headers";

import { HEADERS } from "../../../protocol/http/headers.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { HttpAnswer } from "./reception.ts";

/** The most bytes one append may have, from `Upload-Limit`; our own limit where none is named. */
export function appendBytesMaxOf(answer: HttpAnswer): number {
  const value = answer.headers[HEADERS.uploadLimit];
  if (typeof value !== "string") return LIMITS.uploadAppendBytesMax;
  try {
    const size = parseDictionary(value).get("max-append-size")?.[0];
    return typeof size === "number" && size > 0 ? size : LIMITS.uploadAppendBytesMax;
  } catch {
    return LIMITS.uploadAppendBytesMax;
  }
}
