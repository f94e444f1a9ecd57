import type { IncompleteStatus, Status } from "../../../protocol/status.ts";

/** What a job ends as that saw these kinds of trouble (rules 1 to 3 of the status table). */
function jobStatusOf(kinds: ReadonlySet<IncompleteStatus>): Status {
  const [first, second] = kinds;
  if (first === undefined) return "completed";
  return second === undefined ? first : "unexpected";
}

/** Every status a job may have that saw all of `must` and perhaps some of `may`. */
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
