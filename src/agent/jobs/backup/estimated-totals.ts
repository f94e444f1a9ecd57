import type { MemoryGauge } from "../../ports/memory.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import { FileIndex } from "../../state/file-index.ts";
import { JobHistory } from "../../state/job-history.ts";
import type { SourceFolder } from "../../state/records.ts";
import { SqliteNameSpill } from "../../state/sqlite-name-spill.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import type { Tuning } from "../../tuning.ts";
import { HeldMemory } from "../held-memory.ts";
import type { JobTotals } from "../row-recorder.ts";
import { countTotals } from "./count-totals.ts";

interface EstimatedTotalsOptions {
  readonly database: StateDatabase;
  readonly memory: MemoryGauge;
  readonly disk: SourceDisk;
  readonly source: SourceFolder;
  readonly includeHidden: boolean;
  readonly tuning: Tuning;
}

/** How much a backup has to look at: what the last one saw, or for a first one a count beside it. */
export class EstimatedTotals {
  readonly #options: EstimatedTotalsOptions;
  #current: JobTotals | null = null;
  #isEnded = false;

  constructor(options: EstimatedTotalsOptions) {
    this.#options = options;
  }

  /** Null until it is known. */
  get current(): JobTotals | null {
    return this.#current;
  }

  /** The job's row was written; nothing has been done yet. */
  begin(): void {
    const { database, source } = this.#options;
    // What an unfinished job left in the index says little about how much there is.
    const isIndexWhole = new JobHistory(database).isLastCompleted("backup", source.id);
    if (isIndexWhole) this.#current = new FileIndex(database, source.id).totals();
    else void this.#count();
  }

  /** The job ended: what is still being counted is given up. */
  end(): void {
    this.#isEnded = true;
  }

  async #count(): Promise<void> {
    const { database, memory, disk, source, includeHidden, tuning } = this.#options;
    const isStopped = (): boolean => this.#isEnded;
    const spill = new SqliteNameSpill(database);
    const rootPath = source.path;
    const holds = (): HeldMemory => new HeldMemory(memory);
    const counted = { disk, rootPath, includeHidden, spill, tuning, holds, isStopped };
    this.#current = await countTotals(counted);
  }
}
