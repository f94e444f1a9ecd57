import type { DeleteCauseId } from "../../../protocol/cause.ts";
import type { IncompleteStatus, Status } from "../../../protocol/status.ts";
import type { DeleteRun, DeletionWork } from "../../observation/delete-run.ts";
import type { JobRun } from "../../observation/job-run.ts";
import { isIncomplete } from "../backup/expect-job.ts";
import { allowedJobStatuses } from "../shared/mixed.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";
import { deletionTroublesOf, type DeletionTroubles } from "./deletion-trouble.ts";
import { GonePaths, type Presence } from "./gone-paths.ts";
import { preventionOf, type Prevention } from "./prevention.ts";
import type { AgentKnowledge } from "../shared/agent-knowledge.ts";
import { TargetWatch } from "./target-watch.ts";

/** A status that a target of a delete job may end with, and its true causes. */
export interface DeletionOutcome {
  readonly status: "completed" | "excluded" | IncompleteStatus;
  readonly causes: readonly DeleteCauseId[];
}

/** What the world's facts allow one path to end as. */
export interface TargetExpectation {
  readonly path: string;
  readonly entryKind: "file" | "folder";
  /** What the backup before could see of it. */
  readonly presence: Presence;
  readonly outcomes: readonly DeletionOutcome[];
  /** Whether the job must have a row for it when it came to its own end. */
  readonly rowRequired: boolean;
  /** What the index knows; undefined when that cannot be told. */
  readonly sizeBytes: number | undefined;
}

/** What the world's facts allow a delete job and its targets to end as. */
export interface DeletionExpectation {
  readonly prevention: Prevention;
  /** By `file` or `folder` and the path; empty when it must not begin. */
  readonly targets: ReadonlyMap<string, TargetExpectation>;
  readonly troubles: DeletionTroubles;
  /** Statuses the job may have, once it has begun. */
  readonly allowed: ReadonlySet<Status>;
  /** The kinds of trouble that it saw for sure. */
  readonly must: ReadonlySet<IncompleteStatus>;
  /** The process ended under the job: its end stays blank. */
  readonly isCut: boolean;
}

/** The member of `DeletionExpectation.targets` for an entry. */
export function targetKey(entryKind: string, path: string): string {
  return `${entryKind} ${path}`;
}

/**
 * Works out what a delete job and its targets may end as. `known` is what its agent knew before the backup
 * that it follows, `knownNow` what it knows after it.
 */
export function expectDeletion(
  deletion: DeleteRun,
  known: AgentKnowledge,
  knownNow: AgentKnowledge,
  retryPolicy: RetryPolicy,
): DeletionExpectation {
  const { backup, work, stop } = deletion;
  const prevention = preventionOf(deletion, known);
  const isCut = stop?.kind === "kill" || stop?.kind === "power-loss";
  const troubles: DeletionTroubles =
    work === undefined
      ? { troubles: [], isDisturbed: false, isRetried: false }
      : deletionTroublesOf(deletion, work, retryPolicy);
  const targets =
    backup === undefined || work === undefined || prevention.isSure
      ? new Map<string, TargetExpectation>()
      : expectedTargets({ deletion, backup, work, knownNow, troubles });
  const must = new Set<IncompleteStatus>();
  const may = new Set<IncompleteStatus>();
  for (const { outcomes, rowRequired } of targets.values()) {
    const statuses = new Set(outcomes.map(({ status }) => status));
    for (const status of statuses) {
      if (isIncomplete(status)) (rowRequired && statuses.size === 1 ? must : may).add(status);
    }
  }
  for (const { status, isCertain } of troubles.troubles) {
    const isJobs = status === "out-of-memory" && isCertain;
    (isJobs ? must : may).add(status);
  }
  const isLeft = [...targets.values()].some(
    ({ rowRequired, path, entryKind }) =>
      rowRequired && entryKind === "file" && work?.serviceAfter.files.has(path) === true,
  );
  const [only, ...others] = troubles.troubles;
  if (stop !== undefined && isLeft && only !== undefined && others.length === 0) {
    must.add(only.status);
  }
  const allowed: ReadonlySet<Status> = isCut
    ? new Set<Status>(["unexpected"])
    : allowedJobStatuses(must, may);
  return { prevention, targets, troubles, allowed, must, isCut };
}

interface Facts {
  readonly deletion: DeleteRun;
  readonly backup: JobRun;
  readonly work: DeletionWork;
  readonly knownNow: AgentKnowledge;
  readonly troubles: DeletionTroubles;
}

function expectedTargets(facts: Facts): Map<string, TargetExpectation> {
  const { backup, knownNow, deletion, work } = facts;
  const gone = new GonePaths(backup);
  const watch = new TargetWatch(deletion, work);
  const found = new Map<string, TargetExpectation>();
  for (const path of new Set([...knownNow.mayFiles, ...knownNow.sureFiles.keys()])) {
    const presence = gone.presence(path);
    if (presence === "standing" && !gone.isReplaced(path)) continue;
    const sizeBytes = knownNow.sureFiles.get(path);
    found.set(targetKey("file", path), {
      path,
      entryKind: "file",
      presence,
      outcomes:
        presence === "standing"
          ? [EXCLUDED, ...outcomesOf(facts, watch, path, false)]
          : outcomesOf(facts, watch, path, work.serviceBefore.files.has(path)),
      rowRequired: presence === "gone" && sizeBytes !== undefined,
      sizeBytes,
    });
  }
  for (const path of knownNow.mayFolders) {
    const presence = gone.presence(path);
    if (presence === "standing") continue;
    found.set(targetKey("folder", path), {
      path,
      entryKind: "folder",
      presence,
      outcomes: outcomesOf(facts, watch, path, work.serviceBefore.folders.has(path)),
      // What somebody put into a folder keeps it without a row.
      rowRequired: false,
      sizeBytes: undefined,
    });
  }
  return found;
}

function outcomesOf(
  { troubles, work }: Facts,
  watch: TargetWatch,
  path: string,
  wasThere: boolean,
): DeletionOutcome[] {
  const met = troubles.troubles.filter(
    (trouble) => trouble.path === undefined || trouble.path === path,
  );
  const certain = met.filter(({ isCertain }) => isCertain);
  const sight = watch.sight(path);
  // What is certain to befall its deletion does so only where it gets that far.
  const failures = met.map(({ status, causes }): DeletionOutcome => ({ status, causes }));
  const completed: DeletionOutcome = { status: "completed", causes: [] };
  const notFound: DeletionOutcome = { status: "not-found", causes: ["DEL-NF-1"] };
  if (sight === "found") return [EXCLUDED, ...failures];
  const found: DeletionOutcome[] = sight === "unsure" ? [EXCLUDED, ...failures] : [...failures];
  if (certain.length > 0) return found;
  const isTouched = watch.isTouched(path) || work.destinationTouched;
  // A lost answer counts as this deletion, whoever's it was; what spoiled the connection may have begun
  // with the backup before.
  const isAskedAgain = work.deletionRequests.filter((request) => request.path === path).length > 1;
  if (wasThere || isTouched || troubles.isDisturbed || isAskedAgain) found.push(completed);
  if (!wasThere || isTouched) found.push(notFound);
  return found;
}

const EXCLUDED: DeletionOutcome = { status: "excluded", causes: [] };
