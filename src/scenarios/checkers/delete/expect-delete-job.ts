import { isDestinationTouched } from "../shared/touched.ts";
import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import type { DeleteRun, DeletionWork } from "../../observation/delete-run.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { AgentKnowledge } from "../shared/agent-knowledge.ts";
import {
  countsByStatus,
  endsAtOnce,
  isCutBy,
  statusesAfter,
  either,
  withTargets,
  type Certainty,
  type JobEvents,
  type JobExpectation,
  type TargetExpectation,
} from "../shared/job-expectation.ts";
import { COMPLETED, EXCLUDED, outcome, type Outcome } from "../shared/outcome.ts";
import { addTrouble } from "../shared/troubles.ts";
import type { DeleteFacts } from "./delete-facts.ts";
import { deleteTroublesOf, type DeleteTroubles } from "./delete-troubles.ts";
import { GonePaths, type Presence } from "./gone-paths.ts";
import { HeldPaths, type Hold } from "./held-paths.ts";
import { preventionOf, type Prevention } from "./prevention.ts";
import { TargetWatch } from "./target-watch.ts";

/** What the world's facts allow one path below a destination to end as. */
interface DeleteTarget extends TargetExpectation<DeleteCauseId> {
  readonly entryKind: "file" | "folder";
  /** What the backup before could see of it. */
  readonly presence: Presence;
  /** Whether its copy has to stay all the same. */
  readonly held: Certainty;
  /** What the index knows; undefined when that cannot be told. */
  readonly sizeBytes: number | undefined;
}

/** What the world's facts allow a delete job and its targets to end as. No targets when it must not begin. */
export interface DeleteExpectation extends JobExpectation<DeleteCauseId, DeleteTarget> {
  readonly prevention: Prevention;
  /** Whether anything at all struck: then a target may be deleted and the agent not have heard of it. */
  readonly isDisturbed: boolean;
}

/** Works out what a delete job and its targets may end as. */
export function expectDeleteJob({
  deletion,
  known,
  knownNow,
  retryPolicy,
}: DeleteFacts): DeleteExpectation {
  const { backup, work, stop } = deletion;
  const prevention = preventionOf(deletion, known, knownNow);
  const isCut = isCutBy(stop);
  const troubles = work === undefined ? NO_TROUBLES : deleteTroublesOf(deletion, work, retryPolicy);
  const targets =
    backup === undefined || work === undefined || prevention.isSure
      ? []
      : expectedTargets({ deletion, backup, work, knownNow, troubles });
  const events = eventsOf(troubles);
  const together = withTargets(events, targets, true);
  // What is held stays on the service whether the job was stopped or not.
  const isLeft = targets.some(
    ({ rowRequired, path, entryKind, held }) =>
      rowRequired &&
      held === "no" &&
      entryKind === "file" &&
      work?.serviceAfter.files.has(path) === true,
  );
  const [only, ...others] = troubles.troubles;
  if (stop !== undefined && isLeft && only !== undefined && others.length === 0) {
    addTrouble(together.must, only.status, only.causes);
  }
  const allowed = statusesAfter(together, isCut);
  const mayRunOut = troubles.troubles.some(({ status }) => status === "out-of-memory");
  return {
    prevention,
    targets,
    events,
    allowed,
    isCut,
    areRowsDue: !endsAtOnce(stop) && !mayRunOut,
    isSharp: allowed.size === 1 && prevention.causes.size === 0,
    isRetried: troubles.isRetried,
    isDisturbed: troubles.isDisturbed,
    outcomesAnywhere: [],
    // It is nothing that the agent put there and that is gone.
    strangeRow: () => "I7",
    mayRepeat: () => false,
    counts: countsByStatus,
  };
}

const NO_TROUBLES: DeleteTroubles = { troubles: [], isDisturbed: false, isRetried: false };

/** The job itself sees for sure only that its memory ran out; all else meets it with its targets. */
function eventsOf({ troubles }: DeleteTroubles): JobEvents<DeleteCauseId> {
  const events: JobEvents<DeleteCauseId> = { must: new Map(), may: new Map() };
  for (const { status, causes, isCertain } of troubles) {
    const isSure = status === "out-of-memory" && isCertain;
    addTrouble(isSure ? events.must : events.may, status, causes);
  }
  return events;
}

interface Facts {
  readonly deletion: DeleteRun;
  readonly backup: BackupRun;
  readonly work: DeletionWork;
  readonly knownNow: AgentKnowledge;
  readonly troubles: DeleteTroubles;
}

function expectedTargets(facts: Facts): DeleteTarget[] {
  const { backup, knownNow, deletion, work } = facts;
  const gone = new GonePaths(backup);
  const watch = new TargetWatch(deletion, work);
  const holds = new HeldPaths({ ...deletion, backup, work, known: knownNow });
  const found: DeleteTarget[] = [];
  for (const path of new Set([...knownNow.mayFiles, ...knownNow.sureFiles.keys()])) {
    const presence = gone.presence(path, "file");
    if (presence === "standing") continue;
    const sizeBytes = knownNow.sureFiles.get(path);
    const hold = presence === "gone" ? holds.of(path, "file") : NO_HOLD;
    found.push({
      held: certaintyOf(hold),
      path,
      pathBase64: null,
      entryKind: "file",
      presence,
      outcomes: heldOutcomes(hold, () => outcomesOf(facts, watch, path, "file")),
      rowRequired: presence === "gone" && sizeBytes !== undefined,
      sizeBytes,
    });
  }
  for (const path of knownNow.mayFolders) {
    const presence = gone.presence(path, "folder");
    if (presence === "standing") continue;
    const hold = presence === "gone" ? holds.of(path, "folder") : NO_HOLD;
    // What is held in a folder holds the folder.
    const inIt = found.filter((one) => one.held !== "no" && one.path.startsWith(`${path}/`));
    found.push({
      held: either(certaintyOf(hold), inIt.length > 0 ? "perhaps" : "no"),
      path,
      pathBase64: null,
      entryKind: "folder",
      presence,
      outcomes: [
        ...inIt.flatMap(({ outcomes }) => outcomes.filter(({ status }) => status === "excluded")),
        ...heldOutcomes(hold, () => outcomesOf(facts, watch, path, "folder")),
      ],
      // What somebody put into a folder keeps it without a row.
      rowRequired: false,
      sizeBytes: undefined,
    });
  }
  return found;
}

const NO_HOLD: Hold = { elsewhere: "no", unconfirmed: "no" };

function certaintyOf({ elsewhere, unconfirmed }: Hold): Certainty {
  if (elsewhere === "yes" || unconfirmed === "yes") return "yes";
  return elsewhere === "no" && unconfirmed === "no" ? "no" : "perhaps";
}

/** What is held has a row that says so, whatever else befalls the job. */
function heldOutcomes(
  hold: Hold,
  others: () => readonly Outcome<DeleteCauseId>[],
): readonly Outcome<DeleteCauseId>[] {
  const own: Outcome<DeleteCauseId>[] = [];
  if (hold.elsewhere !== "no") own.push(EXCLUDED);
  if (hold.unconfirmed !== "no") own.push(outcome("excluded", "DEL-NR-3"));
  return certaintyOf(hold) === "yes" ? own : [...own, ...others()];
}

function outcomesOf(
  { troubles, work }: Facts,
  watch: TargetWatch,
  path: string,
  entryKind: "file" | "folder",
): Outcome<DeleteCauseId>[] {
  const met = troubles.troubles.filter(
    (trouble) => trouble.path === undefined || trouble.path === path,
  );
  const certain = met.filter(({ isCertain }) => isCertain);
  const sight = watch.sight(path, entryKind);
  const { files, folders } = work.serviceBefore;
  const wasThere = entryKind === "file" ? files.has(path) : folders.has(path);
  // What is certain to befall its deletion does so only where it gets that far.
  const failures = met.map(({ status, causes }) => outcome(status, ...causes));
  if (sight === "found") return [EXCLUDED, ...failures];
  const found: Outcome<DeleteCauseId>[] =
    sight === "unsure" ? [EXCLUDED, ...failures] : [...failures];
  if (certain.length > 0) return found;
  const isTouched = watch.isTouched(path) || isDestinationTouched(work);
  // A lost answer counts as this deletion, whoever's it was; what spoiled the connection may have begun
  // with the backup before.
  const isAskedAgain =
    work.deletionRequests.filter(
      (request) => request.path === path && request.entryKind === entryKind,
    ).length > 1;
  if (wasThere || isTouched || troubles.isDisturbed || isAskedAgain) found.push(COMPLETED);
  if (!wasThere || isTouched) found.push(outcome("not-found", "DEL-NF-1"));
  return found;
}
