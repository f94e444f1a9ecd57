import type { DiskStat } from "../ports/source-disk.ts";
import { isUnchanged, type IndexEntry } from "./difference.ts";

/**
 * Steps of the times that FAT and exFAT keep, 2 s and 10 ms. On such a disk a file's id is the place of its
 * entry, which a rename moves; disks whose ids follow a file keep finer times.
 */
const COARSE_STEP_NS = 10_000_000n;

/**
 * Whether a device's file ids can be gone by, as its own files show: a known file that is found under the
 * same id, with a time no coarse disk keeps, speaks for it; an unchanged file under another id against it,
 * as on a network file system whose client makes ids up at each mount.
 */
export class IdWitnesses {
  readonly #for = new Set<string>();
  readonly #against = new Set<string>();

  /** Takes a known file that is the same as it was. */
  see(known: IndexEntry, stat: DiskStat): void {
    if (known.fileId === null || known.deviceId !== stat.deviceId) return;
    if (known.fileId !== stat.fileId) {
      // A file that was replaced by its twin shows another time of change.
      if (isUnchanged(stat, known)) this.#against.add(stat.deviceId);
    } else if (stat.changedAtNs % COARSE_STEP_NS !== 0n) {
      this.#for.add(stat.deviceId);
    }
  }

  /** Whether a file of the device is known by its id alone. */
  speakFor(deviceId: string | null): boolean {
    return deviceId !== null && this.#for.has(deviceId) && !this.#against.has(deviceId);
  }
}
