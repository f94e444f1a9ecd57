import { printable } from "../../messages/printable.ts";
import { digest } from "../../sim-server/kernel/digest.ts";
import type { RunRecord } from "../observation/run-record.ts";

/** A line as the trace has it: wall clock, number, actor, event, detail. */
const LINE = /^(-?\d+) \d+ (\S+) (\S+) ?(.*)$/s;

/** What stands in place of a password or a token that a log has where none may be. */
const SECRET = "[a secret]";

/**
 * The trace for people: the PC's clock in the PC's zone, names as they are, and what the logs say, of which the
 * canonical trace has a digest only. No secret stands in it, whatever the logs have.
 */
export function renderTrace(
  record: Pick<RunRecord, "trace" | "logs" | "secrets" | "scenario">,
): readonly string[] {
  const logs = new Map(record.logs.map((line) => [digest(line), line]));
  let { zone } = record.scenario;
  return record.trace.map((line) => {
    const [, wallMs = "0", actor = "", event = "", detail = ""] = LINE.exec(line) ?? [];
    zone = zoneAfter(zone, actor, event, detail);
    const shown = event === "log" ? logText(detail, logs) : decoded(detail);
    const text = record.secrets.reduce((all, secret) => all.replaceAll(secret, SECRET), shown);
    return `${localTime(Number(wallMs), zone)}  ${actor.padEnd(9)} ${event.padEnd(12)} ${text}`;
  });
}

function zoneAfter(zone: string, actor: string, event: string, detail: string): string {
  if (actor !== "pc" || event !== "fact") return zone;
  const fact = JSON.parse(detail) as { readonly what: string; readonly zone?: string };
  return fact.what === "zone" ? (fact.zone ?? zone) : zone;
}

/** `info` and a digest become `info`, the event and its fields. */
function logText(detail: string, logs: ReadonlyMap<string, string>): string {
  const [level = "", hash = ""] = detail.split(" ");
  const line = logs.get(hash);
  if (line === undefined) return detail;
  const { level: _, event, ...fields } = JSON.parse(line) as Record<string, unknown>;
  const pairs = Object.entries(fields).map(([name, value]) => `${name}=${JSON.stringify(value)}`);
  return [level, String(event), ...pairs].join(" ");
}

/** Percent-encoded names as they are; what is not encoded well stays. */
function decoded(detail: string): string {
  return detail.replaceAll(/(?:%[0-9A-Fa-f]{2})+/g, (encoded) => {
    try {
      return printable(decodeURIComponent(encoded));
    } catch {
      return encoded;
    }
  });
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** `2026-11-21 03:00:00.000` in a zone. */
function localTime(atMs: number, zone: string): string {
  let format = formats.get(zone);
  if (format === undefined) {
    const options = { timeZone: zone, dateStyle: "short", timeStyle: "medium" } as const;
    // Swedes write dates with the year first.
    format = new Intl.DateTimeFormat("sv-SE", options);
    formats.set(zone, format);
  }
  const ms = ((atMs % 1000) + 1000) % 1000;
  return `${format.format(atMs)}.${String(ms).padStart(3, "0")}`;
}
