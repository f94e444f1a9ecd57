import type { DiskStat } from "../ports/source-disk.ts";
import { fileSystemOf } from "./device-id.ts";
import { isUnchanged, type IndexEntry } from "./difference.ts";

/**
 * Steps of the times that FAT and exFAT keep, 2 s and 10 ms. On such a disk a file's id is the place of its
 * entry, which a rename moves; disks whose ids follow a file keep finer times.
 */
const COARSE_STEP_NS = 10_000_000n;

/**
 * Whether a file system's ids can be gone by, as its own files show: a known file that is found under the
 * same id, with a time no coarse disk keeps, speaks for it; an unchanged file under another id against it,
 * as on a network file system whose client makes ids up at each mount.
 */
export class IdWitnesses {
  readonly #for = new Set<string>();
  readonly #against = new Set<string>();

  /** Takes a known file that is the same as it was. */
  see(known: IndexEntry, stat: DiskStat): void {
    if (known.fileId === null || known.deviceId === null) return;
    const fileSystem = fileSystemOf(stat.deviceId);
    if (fileSystemOf(known.deviceId) !== fileSystem) return;
    if (known.fileId !== stat.fileId) {
      // A file that was replaced by its twin shows another time of change.
      if (isUnchanged(stat, known)) this.#against.add(fileSystem);
    } else if (stat.changedAtNs % COARSE_STEP_NS !== 0n) {
      this.#for.add(fileSystem);
    }
  }

  /** Whether a file of the device is known by its id alone. */
  speakFor(deviceId: string | null): boolean {
    if (deviceId === null) return false;
    const fileSystem = fileSystemOf(deviceId);
    return this.#for.has(fileSystem) && !this.#against.has(fileSystem);
  }
}
