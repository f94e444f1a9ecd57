import type { IncomingHttpHeaders } from "node:http";

import { message } from "../../../messages/message.ts";
import { parseDigestHeader } from "../../../protocol/digest-header.ts";
import { parsePlaceTag, type PlaceTag } from "../../../protocol/http/place-tag.ts";
import { HEADERS } from "../../../protocol/http/headers.ts";
import { nanosecondsSchema } from "../../../protocol/http/schemas.ts";
import { modeSchema } from "../../../protocol/posix-mode.ts";
import type { EntityTags, Preconditions } from "./preconditions.ts";
import { ProblemError } from "./problem-error.ts";

/** One field as a single text; Node joins repeated ones with a comma, which no value here contains. */
export function field(headers: IncomingHttpHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === "object" ? value.join(", ") : value;
}

/** The SHA-256 of a digest field, lower-case hexadecimal; null when absent or of another algorithm. */
export function digestField(headers: IncomingHttpHeaders, name: string): string | null {
  const value = field(headers, name);
  if (value === undefined) return null;
  const digest = parseDigestHeader(value);
  if (digest.kind === "malformed") {
    throw new ProblemError("invalid-request", message("request.field-no-digest", { field: name }));
  }
  return digest.kind === "sha-256" ? digest.sha256 : null;
}

/** The modification time a file comes with. */
export function modifiedAtField(headers: IncomingHttpHeaders): string {
  const value = field(headers, HEADERS.modifiedAtNs);
  if (value === undefined || !nanosecondsSchema.safeParse(value).success) {
    throw new ProblemError(
      "invalid-request",
      message("request.field-nanoseconds", { field: HEADERS.modifiedAtNs }),
    );
  }
  return canonicalNanoseconds(value);
}

/** The permission bits a file comes with; undefined when it comes without. */
export function modeField(headers: IncomingHttpHeaders): string | undefined {
  const value = field(headers, HEADERS.mode);
  if (value === undefined || modeSchema.safeParse(value).success) return value;
  throw new ProblemError("invalid-request", message("request.field-mode", { field: HEADERS.mode }));
}

/** Nanoseconds written the one way they are stored: no `-0`. */
export function canonicalNanoseconds(value: string): string {
  return value === "-0" ? "0" : value;
}

/** If-Match, If-None-Match, and the folder that is meant. */
export function preconditionFields(headers: IncomingHttpHeaders): Preconditions {
  return {
    place: placeField(headers),
    ifMatch: entityTagsField(headers, "if-match"),
    ifNoneMatch: entityTagsField(headers, "if-none-match"),
  };
}

/** The folder that a request is about; null for any. */
export function placeField(headers: IncomingHttpHeaders): PlaceTag | null {
  const value = field(headers, HEADERS.ifPlace);
  if (value === undefined) return null;
  const place = parsePlaceTag(value.trim());
  if (place !== undefined) return place;
  throw new ProblemError(
    "invalid-request",
    message("request.field-place", { field: HEADERS.ifPlace }),
  );
}

/** A list of entity tags or `*` (RFC 9110 section 13.1.1). */
function entityTagsField(headers: IncomingHttpHeaders, name: string): EntityTags | null {
  const value = field(headers, name)?.trim();
  if (value === undefined) return null;
  if (value === "*") return "*";
  const tags: string[] = [];
  const pattern = /\s*((?:W\/)?"[\x21\x23-\x7e\x80-\xff]*")\s*(,|$)/y;
  while (pattern.lastIndex < value.length) {
    const match = pattern.exec(value);
    if (match?.[1] === undefined) {
      throw new ProblemError(
        "invalid-request",
        message("request.field-entity-tags", { field: name }),
      );
    }
    tags.push(match[1]);
    if (match[2] === "") break;
  }
  return tags;
}

/** A structured-field integer, zero or more (RFC 9651); `undefined` for anything else. */
export function integerField(headers: IncomingHttpHeaders, name: string): number | undefined {
  const match = /^ *([0-9]{1,15}) *(?:;.*)?$/.exec(field(headers, name) ?? "");
  return match === null ? undefined : Number(match[1]);
}

/** A structured-field boolean (RFC 9651); `undefined` for anything else. */
export function booleanField(headers: IncomingHttpHeaders, name: string): boolean | undefined {
  const match = /^ *\?([01]) *(?:;.*)?$/.exec(field(headers, name) ?? "");
  return match === null ? undefined : match[1] === "1";
}

/** The media type of a field without its parameters, lower-case; empty when absent. */
export function mediaType(headers: IncomingHttpHeaders): string {
  return (headers["content-type"] ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
}

/** Refuses a body that is coded: the service keeps bytes as they come. */
export function assertIdentityCoding(headers: IncomingHttpHeaders): void {
  const coding = field(headers, "content-encoding")?.trim().toLowerCase() ?? "identity";
  if (coding !== "identity" && coding !== "") {
    throw new ProblemError("unsupported-media-type", message("request.coded-body"));
  }
}
