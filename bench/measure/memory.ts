import { join } from "node:path";

import { median, ownTool, printFigure, say } from "../support/figure.ts";
import { writeTree } from "../support/tree.ts";
import { makeSubfolder, makeWorkFolder } from "../support/work-folder.ts";
import { azukeru } from "../tools/azukeru.ts";

/** The law: so many more bytes may many files need than few (I12). */
const DIFFERENCE_BYTES_MAX = 30e6;
const FILE_BYTES = 1024;
const SHAPES = [
  { shape: "in-folders", filesPerFolder: 100 },
  { shape: "in-one-folder", filesPerFolder: null },
] as const;

/** How many files the comparison is between. */
export interface FileCounts {
  readonly few: number;
  readonly many: number;
}

/**
 * Peak memory of the agent for few files and for many, in folders and all in one, on the first
 * backup and on one without changes; and by how much many need more.
 */
export async function measureMemory(counts: FileCounts, runCount: number): Promise<void> {
  for (const { shape, filesPerFolder } of SHAPES) {
    const few = await measurePeaks(shape, counts.few, filesPerFolder, runCount);
    const many = await measurePeaks(shape, counts.many, filesPerFolder, runCount);
    for (const pass of ["first", "noChange"] as const) {
      const words = pass === "first" ? "first" : "no-change";
      const difference = (medianOf(many[pass]) ?? 0) - (medianOf(few[pass]) ?? 0);
      const isMeasured = few[pass].length > 0 && many[pass].length > 0;
      printFigure({
        name: `memory-growth-${shape}-${words}`,
        tool: ownTool("azukeru-agent"),
        unit: "MB",
        values: isMeasured ? [difference / 1e6] : [],
        details: {
          ...counts,
          limit: DIFFERENCE_BYTES_MAX / 1e6,
          holds: difference <= DIFFERENCE_BYTES_MAX,
        },
        ...(isMeasured ? {} : { note: "needs /proc" }),
      });
    }
  }
}

interface Peaks {
  readonly first: readonly number[];
  readonly noChange: readonly number[];
}

async function measurePeaks(
  shape: string,
  fileCount: number,
  filesPerFolder: number | null,
  runCount: number,
): Promise<Peaks> {
  // Small files take a page each.
  await using folder = await makeWorkFolder(fileCount * 8192 + 2 ** 29);
  const treePath = join(folder.path, "tree");
  say(`memory: writing ${fileCount} files ${shape}`);
  await writeTree(treePath, { fileCount, fileBytes: FILE_BYTES, filesPerFolder });
  const first: number[] = [];
  const noChange: number[] = [];
  for (let run = 0; run < runCount; run += 1) {
    say(`memory: ${fileCount} files ${shape}, run ${run + 1} of ${runCount}`);
    await using workFolder = await makeSubfolder(folder.path);
    await using prepared = await azukeru.prepare(treePath, workFolder.path);
    push(first, (await prepared.backUp({ sentFileCount: fileCount })).peakMemoryBytes);
    push(noChange, (await prepared.backUp({ sentFileCount: 0 })).peakMemoryBytes);
  }
  for (const [words, peaks] of [
    ["first", first],
    ["no-change", noChange],
  ] as const) {
    printFigure({
      name: `memory-peak-${fileCount}-files-${shape}-${words}`,
      tool: ownTool("azukeru-agent"),
      unit: "MB",
      values: peaks.map((bytes) => bytes / 1e6),
      ...(peaks.length === 0 ? { note: "needs /proc" } : {}),
    });
  }
  return { first, noChange };
}

function push(peaks: number[], peak: number | null): void {
  if (peak !== null) peaks.push(peak);
}

function medianOf(values: readonly number[]): number | null {
  return median(values.toSorted((left, right) => left - right));
}
