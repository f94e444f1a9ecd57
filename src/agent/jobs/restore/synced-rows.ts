import type { Clock } from "../../ports/clock.ts";
import type { TargetFolder } from "./target-folder.ts";

/** Longest a file waits for others. */
const WAIT_MS_MAX = 100;

/** A file that was put in place, and what is to be said of it. */
interface PutFile {
  readonly folder: TargetFolder;
  readonly tell: () => void;
}

/**
 * Rows of files that were put in place, until the names of those files survive a loss of power (I14). A
 * sync of a folder costs as much as that of a file, so that they are waited for together.
 */
export class SyncedRows {
  readonly #clock: Clock;
  readonly #togetherCountMax: number;
  #waiting: PutFile[] = [];
  #cancelTimer: () => void = () => undefined;
  #told: Promise<void> = Promise.resolve();
  #unforeseen: { readonly error: unknown } | undefined;

  /** At most `togetherCountMax` files share a sync of their folders. */
  constructor(clock: Clock, togetherCountMax: number) {
    this.#clock = clock;
    this.#togetherCountMax = togetherCountMax;
  }

  /**
   * Calls `tell` once the file's name is durable, or a disk said why it is not (the folder has a row
   * then). Resolves at once, or when there is room for more. Rejects with what nobody foresaw.
   */
  async add(folder: TargetFolder, tell: () => void): Promise<void> {
    folder.hold();
    this.#waiting.push({ folder, tell });
    if (this.#waiting.length >= this.#togetherCountMax) return this.settle();
    if (this.#waiting.length > 1) return;
    this.#cancelTimer = this.#clock.setTimer(WAIT_MS_MAX, () => this.#tellWaiting());
  }

  /** Resolves when everything that was added is told. Rejects with what nobody foresaw. */
  async settle(): Promise<void> {
    this.#tellWaiting();
    await this.#told;
    if (this.#unforeseen !== undefined) throw this.#unforeseen.error;
  }

  #tellWaiting(): void {
    this.#cancelTimer();
    const files = this.#waiting;
    this.#waiting = [];
    this.#told = this.#told.then(() => this.#tell(files));
  }

  async #tell(files: readonly PutFile[]): Promise<void> {
    try {
      const folders = new Set(files.map(({ folder }) => folder));
      await Promise.all([...folders].map((folder) => folder.makeDurable()));
      for (const { tell } of files) tell();
      for (const { folder } of files) await folder.release();
    } catch (error) {
      this.#unforeseen ??= { error };
    }
  }
}
