import { z } from "zod";

import { closestWord } from "../../sim-server/input/closest-word.ts";
import { message } from "../../messages/message.ts";
import { ownIssueText } from "../../sim-server/input/issue-message.ts";

/** The name of a time zone (IANA) that the platform knows. */
export const zoneSchema = z.string().superRefine((zone, context) => {
  if (isZone(zone)) return;
  const meant = closestWord(zone, Intl.supportedValuesOf("timeZone"));
  const reason =
    meant === undefined
      ? message("input.no-zone", { zone })
      : message("input.no-zone-but", { zone, meant });
  context.addIssue({ code: "custom", message: ownIssueText(reason) });
});

function isZone(zone: string): boolean {
  try {
    Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
