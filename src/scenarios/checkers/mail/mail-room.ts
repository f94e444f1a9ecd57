import { message } from "../../../messages/message.ts";
import type { PcRecord, SmtpFact } from "../../observation/pc-record.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";

/** Bytes that the provider has room for where a scenario says nothing else. */
const ROOM_BYTES = 256 * 2 ** 20;

/** More than a mail of so many bytes takes, with what was read of it, whatever its headers are. */
function mostTaken(sizeBytes: number): number {
  return 4 * sizeBytes + 4096;
}

/**
 * `room`: the mail server refuses a mail for want of room only where the mails that it holds, and all that are on
 * their way, may leave none. What was deleted, and what broke off, takes none. Does not verify that it refuses when it is full.
 */
export function refusesForRoomAlone({
  pc,
  scenario,
}: Pick<RunRecord, "pc" | "scenario">): Violation[] {
  if (pc === undefined) return [];
  const roomBytes = scenario.mailRoomBytes ?? ROOM_BYTES;
  return pc.smtp.filter(isRefusedForRoom).flatMap((refused) => {
    const { elapsedMs } = refused;
    const sizeBytes = Number(refused.detail.split(" ")[1]);
    // One mail is on its way at a time; a second try may begin while the first one falls silent.
    const heldBytes = heldAt(pc, elapsedMs) + mostTaken(sizeBytes);
    if (heldBytes + mostTaken(sizeBytes) > roomBytes) return [];
    const fields = { sizeBytes, elapsedMs, roomBytes, heldBytes };
    return [{ invariant: "room" as const, message: message("checked-mail.no-room", fields) }];
  });
}

/** Whether a line of the mail server tells that it had no room; what a fault said stands in another line. */
export function isRefusedForRoom({ kind, detail }: SmtpFact): boolean {
  return kind === "refused" && detail.startsWith("452 ");
}

/** The most that the mails take which nobody has deleted yet. */
function heldAt({ smtp, mailReads }: PcRecord, atMs: number): number {
  const readMs = mailReads.findLast((elapsedMs) => elapsedMs <= atMs) ?? -1;
  return smtp
    .filter(({ kind, elapsedMs }) => kind === "stored" && elapsedMs >= readMs && elapsedMs <= atMs)
    .reduce((sum, { detail }) => sum + mostTaken(Number(detail.split(" ")[1])), 0);
}
