import { CAUSES, type DeleteCauseId } from "../../../protocol/causes/causes.ts";
import type { Status } from "../../../protocol/status.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { StopKind } from "../../observation/stop-fact.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { either, type Certainty } from "../shared/job-expectation.ts";
import { isFilledFor } from "./is-filled-for.ts";
import { GonePaths } from "./gone-paths.ts";
import { HeldPaths } from "./held-paths.ts";
import { devicesDuring, type AgentKnowledge } from "../shared/agent-knowledge.ts";

/** Why a delete job may not or need not begin to delete (未実行). */
export interface Prevention {
  /** Whether nothing may be deleted. */
  readonly isSure: boolean;
  /** True causes; empty when it has to begin. */
  readonly causes: ReadonlySet<DeleteCauseId>;
}

/** After a backup that saw one of these, what is gone cannot be told from what could not be seen. */
const PREVENTING: ReadonlySet<Status> = new Set<Status>([
  "invalid-settings",
  "communication-error",
  "out-of-memory",
  "interrupted",
]);

/** Says from the world's facts whether a delete job begins. `known` is what its agent knew before its backup, `knownNow` after it. */
export function preventionOf(
  deletion: DeleteRun,
  known: AgentKnowledge,
  knownNow: AgentKnowledge,
): Prevention {
  const { backup, stop } = deletion;
  const causes = new Set<DeleteCauseId>();
  if (backup === undefined) {
    const causeOf = (kind: StopKind): DeleteCauseId => (ENDING.has(kind) ? "DEL-NR-2" : "DEL-NR-1");
    const kinds = [stop?.kind ?? "interrupt", stop?.earlier?.kind].filter(
      (kind) => kind !== undefined,
    );
    return { isSure: true, causes: new Set(kinds.map(causeOf)) };
  }
  if (backup.stop !== undefined) {
    // The run is over with its backup; what its backup had seen by then says the rest.
    const { kind } = backup.stop;
    const both: readonly DeleteCauseId[] = ["DEL-NR-1", "DEL-NR-2"];
    const isQuick = !ENDING.has(kind) && !(isByEnd(stop) && stop?.earlier?.kind === kind);
    return { isSure: true, causes: new Set(isQuick ? ["DEL-NR-1"] : both) };
  }
  const kinds = new Set<Status>(backup.job.causes.map((cause) => CAUSES[cause].status));
  for (const { status } of backup.rows) if (status in ROW_KINDS) kinds.add(status as Status);
  const isBlind = [...kinds].some((kind) => PREVENTING.has(kind));
  const isRootLost = backup.rows.some(({ path }) => path === "");
  if (isBlind || isRootLost) return { isSure: true, causes: new Set(["DEL-NR-1"]) };
  if (mayHaveEndedEarly(backup)) causes.add("DEL-NR-1");
  const suspicion = deletion.isConfirmed
    ? "no"
    : either(suspicionOf(backup, known), onlyHeld(deletion, backup, knownNow));
  if (suspicion !== "no") causes.add("DEL-NR-3");
  const isSure = suspicion === "yes" && causes.size === 1;
  // The process ended between its backup and its turn.
  if (isByEnd(stop) && deletion.work === undefined) causes.add("DEL-NR-2");
  return { isSure, causes };
}

const ROW_KINDS: Readonly<Partial<Record<string, true>>> = {
  "invalid-settings": true,
  "communication-error": true,
  "out-of-memory": true,
  interrupted: true,
};

/** Stops that end the process. */
const ENDING: ReadonlySet<StopKind> = new Set(["close-tool", "kill", "power-loss"]);

function isByEnd(stop: DeleteRun["stop"]): boolean {
  return stop !== undefined && ENDING.has(stop.kind);
}

/** Something befell the job as a whole that none of its rows shows. */
function mayHaveEndedEarly(backup: BackupRun): boolean {
  if (backup.job.detail !== null) return true;
  return backup.diskChanges.some(({ path }) => path === backup.sourcePath);
}

/** Whether nothing is left to do but what is held until a person confirms (D15). */
function onlyHeld(deletion: DeleteRun, backup: BackupRun, known: AgentKnowledge): Certainty {
  const gone = new GonePaths(backup);
  const holds = new HeldPaths({ ...deletion, backup, known });
  let found: Certainty = "no";
  let isAll = true;
  const paths = [
    ...new Set([...known.mayFiles, ...known.sureFiles.keys()])
      .values()
      .map((path) => [path, "file"] as const),
    ...known.mayFolders.values().map((path) => [path, "folder"] as const),
  ];
  for (const [path, entryKind] of paths) {
    const presence = gone.presence(path, entryKind);
    if (presence === "standing") continue;
    const hold = holds.of(path, entryKind);
    const isSure = presence === "gone" && entryKind === "file" && known.sureFiles.has(path);
    if (isSure && hold.unconfirmed === "no") return "no";
    if (hold.unconfirmed !== "yes" || presence !== "gone" || hold.elsewhere !== "no") isAll = false;
    if (hold.unconfirmed !== "no")
      found = isSure && hold.unconfirmed === "yes" ? "yes" : either(found, "perhaps");
  }
  return found === "yes" && !isAll ? "perhaps" : found;
}

/** Whether the source is suddenly empty or on another device (D15). */
function suspicionOf(backup: BackupRun, known: AgentKnowledge): Certainty {
  const isSame = known.sourceId === backup.jobAtStart.sourceId;
  const isFilled = isFilledFor(backup);
  const hadSure = isSame && known.sureFiles.size > 0;
  const hadPerhaps = isSame && known.mayFiles.size > 0;
  const devices = devicesDuring(backup);
  const remembered = isSame ? known.devices : new Set(["none" as const]);
  const isElsewhere =
    [...devices].every((device) => !remembered.has(device)) && !remembered.has("none");
  const isElsewherePerhaps = [...devices].some((device) =>
    [...remembered].some((other) => other !== "none" && other !== device),
  );
  if ((isFilled === "no" && hadSure) || (isElsewhere && devices.size > 0)) return "yes";
  return (isFilled !== "yes" && hadPerhaps) || isElsewherePerhaps ? "perhaps" : "no";
}
