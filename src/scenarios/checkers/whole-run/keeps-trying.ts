import type { BackupRun } from "../../observation/backup-run.ts";
import type { RequestFact } from "../../observation/request-fact.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { retryPolicyOf, type RetryPolicy } from "../shared/retry-policy.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

type Run = BackupRun | RestoreRun;

/** Requests and answers are on their way for so long at most where nothing delays them. */
const ON_ITS_WAY_MS = 1000;

/**
 * What the service cannot do now is asked of it again for the whole retry budget, whatever went wrong before, as long as
 * something went well in between, at once and then at pauses that grow (D10). Verifies backups and restores that send one request at a time and that only
 * answers with 503 disturb. Does not verify what is asked again for longer, nor answers that ask for a pause, nor uploads in pieces.
 */
export function keepsTrying({ backups, restores, scenario }: RunRecord): Violation[] {
  const { parallelUploadCount, parallelDownloadCount } = scenario.tuning ?? {};
  const retryPolicy = retryPolicyOf(scenario.tuning);
  const runs: readonly Run[] = [
    ...(parallelUploadCount === 1 ? backups : []),
    ...(parallelDownloadCount === 1 ? restores : []),
  ];
  return runs.flatMap((run) => {
    if (!isPlain(run)) return [];
    // Pages of a listing come beside the files, whatever becomes of those.
    const requests = run.requests.filter(({ path }) => !path.startsWith("/v1/folders/"));
    return [...givenUpEarly(requests, retryPolicy), ...triedLate(requests, retryPolicy)];
  });
}

/** Whether nothing but answers with 503 was in the way. */
function isPlain({ faults, fired, stop, sleepsMs, crowded }: Run): boolean {
  const isOnly503 = (faults.storage ?? []).every(
    (fault) =>
      fault.kind === "status" && fault.status === 503 && fault.retryAfterSeconds === undefined,
  );
  const isOther = fired.some(({ layer, hitCount }) => layer !== "storage" && hitCount > 0);
  return isOnly503 && !isOther && stop === undefined && sleepsMs.length === 0 && !crowded;
}

/** The streaks of one request that is refused for the moment, each from where something went well before. */
function streaksOf(requests: readonly RequestFact[]): readonly (readonly [number, number])[] {
  return requests.flatMap((first, at): (readonly [number, number])[] => {
    const before = requests.slice(0, at).findLast((earlier) => !isLookAtService(earlier));
    if (!isOfFile(first) || first.status !== 503 || (before !== undefined && before.status >= 400))
      return [];
    const more = requests.slice(at + 1);
    const end = more.findIndex((other) => !isSame(other, first) || other.status !== 503);
    return [[at, end < 0 ? requests.length : at + 1 + end]];
  });
}

/** Each pause is twice as long as the one before at most (D10), up to the longest. */
function triedLate(
  requests: readonly RequestFact[],
  { retryDelayMs, retryDelayMsMax }: RetryPolicy,
): Violation[] {
  return streaksOf(requests).flatMap(([from, end]): Violation[] => {
    const tries = requests.slice(from, end);
    const last = requests[end];
    // The try that is answered otherwise came behind a pause as well.
    const all = last !== undefined && tries[0] && isSame(last, tries[0]) ? [...tries, last] : tries;
    return all.flatMap(({ method, path, atMs }, index): Violation[] => {
      const earlier = all[index - 1];
      if (earlier === undefined) return [];
      const longestMs = Math.min(retryDelayMs * 2 ** (index - 1), retryDelayMsMax);
      const pausedMs = atMs - earlier.atMs;
      if (pausedMs <= longestMs + ON_ITS_WAY_MS) return [];
      const said = { request: `${method} ${path}`, pausedMs, longestMs };
      return [{ invariant: "patience", message: message("checked-run.tried-late", said) }];
    });
  });
}

function givenUpEarly(requests: readonly RequestFact[], retryPolicy: RetryPolicy): Violation[] {
  const { retryBudgetMs, retryDelayMsMax } = retryPolicy;
  const leastMs = retryBudgetMs - retryDelayMsMax - ON_ITS_WAY_MS;
  return streaksOf(requests).flatMap(([at, end]): Violation[] => {
    const [first, next] = [requests[at], requests[end]];
    // It was taken in the end, or nothing else was asked behind it.
    if (first === undefined || next === undefined || isSame(next, first)) return [];
    const last = requests[end - 1] ?? first;
    const triedMs = last.atMs - first.atMs;
    if (triedMs >= leastMs) return [];
    const said = { request: `${first.method} ${first.path}`, triedMs, budgetMs: retryBudgetMs };
    return [{ invariant: "patience", message: message("checked-run.patience", said) }];
  });
}

/** What takes several requests asks for other things in between. */
function isOfFile({ method, path }: RequestFact): boolean {
  return (method === "PUT" || method === "GET") && path.startsWith("/v1/files/");
}

/** Behind what failed for good the agent looks whether the service is there at all: nothing that it was about went well. */
function isLookAtService({ method, path }: RequestFact): boolean {
  return method === "GET" && path === "/v1/contract";
}

function isSame(one: RequestFact, other: RequestFact): boolean {
  return one.method === other.method && one.path === other.path;
}
