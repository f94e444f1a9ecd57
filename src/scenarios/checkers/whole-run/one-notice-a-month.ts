import type { RunRecord } from "../../observation/run-record.ts";
import type { NoticeFact } from "../../observation/notice-fact.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";

/**
 * Plan and capacity are told at the first start in a month that can tell them, and at no other (F35).
 * Verifies each start at a terminal: whether something was told, and that it was so. Does not verify starts
 * at which nobody can say whether the service could be asked, unless something was told, nor PCs whose
 * clock was set.
 */
export function oneNoticeAMonth({ notices, pc }: Pick<RunRecord, "notices" | "pc">): Violation[] {
  const isClockSet = pc?.facts.some(({ change }) => change.what === "clock") ?? false;
  if (isClockSet) return [];
  let lastMonth: string | undefined;
  return notices.flatMap((notice): Violation[] => {
    const month = monthOf(notice);
    const said = wrongOf(notice, month === lastMonth);
    if (notice.told !== null) lastMonth = month;
    if (said === undefined) return [];
    const about = { month, what: said };
    return [{ invariant: "notice", message: message("checked-run.notice", about) }];
  });
}

function wrongOf(
  { isWanted, isServiceThere, told, truth }: NoticeFact,
  isTold: boolean,
): Message | undefined {
  const isDue = isWanted && !isTold;
  if (told === null) {
    return isDue && isServiceThere === true ? message("checked-run.notice-lacks") : undefined;
  }
  if (!isDue) return message("checked-run.notice-not-due");
  const found = JSON.stringify(told);
  const wanted = JSON.stringify({
    plan: truth.plan,
    quotaBytes: truth.quotaBytes,
    usedBytes: truth.usedBytes,
    freeBytes: truth.freeBytes,
  });
  return found === wanted ? undefined : message("checked-run.notice-other", { found, wanted });
}

/** As `2026-11`, in the zone of the PC's clock. */
function monthOf({ wallMs, zone }: NoticeFact): string {
  return new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short" })
    .format(wallMs)
    .slice(0, 7);
}
