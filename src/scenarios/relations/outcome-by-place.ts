import type { JobFileRecord } from "../../protocol/job-record.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { LifeOutcome } from "./life-outcome.ts";
import { lifeOutcomeOf, rowLine } from "./life-outcome-of.ts";

/**
 * What a life came to below the folders of these names, wherever they are: what is told of each path is the same
 * whichever folder is the source. Jobs have no lines: there are others. The rows are those of a step's jobs of one kind
 * together.
 */
export function outcomeByPlace(record: RunRecord, names: readonly string[]): LifeOutcome {
  const below = (path: string): string | undefined => belowFolder(path, names);
  const { files, folders, restored } = lifeOutcomeOf(record);
  return {
    jobs: [],
    rows: rowsByStep(record, below),
    files: new Map(
      [...files].flatMap(([path, text]) => {
        const place = below(path);
        return place === undefined ? [] : [[place, text]];
      }),
    ),
    folders: new Set([...folders].flatMap((path) => below(path) ?? [])),
    restored,
  };
}

function rowsByStep(
  { backups, deletions, restores }: RunRecord,
  below: (path: string) => string | undefined,
): readonly (readonly string[])[] {
  const steps = new Map<string, string[]>();
  const add = (step: number, kind: string, rows: readonly string[]): void => {
    const key = `${String(step).padStart(4, "0")} ${kind}`;
    steps.set(key, [...(steps.get(key) ?? []), ...rows]);
  };
  for (const run of [...backups, ...deletions]) {
    const lines = run.rows.flatMap((row) => {
      const place = below(`${run.sourcePath}/${row.path}`);
      return place === undefined ? [] : [rowLine({ ...row, path: place, pathBase64: null })];
    });
    add(run.step, run.job.kind, lines);
  }
  for (const { step, job, rows } of restores)
    add(step, job.kind, rows.filter(isOfStored).map(rowLine));
  return [...steps]
    .toSorted(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, rows]) => [key, ...rows.toSorted()]);
}

/** The place that is restored has a row of its own where it is not there, as a folder or as a destination. */
function isOfStored({ causes }: JobFileRecord): boolean {
  return !causes.some((cause) => cause === "R-IS-3" || cause === "R-IS-4");
}

/** `仕事/a` of `area/pc/仕事/a` and of `area/pc/data/仕事/a` alike; undefined for what is not below such a folder. */
function belowFolder(path: string, names: readonly string[]): string | undefined {
  const parts = path.split("/");
  const first = parts.findIndex((name) => names.includes(name));
  return first === -1 || parts.length < first + 2 ? undefined : parts.slice(first).join("/");
}
