/** English names of the days as the schedulers write them; 0 is Sunday. */
export const WEEKDAY_NAMES: readonly string[] = [
  "Sunday",
  "Monday",
  "Tuesday",
  "Wednesday",
  "Thursday",
  "Friday",
  "Saturday",
];

/** `03:05` for 185. */
export function clockText(minuteOfDay: number): string {
  const two = (value: number): string => String(value).padStart(2, "0");
  return `${two(Math.floor(minuteOfDay / 60))}:${two(minuteOfDay % 60)}`;
}
