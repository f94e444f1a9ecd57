import type { NameSpill } from "../../ports/name-spill.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";

/** What a scan looks at. */
export interface ScanOptions {
  readonly disk: Pick<SourceDisk, "join" | "list" | "stat" | "hiddenNames">;
  readonly rootPath: string;
  readonly includeHidden: boolean;
  /** Where the names of huge folders are sorted. */
  readonly spill: NameSpill;
  /** Asked before each entry; once true the scan ends where it is. */
  readonly isStopped: () => boolean;
}
