import { MESSAGES } from "../../../messages/messages.ts";
import { isMessage, message, type Message } from "../../../messages/message.ts";
import type { CauseId } from "../../../protocol/causes/causes.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { CheckedJob, Report } from "./checked-job.ts";
import {
  REASONS_OF_CAUSES,
  REASONS_WITHOUT_CAUSE,
  type ReasonPattern,
} from "./reasons-of-causes.ts";

/**
 * The invariant `reason`: what a row or a job tells of its reason belongs to one of its causes, is told wherever there
 * is one, and is a whole sentence in both languages. Does not verify what stands in the sentences.
 */
export function checkReasons(
  { job, rows }: Pick<CheckedJob, "job" | "rows">,
  report: Report,
): void {
  for (const row of rows) {
    const allowed = allowedFor(row, `${job.kind} ${row.status}`);
    const wrong = wrongReason(row.detail, allowed, mustRowTell(row));
    if (wrong === undefined) continue;
    const at = { path: JSON.stringify(row.path), causes: row.causes, reason: wrong };
    report("reason", message("checked-job.wrong-reason-at", at));
  }
  if (job.endedAtMs === null && job.detail === null) return;
  const wrong = wrongReason(job.detail, allowedFor(job, ""), mustJobTell(job));
  if (wrong === undefined) return;
  report("reason", message("checked-job.wrong-reason", { causes: job.causes, reason: wrong }));
}

function allowedFor(
  { causes }: Pick<JobRecord, "causes">,
  withoutCause: string,
): readonly ReasonPattern[] {
  if (causes.length === 0) return REASONS_WITHOUT_CAUSE[withoutCause] ?? [];
  return causes.flatMap((cause) => REASONS_OF_CAUSES[cause] ?? []);
}

/** What went otherwise than well has a reason, and so has what is no target. */
function mustRowTell({ status }: JobFileRecord): boolean {
  return status !== "completed" && status !== "no-difference";
}

/** Causes that are about the job as a whole, so that its own row tells the reason. */
const OF_THE_JOB: ReadonlySet<CauseId> = new Set<CauseId>([
  "B-OM-1",
  "B-OM-2",
  "B-INT-1",
  "B-INT-2",
  "B-IS-1",
  "B-IS-2",
  "B-AD-3",
  "B-UX-7",
  "B-UX-8",
  "R-OM-1",
  "R-UX-2",
  "R-UX-3",
  "DEL-INT-1",
  "DEL-INT-2",
  "DEL-NR-1",
  "DEL-NR-2",
  "DEL-NR-3",
  "DEL-OM-1",
  "DEL-UX-1",
  "DEL-UX-2",
]);

function mustJobTell({ status, causes }: JobRecord): boolean {
  return status !== "completed" && causes.every((cause) => OF_THE_JOB.has(cause));
}

/** What is wrong with a reason, as a code or as the name of what is missing; undefined when it is right. */
function wrongReason(
  detail: Message | null,
  allowed: readonly ReasonPattern[],
  isDue: boolean,
): string | undefined {
  if (detail === null) return isDue ? "-" : undefined;
  if (!isWhole(detail)) return detail.code;
  return reasonsIn(detail).find((code) => !allowed.some((pattern) => fits(code, pattern)));
}

function fits(code: string, pattern: ReasonPattern): boolean {
  return pattern.endsWith("*") ? code.startsWith(pattern.slice(0, -1)) : code === pattern;
}

/** The codes of the reasons that a message gives; what only wraps others is left out. */
function reasonsIn({ code, params }: Message): readonly string[] {
  const inner = Object.values(params).filter(isMessage);
  if (code === "run.with-remark") return inner.flatMap(reasonsIn);
  if (code === "exchange.failed" || code === "exchange.with-detail") {
    return isMessage(params["why"]) ? reasonsIn(params["why"]) : [code];
  }
  return [code];
}

/** Whether each place of its text has something that stands there, in every text that it is made of. */
function isWhole({ code, params }: Message): boolean {
  const texts: Readonly<Record<string, { readonly ja: string; readonly en: string }>> = MESSAGES;
  const text = texts[code];
  if (text === undefined || text.ja === "" || text.en === "") return false;
  const slots = [...`${text.ja}${text.en}`.matchAll(/\{(\w+)/g)].map(([, name = ""]) => name);
  return (
    slots.every((name) => params[name] !== undefined) &&
    Object.values(params).flat().filter(isMessage).every(isWhole)
  );
}
