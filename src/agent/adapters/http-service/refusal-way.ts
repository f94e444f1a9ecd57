import { isNotNow } from "../../../protocol/http/is-not-now.ts";

/** 4xx that a gateway gives while its service is away; any other says no to this very transfer. */
const PASSING_STATUSES: ReadonlySet<number> = new Set([404, 405, 410, 421]);

/** What the status of something in between means that says anything but yes in the service's place. */
export function refusalWay(status: number): "unavailable" | "foreign" | "blocked" {
  if (isNotNow(status)) return "unavailable";
  const isPassing = status < 400 || status >= 500 || PASSING_STATUSES.has(status);
  return isPassing ? "foreign" : "blocked";
}
