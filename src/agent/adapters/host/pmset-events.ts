import type { HostEvent } from "../../ports/host.ts";

/** `2026-11-20 23:15:02 +0900 Sleep               \tEntering Sleep state due to ...` */
const LINE = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d) ([+-]\d{4}) (\w+)\s+(.*)$/;

/**
 * The events in `pmset -g log` of macOS, oldest first: sleep, hibernation (which the log tells on
 * waking), wake, and the start of its daemon, which is that of the PC. A maintenance wake with the
 * screen dark (`DarkWake`) lets no program run for long and is none. Shutdowns and sign-ins are not
 * in that log.
 */
export function readPmsetLog(text: string): readonly HostEvent[] {
  const events: HostEvent[] = [];
  for (const line of text.split("\n")) {
    const [, date, time, zone, kind, words = ""] = LINE.exec(line) ?? [];
    const atMs = Date.parse(`${date}T${time}${zone}`);
    if (Number.isNaN(atMs)) continue;
    if (kind === "Start" && /powerd process is started/.test(words)) {
      events.push({ atMs, kind: "boot" });
    } else if (kind === "Sleep" && /Entering Sleep/.test(words)) {
      // A Mac that wakes darkly in between enters sleep again and again.
      if (events.at(-1)?.kind !== "sleep") events.push({ atMs, kind: "sleep" });
    } else if (kind === "Wake") {
      const last = events.at(-1);
      if (last?.kind === "sleep" && /from (Hibernate|Standby)/i.test(words)) {
        events[events.length - 1] = { ...last, kind: "hibernate" };
      }
      events.push({ atMs, kind: "wake" });
    }
  }
  return events;
}
