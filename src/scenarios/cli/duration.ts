import { invalidArgument } from "../../command-line/invalid-argument.ts";
import { message } from "../../messages/message.ts";

const UNIT_SECONDS = { s: 1, m: 60, h: 3600 } as const;

/** Reads the value of an option that is a time such as `90s`, `30m` or `8h`: its seconds. Throws `InvalidArgumentError`. */
export function duration(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smh])$/.exec(text) ?? [];
  if (count === undefined || unit === undefined) throw invalidArgument(message("usage.duration"));
  return Number(count) * UNIT_SECONDS[unit as keyof typeof UNIT_SECONDS];
}

/** Seconds as people read them: `90s`, `12m 05s`, `1h 03m`. */
export function durationText(seconds: number): string {
  const whole = Math.round(seconds);
  const two = (value: number): string => String(Math.floor(value)).padStart(2, "0");
  if (whole < 120) return `${whole}s`;
  if (whole < 3600) return `${Math.floor(whole / 60)}m ${two(whole % 60)}s`;
  return `${Math.floor(whole / 3600)}h ${two((whole % 3600) / 60)}m`;
}
