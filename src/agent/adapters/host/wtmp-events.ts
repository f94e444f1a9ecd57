import type { HostEvent } from "../../ports/host.ts";
import type { Programs } from "../../ports/programs.ts";
import { LOG_LINE_COUNT_MAX } from "./recent-events.ts";

/** `2026-11-20T08:59:11+09:00` */
const INSTANT = String.raw`\d{4}-\d\d-\d\dT[\d:]+(?:,\d+)?[+-]\d\d:?\d\d`;

/**
 * What the login records (wtmp) say, which every user may read: starts, shutdowns and sign-ins of
 * `userName`, but nothing of sleep.
 */
export async function wtmpEvents(
  programs: Programs,
  userName: string,
): Promise<readonly HostEvent[]> {
  const end = await programs.run({
    program: "last",
    args: ["-x", "-w", "--time-format", "iso", "-n", String(LOG_LINE_COUNT_MAX)],
  });
  return end.kind === "ended" && end.exitCode === 0 ? readWtmp(end.stdout, userName) : [];
}

/** The events in the table that `last -x --time-format iso` prints, oldest first. */
export function readWtmp(text: string, userName: string): readonly HostEvent[] {
  const events: HostEvent[] = [];
  // Newest first: what follows a start in the file came before it.
  const lines = text.split("\n").toReversed();
  let isUp = false;
  for (const line of lines) {
    const who = line.split(/\s+/, 1)[0];
    const [from, to] = [...line.matchAll(new RegExp(INSTANT, "g"))].map(([found]) =>
      Date.parse(found.replace(",", ".")),
    );
    if (from === undefined) continue;
    if (who === "reboot") {
      if (isUp) events.push({ atMs: from, kind: "power-loss" });
      events.push({ atMs: from, kind: "boot" });
      isUp = true;
    } else if (who === "shutdown") {
      events.push({ atMs: from, kind: "shutdown" });
      isUp = false;
    } else if (who === userName) {
      events.push({ atMs: from, kind: "sign-in" });
      if (to !== undefined) events.push({ atMs: to, kind: "sign-out" });
    }
  }
  return events.toSorted((a, b) => a.atMs - b.atMs);
}
