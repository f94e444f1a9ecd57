import type { BackupRun } from "../../observation/backup-run.ts";
import type { DiskChangeFact, DiskFact } from "../../observation/disk-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { asOnDisk } from "./as-on-disk.ts";

/**
 * Adds to each backup what its disk showed below folders that were respelled under way: who listed a folder
 * under its older spelling still finds by it what stands in it later. Such a path stood on the disk at no
 * moment, and each of its names did when it was listed. Adds nothing where a disk tells all spellings apart.
 */
export function withMixedSpellings(record: RunRecord): RunRecord {
  const backups = new Map(record.backups.map((run) => [run, withMixedOf(run)]));
  return {
    ...record,
    backups: [...backups.values()],
    deletions: record.deletions.map((deletion) => ({
      ...deletion,
      backup: deletion.backup && (backups.get(deletion.backup) ?? deletion.backup),
    })),
  };
}

function withMixedOf(run: BackupRun): BackupRun {
  if (run.disk === "linux" || run.diskChanges.length === 0) return run;
  const spellings = folderSpellings(run);
  const known = new Set([...run.diskBefore.values(), ...afterwards(run)].map(stateKey));
  const added: DiskChangeFact[] = [];
  for (const [index, change] of run.diskChanges.entries()) {
    const { path, after } = change;
    if (after === undefined || !path.startsWith(`${run.sourcePath}/`)) continue;
    const later = run.diskChanges.slice(index + 1);
    const untilSeq = later.find((one) => one.path === path)?.seq ?? Number.POSITIVE_INFINITY;
    for (const mixed of mixedPaths(run, { path, untilSeq }, spellings)) {
      const fact = { ...after, path: mixed };
      if (known.has(stateKey(fact))) continue;
      known.add(stateKey(fact));
      added.push({ ...change, path: mixed, before: undefined, after: fact });
    }
  }
  return added.length === 0 ? run : { ...run, diskChanges: [...run.diskChanges, ...added] };
}

/** Names that folders had, by the place that the disk takes them for, with the change that first gave each. */
type FolderSpellings = ReadonlyMap<string, ReadonlyMap<string, number>>;

function folderSpellings(run: BackupRun): FolderSpellings {
  const found = new Map<string, Map<string, number>>();
  const note = (fact: DiskFact | undefined, sinceSeq: number): void => {
    if (fact?.kind !== "folder") return;
    const place = asOnDisk(run, fact.path);
    const names = found.get(place) ?? new Map<string, number>();
    const name = fact.path.slice(fact.path.lastIndexOf("/") + 1);
    if (!names.has(name)) names.set(name, sinceSeq);
    found.set(place, names);
  };
  for (const fact of run.diskBefore.values()) note(fact, Number.NEGATIVE_INFINITY);
  for (const { after, seq } of run.diskChanges) note(after, seq);
  return found;
}

/** Every path by which something is found whose folders were listed, one after another, before it went. */
function mixedPaths(
  run: BackupRun,
  { path, untilSeq }: { readonly path: string; readonly untilSeq: number },
  spellings: FolderSpellings,
): string[] {
  const names = path.slice(run.sourcePath.length + 1).split("/");
  const own = names.pop() ?? "";
  let folders = [run.sourcePath];
  for (const [index, name] of names.entries()) {
    const place = asOnDisk(run, [run.sourcePath, ...names.slice(0, index + 1)].join("/"));
    const known = [...(spellings.get(place) ?? [])].filter(([, sinceSeq]) => sinceSeq < untilSeq);
    const all = new Set([name, ...known.map(([other]) => other)]);
    folders = folders.flatMap((folder) => [...all].map((other) => `${folder}/${other}`));
  }
  return folders.map((folder) => `${folder}/${own}`).filter((mixed) => mixed !== path);
}

function afterwards(run: BackupRun): DiskFact[] {
  return run.diskChanges.flatMap(({ after }) => after ?? []);
}

function stateKey({ path, kind, sha256, mode, timeStamp }: DiskFact): string {
  return [path, kind, sha256, mode, timeStamp].join("\n");
}
