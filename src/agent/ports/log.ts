/** How serious a log line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * The agent's technical log. Lines carry no password, token or key (I10): callers pass named fields
 * and never whole requests, settings or sessions. The log is for programs: `event` is a code in
 * kebab-case, and what else a line says is fields, a reason as a message with its code and params.
 */
export interface Log {
  write(level: LogLevel, event: string, fields?: Readonly<Record<string, unknown>>): void;
}
