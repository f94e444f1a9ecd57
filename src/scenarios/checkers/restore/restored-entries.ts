import type { RestoreRun } from "../../observation/restore-run.ts";
import type { GenerationFact, ServiceFacts } from "../../observation/service-facts.ts";

/** One file or empty folder that a restore is about. */
export interface RestoredEntry {
  /** Where it belongs below the folder that is restored to. */
  readonly path: string;
  /** Below the destination on the service. */
  readonly storedPath: string;
  readonly entryKind: "file" | "folder";
  /** What of it may be restored, newest first; empty for a folder. */
  readonly generations: readonly GenerationFact[];
  /** Whether it was there all the time, as it is. */
  readonly isSteady: boolean;
}

/** The last name of a path. */
export function lastName(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

/** Whether what is to be restored was on the service when the job began. */
export function placeExists(run: RestoreRun): boolean {
  const { serviceBefore: before, path, entryKind } = run;
  if (entryKind === "folder") {
    return path === "" ? before.destinationExists : before.folders.has(path);
  }
  return wanted(run, before, path).length > 0;
}

/** Everything a restore is about, with what came and went on the service while it ran. */
export function restoredEntries(run: RestoreRun): readonly RestoredEntry[] {
  const { serviceBefore: before, serviceAfter: after } = run;
  if (run.entryKind === "file") return [fileEntry(run, run.path, lastName(run.path))];
  const prefix = run.path === "" ? "" : `${run.path}/`;
  const below = (paths: Iterable<string>): string[] =>
    [...paths].filter((path) => path.startsWith(prefix) && path !== prefix);
  const files = below(new Set([...before.files.keys(), ...after.files.keys()])).map((stored) =>
    fileEntry(run, stored, stored.slice(prefix.length)),
  );
  const folders = below(new Set([...before.folders, ...after.folders])).flatMap((stored) => {
    const [was, is] = [isEmptyFolder(before, stored), isEmptyFolder(after, stored)];
    if (!was && !is) return [];
    const isSteady = was && is && !isTouched(run, stored);
    const path = stored.slice(prefix.length);
    const entryKind = "folder" as const;
    return [{ path, storedPath: stored, entryKind, generations: [], isSteady }];
  });
  return [...files, ...folders];
}

/** Every generation of a stored file that the world knows of, during the run. */
export function everyGeneration(run: RestoreRun, storedPath: string): readonly GenerationFact[] {
  return [run.serviceBefore, run.serviceAfter].flatMap(
    (facts) => facts.files.get(storedPath)?.generations ?? [],
  );
}

function fileEntry(run: RestoreRun, storedPath: string, path: string): RestoredEntry {
  const before = wanted(run, run.serviceBefore, storedPath);
  const isSteady = before.length > 0 && !isTouched(run, storedPath);
  const generations = isSteady ? before : everyGeneration(run, storedPath);
  return { path, storedPath, entryKind: "file", generations, isSteady };
}

/** The generation that is asked for: the newest, or the one with the number. */
function wanted(run: RestoreRun, facts: ServiceFacts, path: string): readonly GenerationFact[] {
  const kept = facts.files.get(path)?.generations ?? [];
  if (run.generation === undefined) return kept.slice(0, 1);
  return kept.filter(({ generation }) => generation === run.generation);
}

function isTouched(run: RestoreRun, storedPath: string): boolean {
  return run.storedChanges.some(
    ({ path }) => path === "" || path === storedPath || storedPath.startsWith(`${path}/`),
  );
}

function isEmptyFolder({ files, folders }: ServiceFacts, folder: string): boolean {
  if (!folders.has(folder)) return false;
  const prefix = `${folder}/`;
  for (const path of files.keys()) if (path.startsWith(prefix)) return false;
  for (const path of folders) if (path.startsWith(prefix)) return false;
  return true;
}
