import { mailTime } from "./mail-time.ts";
import type { MailFact, PcRecord } from "../../observation/pc-record.ts";
import type { SlotReport } from "./slot-reports.ts";

/**
 * Whether a mail tells of a slot: it has the folder of each row, and its start in the zone that the mail names, which
 * is one the PC had. One time is another slot's start in another zone, and may be the end of a row in this.
 */
export function isMailOf({ text }: MailFact, { rows }: SlotReport, pc: PcRecord): boolean {
  const flat = text.replaceAll("\n", "");
  const zones = new Set(
    pc.facts.flatMap(({ change }) => (change.what === "zone" ? [change.zone] : [])),
  );
  return (
    rows.length > 0 &&
    rows.every(({ sourcePath }) => flat.includes(sourcePath)) &&
    [...zones].some(
      (zone) =>
        flat.includes(`（${zone}）`) &&
        rows.every(({ startedAtMs }) => flat.includes(`開始日時: ${mailTime(zone, startedAtMs)}`)),
    )
  );
}
