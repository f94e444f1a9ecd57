import type { HeldMemory } from "../held-memory.ts";
import type { NameSpill } from "../../ports/name-spill.ts";
import type { DiskStat, SourceDisk } from "../../ports/source-disk.ts";
import type { Tuning } from "../../tuning.ts";

/** What a scan looks at. */
export interface ScanOptions {
  readonly disk: Pick<
    SourceDisk,
    "join" | "shownName" | "list" | "stat" | "statEntry" | "hiddenNames"
  >;
  readonly rootPath: string;
  readonly includeHidden: boolean;
  readonly tuning: Pick<Tuning, "itemsTogetherCount" | "namesInMemoryCountMax">;
  /** Where the names of huge folders are sorted. */
  readonly spill: NameSpill;
  /** Makes what tells of the names of one folder, which are held until the walk leaves it. */
  readonly holds: () => HeldMemory;
  /** Whether what cannot be backed up is looked at too, so that it is known which file it is. Default: no. */
  readonly looksAtAll?: boolean;
  /** A folder was listed: its key, "" for the source itself, and what it is. */
  readonly onFolder?: (key: string, stat: DiskStat) => void;
  /** Asked before each entry; once true the scan ends where it is. */
  readonly isStopped: () => boolean;
}
