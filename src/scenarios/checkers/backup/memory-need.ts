import type { BackupRun } from "../../observation/backup-run.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { forbiddenCauseOf } from "../shared/forbidden-cause-of.ts";

/** Least and most bytes of memory that something takes: what lies between, the world alone knows. */
interface Bounds {
  readonly min: number;
  readonly max: number;
}

/** What an entry takes that is held, beside the bytes of its name or path. */
const ENTRY_BYTES: Bounds = { min: 250, max: 350 };
/** Bytes of memory for one byte of UTF-8 of a name or path: the text is held as UTF-16, and as part of a key. */
const PATH_BYTE_BYTES: Bounds = { min: 1.8, max: 2.2 };

/** Entries of one page of a listing where a scenario says nothing else. */
const LISTING_PAGE_ENTRY_COUNT = 1_000;

/** What holds where a scenario says nothing: the product's own figures. */
const PRODUCT = {
  parallelUploadCount: 4,
  batchPartCountMax: 256,
  namesInMemoryCountMax: 10_000,
};

/** What limits the memory of the agents of a scenario. */
export interface MemoryLimits {
  /** Bytes that each may hold beside what it holds when it does nothing. */
  readonly freeBytes: number;
  /** Most targets that are on their way to the service at once: two batches a sender, one that fills up, two that wait. */
  readonly targetsUnderWayMax: number;
  /** The names of a larger folder are sorted outside memory (I12). */
  readonly namesInMemoryCountMax: number;
  /** Entries of a page of the service's listing. */
  readonly pageEntryCountMax: number;
}

/** The limits that a scenario sets; undefined where it sets none. */
export function memoryLimitsOf({
  memoryFreeBytes,
  tuning,
  serviceTuning,
}: Scenario): MemoryLimits | undefined {
  if (memoryFreeBytes === undefined) return undefined;
  const senderCount = tuning?.parallelUploadCount ?? PRODUCT.parallelUploadCount;
  const batchCount = tuning?.batchPartCountMax ?? PRODUCT.batchPartCountMax;
  return {
    freeBytes: memoryFreeBytes,
    targetsUnderWayMax: (2 * senderCount + 3) * batchCount,
    namesInMemoryCountMax: tuning?.namesInMemoryCountMax ?? PRODUCT.namesInMemoryCountMax,
    pageEntryCountMax: serviceTuning?.listingPageEntryCountMax ?? LISTING_PAGE_ENTRY_COUNT,
  };
}

/** Whether a backup had to run out of memory, by what its source holds and what it compares with. */
export interface MemoryNeed {
  readonly isSure: boolean;
  /** True causes; empty where it has enough for sure. */
  readonly causes: ReadonlySet<"B-OM-1" | "B-OM-2">;
}

const ENOUGH: MemoryNeed = { isSure: false, causes: new Set() };

/**
 * Works out from the tree whether the scan or the comparison of a backup needs more memory than there is.
 * A scan, and the count beside it, holds the names of a folder from its listing until it leaves it, and those
 * of every folder above;
 * 差分比較アップロード a page of what the service lists; the senders some targets. `isCalm`: whether nothing else
 * could end the job, or change what it finds; `knowsFiles`: whether it compares for sure.
 */
export function memoryNeedOf(
  run: BackupRun,
  limits: MemoryLimits | undefined,
  { isCalm, knowsFiles }: { readonly isCalm: boolean; readonly knowsFiles: boolean },
): MemoryNeed {
  // After the timeline the person has closed what took the memory.
  if (limits === undefined || run.phase === "healing") return ENOUGH;
  const { freeBytes } = limits;
  const stood = everStood(run);
  const scanMax = 2 * namesBytes(run, stood, { bound: "max", limits }) + underWayMax(stood, limits);
  const pageMax = run.compareUpload ? pageBytes(run, { bound: "max", limits }) : 0;
  const least = { bound: "min", limits } as const;
  const isScanSure = isCalm && namesBytes(run, [...run.diskBefore.values()], least) > freeBytes;
  // The first page comes with the first file that is known; nothing of it waits for another one.
  const isPageSure = isCalm && run.compareUpload && knowsFiles && pageBytes(run, least) > freeBytes;
  const causes = new Set<"B-OM-1" | "B-OM-2">();
  if (scanMax > freeBytes || (!isPageSure && scanMax + pageMax > freeBytes)) causes.add("B-OM-1");
  if (pageMax > 0 && scanMax + pageMax > freeBytes) causes.add("B-OM-2");
  return { isSure: isScanSure || isPageSure, causes };
}

/** Which of the two bounds is asked for. */
interface Side {
  readonly bound: keyof Bounds;
  readonly limits: MemoryLimits;
}

function everStood(run: BackupRun): readonly DiskFact[] {
  const changed = run.diskChanges.flatMap(({ before, after }) => [before, after]);
  return [...run.diskBefore.values(), ...changed.filter((fact) => fact !== undefined)];
}

/** What the names of a folder take together with those of all folders above it, of the folder where it is most. */
function namesBytes(run: BackupRun, facts: readonly DiskFact[], { bound, limits }: Side): number {
  const namesIn = Map.groupBy(
    facts.filter(({ path }) => path !== run.sourcePath),
    ({ path }) => path.slice(0, path.lastIndexOf("/")),
  );
  const folders = facts.filter((fact) => fact.kind === "folder");
  const entered = bound === "max" ? folders : folders.filter((fact) => isEntered(run, fact));
  const isEnteredAt = new Set(entered.map(({ path }) => path));
  const ownBytes = (folder: string): number => {
    const names = new Map(
      (namesIn.get(folder) ?? []).map((fact) => [fact.path, nameBytesOf(fact)]),
    );
    if (bound === "min" && names.size > limits.namesInMemoryCountMax) return 0;
    return names.values().reduce((sum, bytes) => sum + heldBytes(bytes, bound), 0);
  };
  const withAbove = (folder: string): number => {
    if (folder === run.sourcePath) return ownBytes(folder);
    const above = folder.slice(0, folder.lastIndexOf("/"));
    return isEnteredAt.has(folder) ? ownBytes(folder) + withAbove(above) : withAbove(above);
  };
  return Math.max(0, ...[...isEnteredAt].map(withAbove));
}

/** Whether a scan goes into a folder for sure; what is below one that it does not go into counts to no folder. */
function isEntered(run: BackupRun, folder: DiskFact): boolean {
  const { sourcePath, includeHidden, diskBefore } = run;
  if (folder.path === sourcePath) return true;
  const name = folder.path.slice(folder.path.lastIndexOf("/") + 1);
  if (folder.denied || folder.locked || folder.nameBase64 !== undefined) return false;
  if (!includeHidden && folder.hidden) return false;
  if (forbiddenCauseOf(name, "folder") !== undefined) return false;
  const above = diskBefore.get(folder.path.slice(0, folder.path.lastIndexOf("/")));
  return above !== undefined && isEntered(run, above);
}

function nameBytesOf({ path, nameBase64 }: DiskFact): number {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return Math.max(Buffer.byteLength(name), nameBase64?.length ?? 0);
}

function heldBytes(pathBytes: number, bound: keyof Bounds): number {
  return ENTRY_BYTES[bound] + pathBytes * PATH_BYTE_BYTES[bound];
}

function underWayMax(stood: readonly DiskFact[], limits: MemoryLimits): number {
  const targets = new Map(
    stood.map(({ path }) => [path, heldBytes(Buffer.byteLength(path), "max")]),
  );
  const largest = [...targets.values()].toSorted((left, right) => right - left);
  return largest.slice(0, limits.targetsUnderWayMax).reduce((sum, bytes) => sum + bytes, 0);
}

/** What a page of the listing takes: surely all of it where it fits on one page, and never more. */
function pageBytes(run: BackupRun, { bound, limits }: Side): number {
  const { serviceBefore, serviceAfter, acts, destination } = run;
  if (bound === "min") {
    if (serviceBefore.files.size + serviceBefore.folders.size > limits.pageEntryCountMax) return 0;
    const paths = [...serviceBefore.files.keys()];
    return paths.reduce((sum, path) => sum + heldBytes(Buffer.byteLength(path), bound), 0);
  }
  // Whatever people put there and took away again was there for a while.
  if (acts.length > 0) return Number.POSITIVE_INFINITY;
  const paths = new Set([
    ...serviceBefore.files.keys(),
    ...serviceAfter.files.keys(),
    ...serviceBefore.folders,
    ...serviceAfter.folders,
  ]);
  const bytesOf = (path: string): number =>
    heldBytes(Buffer.byteLength(`${destination}/${path}`), bound);
  return paths.values().reduce((sum, path) => sum + bytesOf(path), 0);
}
