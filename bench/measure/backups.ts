import { join } from "node:path";

import { printFigure, say } from "../support/figure.ts";
import { writeTree, type TreePlan } from "../support/tree.ts";
import { makeSubfolder, makeWorkFolder } from "../support/work-folder.ts";
import { azukeru } from "../tools/azukeru.ts";
import type { BackupTool, ToolRun } from "../tools/backup-tool.ts";
import { rcloneTool } from "../tools/rclone.ts";
import { resticTool } from "../tools/restic.ts";

/** What is backed up. */
export interface Workload {
  /** Part of the figures' names. */
  readonly name: string;
  readonly tree: TreePlan;
}

interface Series {
  readonly tool: BackupTool;
  readonly tree: TreePlan;
  readonly treePath: string;
  readonly first: ToolRun[];
  readonly noChange: ToolRun[];
}

const TOOLS: readonly BackupTool[] = [azukeru, resticTool, rcloneTool];

/**
 * First and no-change backup of one tree by the agent and by its peers. Every run of every tool
 * starts with an empty service; the tools take turns, and each run begins with another of them.
 */
export async function measureBackups({ name, tree }: Workload, runCount: number): Promise<void> {
  const treeBytes = tree.fileCount * tree.fileBytes;
  // The trees, one peer's store (ours is in the service's memory) and room to spare.
  await using folder = await makeWorkFolder(treeBytes * 3 + 2 ** 30);
  const series = TOOLS.map((tool) => makeSeries(tool, tree, folder.path));
  const installed = series.filter(({ tool }) => tool.missing === undefined);
  const trees = new Map(installed.map((one) => [one.treePath, one.tree]));
  for (const [path, plan] of trees) {
    say(`${name}: writing ${plan.fileCount} files into ${path}`);
    await writeTree(path, plan);
  }
  for (let run = 0; run < runCount; run += 1) {
    const first = run % installed.length;
    for (const one of [...installed.slice(first), ...installed.slice(0, first)]) {
      say(`${name}: run ${run + 1} of ${runCount}, ${one.tool.title}`);
      await using workFolder = await makeSubfolder(folder.path);
      await using prepared = await one.tool.prepare(one.treePath, workFolder.path);
      one.first.push(await prepared.backUp({ sentFileCount: one.tree.fileCount }));
      one.noChange.push(await prepared.backUp({ sentFileCount: 0 }));
    }
  }
  for (const one of series) {
    printPass(`${name}-first`, one, one.first);
    printPass(`${name}-no-change`, one, one.noChange);
  }
}

function makeSeries(tool: BackupTool, tree: TreePlan, folder: string): Series {
  const fileCount = Math.min(tree.fileCount, tool.fileCountMax ?? tree.fileCount);
  const treePath = join(folder, `tree-${fileCount}`);
  return { tool, tree: { ...tree, fileCount }, treePath, first: [], noChange: [] };
}

function printPass(name: string, { tool, tree }: Series, runs: readonly ToolRun[]): void {
  const { fileCount, fileBytes } = tree;
  const print = (suffix: string, unit: string, values: readonly number[], note?: string): void => {
    const why = tool.missing ?? note;
    printFigure({
      name: `${name}-${suffix}`,
      tool: tool.title,
      unit,
      values,
      details: { fileCount, fileBytes },
      ...(why === undefined ? {} : { note: why }),
    });
  };
  const seconds = runs.map(({ wallSeconds }) => wallSeconds);
  print("seconds", "s", seconds);
  if (fileCount > 1) {
    print(
      "files-per-second",
      "files/s",
      seconds.map((one) => fileCount / one),
    );
  } else {
    print(
      "megabytes-per-second",
      "MB/s",
      seconds.map((one) => fileBytes / 1e6 / one),
    );
  }
  const jobSeconds = runs.map((run) => run.jobSeconds).filter((one) => one !== null);
  if (jobSeconds.length > 0) print("job-seconds", "s", jobSeconds);
  const peaks = runs.map((run) => run.peakMemoryBytes).filter((peak) => peak !== null);
  const note = runs.length > 0 && peaks.length === 0 ? "needs /proc" : undefined;
  print(
    "peak-memory",
    "MB",
    peaks.map((peak) => peak / 1e6),
    note,
  );
}
