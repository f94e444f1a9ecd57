import type { Conflict, ConflictAnswer, RestoreRequest } from "../../../agent/jobs/requests.ts";
import type { RestoreStep } from "../../scenario/step.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { ConflictQuestion, Standing } from "../../observation/restore-run.ts";
import type { Simulation } from "../simulation.ts";
import type { RestoreStepFacts } from "../observe/restore-recorder.ts";
import { isAtOrBelow } from "../disk/scenario-path.ts";
import { standingBelow } from "../disk/stand-on-disk.ts";

/** What is asked of the agent, and what the world knows about it. */
export interface RestorePlan {
  readonly request: RestoreRequest;
  readonly facts: Omit<RestoreStepFacts, "outageBegan">;
}

/** Makes a step into what the agent is asked; undefined when the source has no place on the service. */
export function planRestore(
  simulation: Simulation,
  step: RestoreStep,
  number: number,
): RestorePlan | undefined {
  const { scenario, actors, device } = simulation;
  const { paths, probe } = simulation.scenarioWorld;
  const { sources } = scenario;
  const sourcePath = sources[step.from.source % sources.length] ?? "";
  const hostPath = paths.toHost(sourcePath);
  const destination = device.agent.sources
    .list()
    .find(({ path }) => path === hostPath)?.destination;
  if (destination === undefined) return undefined;
  const { path = "", entryKind } = step.from;
  const { answers } = step;
  const onConflict = step.onConflict ?? "skip";
  const asked: ConflictQuestion[] | undefined = answers && [];
  const place = path === "" ? destination : `${destination}/${path}`;
  // A person names the backup by the folder on the PC as well as by the place on the service.
  const isByPlace = scenario.seed % 2 === 0;
  const source = path === "" ? sourcePath : `${sourcePath}/${path}`;
  const { files, folders } = probe.facts(destination);
  // Which of the two is the current one is the service's to say; a person says which is meant.
  const hasBoth = files.has(path) && folders.has(path) && step.generation === undefined;
  const request: RestoreRequest = {
    from: isByPlace ? place : paths.toHost(source),
    to: paths.toHost(step.to),
    onConflict:
      answers === undefined || asked === undefined
        ? onConflict
        : async (conflict) => answerTo(simulation, { conflict, to: step.to, answers, asked }),
    ...(entryKind === undefined
      ? hasBoth
        ? { entryKind: "folder" as const }
        : {}
      : { entryKind }),
    ...(step.generation === undefined ? {} : { generation: step.generation }),
  };
  const isFolder = path === "" || folders.has(path);
  return {
    request,
    facts: {
      step: number,
      sourcePath,
      destination,
      path,
      entryKind: entryKind ?? (isFolder ? "folder" : "file"),
      generation: step.generation,
      onConflict,
      asked,
      to: step.to,
      placeLost: actors.destinationLosses.get(sourcePath),
      source: sourceAsBackedUp(simulation, sourcePath),
      isMirrored: isMirrored(simulation, sourcePath),
      keptPaths: keptPaths(simulation, sourcePath),
      faults: step.faults ?? {},
      crowded: step.withNeighbour === true,
    },
  };
}

/** How long a person looks at a question. */
const THINKING_MS = 2000;

interface Asked {
  readonly conflict: Conflict;
  readonly to: string;
  readonly answers: NonNullable<RestoreStep["answers"]>;
  /** The questions so far. */
  readonly asked: ConflictQuestion[];
}

/** The person answers a question about what stands in the way, and puts down what they were asked. */
async function answerTo(
  { world, scenarioWorld }: Simulation,
  { conflict, to, answers, asked }: Asked,
): Promise<ConflictAnswer> {
  const { existing, restored } = conflict;
  const { choice = "skip", forAll = false } = answers[asked.length % answers.length] ?? {};
  const path = scenarioWorld.paths.fromHost(conflict.path).slice(to.length + 1);
  asked.push({ path, existing, restored, choice, forAll });
  await world.clock.wait(THINKING_MS);
  return { choice, forAll };
}

/** What the source holds, when its last backup ended well and nothing changed since, here or there. */
function sourceAsBackedUp(simulation: Simulation, sourcePath: string): Standing | undefined {
  const { recorders, world, actors } = simulation;
  const { model, paths } = simulation.scenarioWorld;
  const last = lastBackup(simulation, sourcePath);
  if (last?.job.status !== "completed") return undefined;
  const facts = model.below(sourcePath);
  const isSame =
    facts.size === last.diskBefore.size &&
    [...facts].every(([path, fact]) => last.diskBefore.get(path) === fact);
  const isStored = !recorders.observer.acts.some(
    ({ destination }) => destination === last.destination,
  );
  // One that was made again, or of another contract, has nothing of it.
  const touchCount = recorders.observer.touchCountSince(last.destination, last.startedSeq);
  const isSamePlace = touchCount === last.destinationTouches.length;
  if (!isSame || !isStored || !isSamePlace || actors.destinationLosses.has(sourcePath))
    return undefined;
  const standing = standingBelow(world.disk, paths, sourcePath);
  if (last.includeHidden) return standing;
  const hidden = [...facts.values()].flatMap((fact) => (fact.hidden ? [fact.path] : []));
  return new Map(
    [...standing].filter(([path]) =>
      hidden.every((folder) => !isAtOrBelow(`${sourcePath}/${path}`, folder)),
    ),
  );
}

/**
 * Whether the last backup's deletion took everything from the service that the PC has not any more, but for what
 * it kept back. What a backup had sent when the power went is nobody's to delete once its notes are lost: where
 * something of that has gone since, or has another spelling or kind, both may be there.
 */
function isMirrored(simulation: Simulation, sourcePath: string): boolean {
  // What was gone before a repair, and is not known any more, is nobody's to delete.
  if (simulation.device.repairs.length > 0) return false;
  const last = lastBackup(simulation, sourcePath);
  const { backups, deletions } = simulation.recorders;
  const mayBeForgotten = backups.runs.some(
    (run) =>
      run.device === "pc" &&
      run.sourcePath === sourcePath &&
      run.stop?.kind === "power-loss" &&
      [...run.diskBefore].some(([path, { kind }]) => last?.diskBefore.get(path)?.kind !== kind),
  );
  if (mayBeForgotten) return false;
  return deletions.runs.some(
    ({ backup, job }) => last !== undefined && backup === last && job.status === "completed",
  );
}

/** What the last backup's deletion said to have kept back, such as what lay on a disk that is not there (D15). */
function keptPaths(simulation: Simulation, sourcePath: string): readonly string[] {
  const last = lastBackup(simulation, sourcePath);
  return simulation.recorders.deletions.runs
    .filter(({ backup }) => last !== undefined && backup === last)
    .flatMap(({ rows }) => rows)
    .flatMap(({ path, status }) => (status === "excluded" ? [path] : []));
}

function lastBackup({ recorders }: Simulation, sourcePath: string): BackupRun | undefined {
  return recorders.backups.runs.findLast(
    (run) => run.device === "pc" && run.sourcePath === sourcePath,
  );
}
