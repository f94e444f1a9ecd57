import { parseArgs } from "node:util";

import { CHANGES, type Change } from "./living-tree.ts";
import { runThirtyDays } from "./run-thirty-days.ts";

const HELP = `Usage: node test/torture/thirty-days/thirty-days.ts [--seed SEED] [--entries NUMBER] [--days NUMBER]
       [--changes NUMBER] [--without CHANGE]...

Lets a real tree live through days with a backup and its deletions each, restores it into an empty
folder and compares kinds, names, bytes, modes and times of everything. Default: 20000 entries,
30 days, 400 changes a day, seed 1. The same seed gives the same days.

Changes: ${CHANGES.join(", ")}, mounts.

Exit codes: 0 nothing differed, 1 something did.`;

/** Differences shown at most. */
const SHOWN_COUNT_MAX = 20;

const { values } = parseArgs({
  options: {
    seed: { type: "string", default: "1" },
    entries: { type: "string", default: "20000" },
    days: { type: "string", default: "30" },
    changes: { type: "string", default: "400" },
    without: { type: "string", multiple: true, default: [] },
    help: { type: "boolean", default: false },
  },
});

if (values.help) process.stdout.write(`${HELP}\n`);
else process.exitCode = await thirtyDays();

async function thirtyDays(): Promise<number> {
  const { seed, without } = values;
  const names: readonly string[] = [...CHANGES, "mounts"];
  const isChange = (name: string): name is Change | "mounts" => names.includes(name);
  const unknown = without.find((name) => !isChange(name));
  if (unknown !== undefined) {
    process.stderr.write(`there is no change "${unknown}"\n`);
    return 2;
  }
  const result = await runThirtyDays({
    seed,
    entryCount: Number(values.entries),
    dayCount: Number(values.days),
    changesADay: Number(values.changes),
    except: new Set(without.filter(isChange)),
    onDay: ({ day, seconds, statuses, isMounted }) => {
      const where = isMounted ? ", another disk is mounted" : "";
      process.stdout.write(`day ${day}: ${statuses.join(", ")}, ${seconds.toFixed(1)} s${where}\n`);
    },
  });
  const { comparison, changes, mountedDayCount, backupSeconds, restoreSeconds, incomplete } =
    result;
  const { fileCount, folderCount, sizeBytes, diskBytes, differences } = comparison;
  const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(1)} MB`;
  const lived = [...changes].map(([change, count]) => `${change} ${count}`).toSorted();
  for (const one of [...incomplete, ...differences].slice(0, SHOWN_COUNT_MAX)) {
    process.stdout.write(`${one}\n`);
  }
  const isWell = differences.length === 0 && incomplete.length === 0;
  process.stdout.write(
    [
      `${fileCount} files and ${folderCount} folders, ${megabytes(sizeBytes)}, on the disk ${megabytes(diskBytes[0])} and restored ${megabytes(diskBytes[1])}`,
      `  changes: ${lived.join(", ")}, days with another disk mounted ${mountedDayCount}`,
      `  left out: ${without.length === 0 ? "nothing" : without.join(", ")}`,
      `  backups ${backupSeconds.toFixed(0)} s, restore ${restoreSeconds.toFixed(0)} s (seed ${seed})`,
      isWell
        ? "the restore equals the PC: kinds, names, bytes, modes and times"
        : `${differences.length} entries differ, ${incomplete.length} jobs were incomplete`,
      "",
    ].join("\n"),
  );
  return isWell ? 0 : 1;
}
