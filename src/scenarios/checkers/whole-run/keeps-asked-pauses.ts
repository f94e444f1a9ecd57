import type { ObservationWindow } from "../../observation/observation-window.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { RunFaults } from "../../scenario/run-faults.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

type Window = Pick<ObservationWindow, "requests"> & { readonly faults: RunFaults };

/** A request is on its way for so long at most where nothing delays it. */
const ON_ITS_WAY_MS = 50;

/**
 * Where an answer of the service asks for a pause (Retry-After), the same is not asked of it again before.
 * Verifies the requests of each job in whose step every answer of that status asks for the same. Does not
 * verify other requests meanwhile, nor steps with a second PC, nor that anything is asked again.
 */
export function keepsAskedPauses({
  backups,
  deletions,
  restores,
  agentCount,
}: Pick<RunRecord, "backups" | "deletions" | "restores" | "agentCount">): Violation[] {
  if (agentCount > 1) return [];
  const windows: readonly Window[] = [
    ...backups,
    ...restores,
    ...deletions.flatMap(({ work, faults }) => (work === undefined ? [] : [{ ...work, faults }])),
  ];
  return windows.flatMap((window) => tooEarly(window));
}

function tooEarly({ requests, faults }: Window): Violation[] {
  const statuses = (faults.storage ?? []).flatMap((fault) =>
    fault.kind === "status" ? [fault] : [],
  );
  return requests.flatMap(({ atMs, method, path, status }, index): Violation[] => {
    const asking = statuses.filter((fault) => fault.status === status);
    const [pauseMs = 0, ...others] = new Set(
      asking.map(({ retryAfterSeconds = 0 }) => retryAfterSeconds * 1000),
    );
    if (pauseMs === 0 || others.length > 0) return [];
    const again = requests
      .slice(index + 1)
      .find((other) => other.method === method && other.path === path && other.atMs > atMs);
    if (again === undefined || again.atMs >= atMs + pauseMs - ON_ITS_WAY_MS) return [];
    const said = { request: `${method} ${path}`, pauseMs, afterMs: again.atMs - atMs };
    return [{ invariant: "pause", message: message("checked-run.pause", said) }];
  });
}
