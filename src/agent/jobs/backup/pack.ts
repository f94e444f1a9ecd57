import type { Tuning } from "../../tuning.ts";
import type { ComparedTarget } from "./compare.ts";

/** What one sender takes at a time. */
export interface SendUnit {
  /** `batch`: small files and folders in one request; `whole`: one PUT; `large`: a resumable upload. */
  readonly kind: "batch" | "whole" | "large";
  readonly targets: readonly ComparedTarget[];
}

/** Gathers small targets into batches by count and size; the others are units of their own. */
export class Packer {
  readonly #tuning: Tuning;
  #targets: ComparedTarget[] = [];
  #sizeBytes = 0;

  constructor(tuning: Tuning) {
    this.#tuning = tuning;
  }

  /** The units that are complete now that this target came: none, one or two. */
  add(target: ComparedTarget): readonly SendUnit[] {
    // Of a file that lacks nothing but its mode on the service, no bytes go.
    const isWithoutBytes = target.entryKind === "folder" || target.isUnchanged;
    const sizeBytes = isWithoutBytes ? 0 : target.stat.sizeBytes;
    if (sizeBytes > this.#tuning.wholeFileBytesMax) return [{ kind: "large", targets: [target] }];
    if (sizeBytes > this.#tuning.batchedFileBytesMax) return [{ kind: "whole", targets: [target] }];
    const isOver = this.#sizeBytes + sizeBytes > this.#tuning.batchBytesMax;
    const units = isOver ? this.flush() : [];
    this.#targets.push(target);
    this.#sizeBytes += sizeBytes;
    if (this.#targets.length < this.#tuning.batchPartCountMax) return units;
    return [...units, ...this.flush()];
  }

  /** The batch that is still open, if there is one. */
  flush(): readonly SendUnit[] {
    const targets = this.#targets;
    this.#targets = [];
    this.#sizeBytes = 0;
    return targets.length === 0 ? [] : [{ kind: "batch", targets }];
  }
}
