import type { RequestFact } from "../../observation/request-fact.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import type { Violation } from "../shared/violation.ts";
import { isSameTime } from "./expect-rows.ts";
import type { RestoreFacts } from "./restore-facts.ts";
import type { RestoredEntry } from "./restored-entries.ts";
import { choiceAt } from "./choice-at.ts";
import { standsAt } from "./target-names.ts";
import { twinsOf } from "./twins-of.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * The invariant `again`, of restores: each file is fetched once at most, and none that stands there already with its bytes
 * and its time, nor one that is left alone since something stands there. Does not verify restores that
 * something or somebody disturbed, nor what stands there and cannot be read, nor entries that want one place.
 */
export function nothingFetchedAgain({ run, entries }: RestoreFacts): Violation[] {
  if (isDisturbed(run)) return [];
  const fetched = Map.groupBy(run.requests.filter(isFetch), ({ path }) => storedPathOf(path));
  const twins = twinsOf({ run, entries });
  return entries.flatMap((entry) => {
    if (entry.entryKind !== "file" || twins.has(entry.path)) return [];
    const count = fetched.get(`${run.destination}/${entry.storedPath}`)?.length ?? 0;
    if (count <= (isLeftAlone(run, entry) ? 0 : 1)) return [];
    const said = message("checked-job.at", {
      job: namedJob(run.job),
      path: JSON.stringify(entry.path),
      what: message("checked-restore.fetched-again", { count }),
    });
    return [{ invariant: "again" as const, message: said }];
  });
}

function isDisturbed(run: RestoreRun): boolean {
  return (
    run.fired.some(({ hitCount }) => hitCount > 0) ||
    run.targetChanges.length + run.storedChanges.length + run.sleepsMs.length > 0 ||
    run.crowded ||
    run.afterRestart ||
    run.stop !== undefined
  );
}

/** Whether there is nothing to fetch: the file stands there as it is stored, or what stands there is not to be replaced. */
function isLeftAlone(run: RestoreRun, { path, generations }: RestoredEntry): boolean {
  const there = standsAt(run, run.targetBefore, path);
  if (there === undefined || there.isLocked || there.access === "none") return false;
  if (choiceAt(run, path) === "skip") return true;
  const [stored] = generations;
  return (
    there.kind === "file" &&
    stored?.sha256 === there.sha256 &&
    isSameTime(there.modifiedAtNs, BigInt(stored.modifiedAtNs))
  );
}

const FILES = "/v1/files/";

/** Whether a request got bytes of a file: one that was refused, as where a session was over, got none. */
function isFetch({ method, path, status }: RequestFact): boolean {
  return method === "GET" && path.startsWith(FILES) && status < 300;
}

/** The path on the service that a request for a file names; undefined where it names none, as others' requests may. */
function storedPathOf(target: string): string | undefined {
  const [path = ""] = target.slice(FILES.length).split("?", 1);
  try {
    return decodeURIComponent(path);
  } catch {
    return undefined;
  }
}
