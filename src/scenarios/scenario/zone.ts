import { z } from "zod";

import { closestWord } from "../../sim-server/input/closest-word.ts";

/** The name of a time zone (IANA) that the platform knows. */
export const zoneSchema = z.string().superRefine((zone, context) => {
  if (isZone(zone)) return;
  const meant = closestWord(zone, Intl.supportedValuesOf("timeZone"));
  const advice =
    meant === undefined ? "give an IANA name such as Asia/Tokyo" : `did you mean ${meant}?`;
  context.addIssue({
    code: "custom",
    message: `${JSON.stringify(zone)} is no time zone; ${advice}`,
  });
});

function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
