/** How serious a log line is. */
export type LogLevel = "debug" | "info" | "warn" | "error";

/**
 * The agent's technical log. Lines carry no password, token or key (I10): callers pass named fields
 * and never whole requests, settings or sessions.
 */
export interface Log {
  write(level: LogLevel, event: string, fields?: Readonly<Record<string, unknown>>): void;
}
