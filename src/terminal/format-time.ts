import type { Language } from "./language.ts";

/** The last millisecond `Date` knows, and its distance from 1970 on the other side. */
export const CALENDAR_MS_MAX = 8.64e15;

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** An instant in the PC's local time to the second; blank when there is none (D2). */
export function formatTime(atMs: number | null, language: Language): string {
  if (atMs === null) return "";
  const at = new Date(atMs);
  const separator = language === "ja" ? "/" : "-";
  const day = [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())];
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits);
  return `${day.join(separator)} ${time.join(":")}`;
}

/** An instant of nanoseconds since 1970 as above; as it is when it lies beyond the calendar. */
export function formatNanoseconds(atNs: bigint, language: Language): string {
  const atMs = Number(atNs / 1_000_000n);
  return Math.abs(atMs) <= CALENDAR_MS_MAX ? formatTime(atMs, language) : `${atNs} ns`;
}

/** A span as `0:07`, `12:05` or `1:02:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = twoDigits(whole % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}
