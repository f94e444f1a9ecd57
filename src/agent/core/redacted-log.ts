import type { Log } from "../ports/log.ts";
import type { Redactor } from "../../messages/redactor.ts";

/** A log that never gets a secret, whatever a line was given (I10). */
export function redactedLog(log: Log, redactor: Redactor): Log {
  const clean = (value: unknown): unknown => {
    if (typeof value === "string") return redactor.redact(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== "object" || value === null) return value;
    if (value instanceof Error) return redactor.redact(String(value));
    return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, clean(part)]));
  };
  return {
    write: (level, event, fields) =>
      fields === undefined
        ? log.write(level, event)
        : log.write(level, event, clean(fields) as Readonly<Record<string, unknown>>),
  };
}
