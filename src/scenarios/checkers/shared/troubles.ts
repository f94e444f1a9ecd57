import type { IncompleteStatus, Status } from "../../../protocol/status.ts";

/** Kinds of trouble with their true causes. */
export type Troubles<Cause> = Map<IncompleteStatus, Set<Cause>>;

/** Notes a kind of trouble; causes that are known of it stay. */
export function addTrouble<Cause>(
  troubles: Troubles<Cause>,
  status: IncompleteStatus,
  causes: Iterable<Cause>,
): void {
  troubles.set(status, new Set([...(troubles.get(status) ?? []), ...causes]));
}

/** Every status a job may have that saw all of `must` and perhaps some of `may` (rules 1 to 3 of the status table). */
export function allowedJobStatuses(
  must: ReadonlySet<IncompleteStatus>,
  may: ReadonlySet<IncompleteStatus>,
): ReadonlySet<Status> {
  const allowed = new Set<Status>([jobStatusOf(must)]);
  for (const one of may) {
    allowed.add(jobStatusOf(new Set([...must, one])));
    for (const other of may) allowed.add(jobStatusOf(new Set([...must, one, other])));
  }
  return allowed;
}

/** What a job ends as that saw these kinds of trouble. */
function jobStatusOf(kinds: ReadonlySet<IncompleteStatus>): Status {
  const [first, second] = kinds;
  if (first === undefined) return "completed";
  return second === undefined ? first : "unexpected";
}
