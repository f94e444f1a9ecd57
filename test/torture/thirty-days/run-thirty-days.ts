import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { AgentHome, outputLines } from "../../e2e/support/agent-home.ts";
import { startService } from "../../e2e/support/service-process.ts";
import { compareTrees, type TreeComparison } from "./compare-trees.ts";
import { LivingTree, type Change } from "./living-tree.ts";

interface ThirtyDaysOptions {
  readonly seed: string;
  readonly dayCount: number;
  readonly entryCount: number;
  readonly changesADay: number;
  /** What does not happen. */
  readonly except: ReadonlySet<Change | "mounts">;
  readonly onDay: (day: DayResult) => void;
}

/** What one night's backup came to. */
interface DayResult {
  readonly day: number;
  readonly seconds: number;
  readonly statuses: readonly string[];
  readonly isMounted: boolean;
}

/** What came of it all. */
interface ThirtyDaysResult {
  readonly comparison: TreeComparison;
  readonly changes: ReadonlyMap<Change, number>;
  /** Days on which another disk was mounted below the source. */
  readonly mountedDayCount: number;
  readonly backupSeconds: number;
  readonly restoreSeconds: number;
  /** How jobs ended that had to be complete and were not. */
  readonly incomplete: readonly string[];
}

/** Every so many days another disk is mounted below the source, and stays for two backups. */
const MOUNT_EVERY_DAYS = 7;

/**
 * A tree lives through days with a backup and its deletions each, and is restored into an empty folder:
 * the shipped commands, real files, the simulated service in a process of its own.
 */
export async function runThirtyDays(options: ThirtyDaysOptions): Promise<ThirtyDaysResult> {
  const folder = mkdtempSync(join(tmpdir(), "azukeru-days-"));
  const [root, target] = [join(folder, "source"), join(folder, "restored")];
  mkdirSync(root);
  mkdirSync(target);
  const except = new Set([...options.except].filter((one) => one !== "mounts"));
  const tree = new LivingTree(root, options.seed, except);
  try {
    await using service = await startService();
    const env = { HOME: folder, XDG_CONFIG_HOME: folder };
    const home = await AgentHome.create(join(folder, "home"), service.access, [root], env);
    await home.mustRun(["settings", "--compare-delete", "on"]);
    return await live(options, tree, { home, root, target });
  } finally {
    tree.unmount();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function live(
  { dayCount, entryCount, changesADay, except, onDay }: ThirtyDaysOptions,
  tree: LivingTree,
  {
    home,
    root,
    target,
  }: { readonly home: AgentHome; readonly root: string; readonly target: string },
): Promise<ThirtyDaysResult> {
  const changes = new Map<Change, number>();
  const incomplete: string[] = [];
  let backupSeconds = 0;
  let mountedDayCount = 0;
  let isMounted = false;
  tree.grow(entryCount);
  for (let day = 1; day <= dayCount; day += 1) {
    if (isMounted && day % MOUNT_EVERY_DAYS === 2) {
      tree.unmount();
      isMounted = false;
    }
    if (!isMounted) {
      for (const [change, count] of tree.live(changesADay)) {
        changes.set(change, (changes.get(change) ?? 0) + count);
      }
      tree.grow(entryCount);
    }
    if (day % MOUNT_EVERY_DAYS === 0 && day + 2 < dayCount && !except.has("mounts")) {
      isMounted = tree.mount();
    }
    if (isMounted) mountedDayCount += 1;
    const startedAtMs = performance.now();
    // What was covered, or went with another disk, a person confirms when it is over.
    const confirm = day === dayCount ? ["--confirm-deletions"] : [];
    const { stdout, stderr } = await home.run([
      "backup",
      "run",
      "--no-progress",
      "--json",
      ...confirm,
    ]);
    const seconds = (performance.now() - startedAtMs) / 1000;
    backupSeconds += seconds;
    const statuses = jobStatuses(stdout);
    onDay({ day, seconds, statuses, isMounted });
    const isComplete = statuses.length === 2 && statuses.every((one) => one.endsWith(" completed"));
    if (!isComplete && (day === dayCount || mountedDayCount === 0)) {
      incomplete.push(`day ${day}: ${statuses.join(", ")} ${stderr}`);
    }
  }
  const startedAtMs = performance.now();
  const restored = await home.run(["restore", root, target, "--no-progress", "--json"]);
  const restoreSeconds = (performance.now() - startedAtMs) / 1000;
  const [status] = jobStatuses(restored.stdout);
  if (status !== "restore completed")
    incomplete.push(`${status ?? "no restore"} ${restored.stderr}`);
  const comparison = compareTrees(root, target);
  return { comparison, changes, mountedDayCount, backupSeconds, restoreSeconds, incomplete };
}

/** How the jobs of a command ended, as `backup completed`. */
function jobStatuses(stdout: string): string[] {
  const ended = outputLines(stdout).filter(({ type }) => type === "job-ended");
  return ended.map(({ kind, status }) => `${String(kind)} ${String(status)}`);
}
