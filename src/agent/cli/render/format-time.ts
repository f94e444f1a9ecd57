import type { Language } from "./language.ts";

function twoDigits(value: number): string {
  return String(value).padStart(2, "0");
}

/** An instant in the PC's local time to the second; `-` when there is none (D2). */
export function formatTime(atMs: number | null, language: Language): string {
  if (atMs === null) return "-";
  const at = new Date(atMs);
  const separator = language === "ja" ? "/" : "-";
  const day = [at.getFullYear(), twoDigits(at.getMonth() + 1), twoDigits(at.getDate())];
  const time = [at.getHours(), at.getMinutes(), at.getSeconds()].map(twoDigits);
  return `${day.join(separator)} ${time.join(":")}`;
}

/** A span as `0:07`, `12:05` or `1:02:03`. */
export function formatDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const rest = twoDigits(whole % 60);
  return hours > 0 ? `${hours}:${twoDigits(minutes)}:${rest}` : `${minutes}:${rest}`;
}
