import type { MailFact, PcRecord } from "../../observation/pc-record.ts";
import type { SlotReport } from "./slot-reports.ts";

/** Whether a mail tells of a slot: it has the start of each row, and the folder, in a zone the PC had. */
export function isMailOf({ text }: MailFact, { rows }: SlotReport, pc: PcRecord): boolean {
  const flat = text.replaceAll("\n", "");
  const zones = new Set(
    pc.facts.flatMap(({ change }) => (change.what === "zone" ? [change.zone] : [])),
  );
  return (
    rows.length > 0 &&
    rows.every(({ sourcePath }) => flat.includes(sourcePath)) &&
    [...zones].some((zone) =>
      rows.every(({ startedAtMs }) => flat.includes(timeText(zone, startedAtMs))),
    )
  );
}

function timeText(zone: string, atMs: number): string {
  return new Intl.DateTimeFormat("sv-SE", {
    timeZone: zone,
    dateStyle: "short",
    timeStyle: "medium",
  })
    .format(atMs)
    .replaceAll("-", "/");
}
