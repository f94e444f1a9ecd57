import { parseHttpDate } from "./http-date.ts";
import type { HttpAnswer } from "./reception.ts";

/** Nobody waits longer than this, whatever is asked for: a day, in milliseconds. */
const RETRY_AFTER_MS_MAX = 24 * 60 * 60_000;

/**
 * How long `Retry-After` asks to wait, from now on, 0 to a day; undefined where it asks nothing that
 * can be understood. A moment counts from the answer's own Date, so that a clock that is wrong on
 * either side does not matter; from the PC's clock where the answer has none (RFC 9110 section 10.2.3).
 */
export function retryAfterMs({ headers, receivedAtMs }: HttpAnswer): number | undefined {
  const value = headers["retry-after"]?.trim() ?? "";
  if (/^\d+$/.test(value)) return Math.min(Number(value) * 1000, RETRY_AFTER_MS_MAX);
  const untilMs = parseHttpDate(value);
  if (untilMs === undefined) return undefined;
  const fromMs = parseHttpDate(headers.date ?? "") ?? receivedAtMs;
  return Math.min(Math.max(untilMs - fromMs, 0), RETRY_AFTER_MS_MAX);
}
