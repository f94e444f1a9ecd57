import { HEADERS } from "../../../protocol/http/headers.ts";
import { parsePlaceTag, type PlaceTag } from "../../../protocol/http/place-tag.ts";
import type { HttpAnswer } from "./reception.ts";

/** The tag of the folder that an answer speaks of (D18), where it names one. */
export function placeOf(answer: HttpAnswer): PlaceTag | undefined {
  const value = answer.headers[HEADERS.place];
  return typeof value === "string" ? parsePlaceTag(value) : undefined;
}
