import { fileSystemOf, isSameDevice } from "../../core/device-id.ts";
import type { IdWitnesses } from "../../core/id-witnesses.ts";
import { foldersAbove } from "../../core/folders-above.ts";
import { DiskError, type DiskStat, type SourceDisk } from "../../ports/source-disk.ts";
import { GoneEntries, type Held } from "../../state/gone-entries.ts";
import type { KnownEntry } from "../../state/known-entries.ts";
import { KnownFolders } from "../../state/known-folders.ts";
import type { StateDatabase } from "../../state/state-database.ts";
import { UnsavedEntries } from "../../state/unsaved-entries.ts";

/**
 * A folder that lost all its files at once is held when they were more than these (D15): as many as one
 * page of the details shows, so that what somebody emptied by hand is what they can look through.
 */
const EMPTIED_FILE_COUNT_MAX = 100;

interface HoldBackOptions {
  readonly database: StateDatabase;
  readonly disk: Pick<SourceDisk, "join" | "list" | "statEntry" | "statNow">;
  readonly source: { readonly id: number; readonly path: string };
  readonly witnesses: IdWitnesses;
  /** Once true, nothing will be deleted, and nothing more needs to be looked at. */
  readonly isStopped: () => boolean;
}

/**
 * Looks through what a backup found gone, and holds the copies of what is merely elsewhere and could not
 * be saved there (D19), and of what lay on a device that is not there, or in a folder that is suddenly
 * empty (D15). Rejects with nothing of the disk: what cannot be looked at holds nothing by itself.
 */
export async function holdBack(options: HoldBackOptions): Promise<void> {
  const stage = new HoldBack(options);
  await stage.holdElsewhere();
  await stage.holdUnconfirmed();
  stage.holdFoldersAround();
}

class HoldBack {
  readonly #options: HoldBackOptions;
  readonly #gone: GoneEntries;
  readonly #unsaved: UnsavedEntries;
  readonly #folders: KnownFolders;

  constructor(options: HoldBackOptions) {
    this.#options = options;
    const { database, source } = options;
    this.#gone = new GoneEntries(database, source.id);
    this.#unsaved = new UnsavedEntries(database, source.id);
    this.#folders = new KnownFolders(database, source.id);
  }

  async holdElsewhere(): Promise<void> {
    if (!this.#gone.hasFree()) return;
    this.#write(() => this.#gone.holdUnsaved());
    const folders = this.#unsaved.folders();
    for (const { key, fileId } of folders) if (fileId !== null) this.#holdFolder(fileId, key);
    for (const { key, diskPath } of folders) {
      if (diskPath !== null) await this.#lookThrough(diskPath, key);
    }
    this.#holdForNewcomers();
  }

  async holdUnconfirmed(): Promise<void> {
    const places = new Places(this.#options);
    for (const page of this.#gone.free()) {
      if (this.#options.isStopped()) return;
      const found: (readonly [string, Held])[] = [];
      for (const entry of page) {
        const chain = await places.above(entry.key);
        const held = chain && (this.#foreign(entry, chain) ?? this.#emptied(chain));
        if (held !== undefined) found.push([entry.key, held]);
      }
      this.#write(() => {
        for (const [key, held] of found) this.#gone.hold(key, held);
      });
    }
  }

  holdFoldersAround(): void {
    this.#write(() => this.#gone.holdFoldersAround());
  }

  /** A folder that was known at another key stands here: what was in it is not gone. */
  #holdFolder(fileId: string, at: string): void {
    const held = { for: "elsewhere", by: pathOf(at) } as const;
    this.#write(() => {
      for (const key of this.#folders.keysOf(fileId))
        if (key !== at) this.#gone.holdFolder(key, held);
    });
  }

  /** Looks for what is gone in a folder that is not backed up. */
  async #lookThrough(diskPath: string, key: string): Promise<void> {
    const { disk, isStopped } = this.#options;
    if (isStopped() || !this.#gone.hasFree()) return;
    const subfolders: (readonly [string, string])[] = [];
    try {
      for await (const entries of disk.list(diskPath)) {
        for (const entry of entries) {
          if (entry.kind !== "file" && entry.kind !== "folder") continue;
          const stat = await look(() => disk.statEntry(diskPath, entry));
          const at = key + (entry.name ?? new TextDecoder().decode(entry.nameBytes));
          if (entry.kind === "folder") {
            if (stat !== undefined) this.#holdFolder(stat.fileId, `${at}/`);
            if (entry.name !== undefined)
              subfolders.push([disk.join(diskPath, entry.name), `${at}/`]);
          }
          if (stat !== undefined) {
            this.#write(() => this.#gone.holdFile(stat.fileId, { for: "elsewhere", by: at }));
          }
        }
      }
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
    }
    for (const [subfolder, at] of subfolders) await this.#lookThrough(subfolder, at);
  }

  /** Where ids prove nothing, anything new that is not saved may be what is gone. */
  #holdForNewcomers(): void {
    const newcomers = new Map<string | null, string>();
    for (const [deviceId, key] of this.#unsaved.newcomers()) {
      newcomers.set(deviceId === null ? null : fileSystemOf(deviceId), key);
    }
    if (newcomers.size === 0) return;
    for (const page of this.#gone.free()) {
      this.#write(() => {
        for (const { key, deviceId, fileId } of page) {
          if (fileId !== null && this.#options.witnesses.speakFor(deviceId)) continue;
          const by =
            newcomers.get(deviceId === null ? null : fileSystemOf(deviceId)) ??
            newcomers.get(null) ??
            (deviceId === null ? [...newcomers.values()][0] : undefined);
          if (by !== undefined) this.#gone.hold(key, { for: "newcomer", by: pathOf(by) });
        }
      });
    }
  }

  /** What lay on another device than its nearest folder that is there. */
  #foreign({ deviceId }: KnownEntry, { standing, missing }: Chain): Held | undefined {
    const nearest = standing.at(-1);
    if (deviceId === null || nearest === undefined) return undefined;
    if (isSameDevice(nearest.deviceId, deviceId)) return undefined;
    return { for: "device", by: pathOf(this.#mountOf(deviceId, standing, missing)) };
  }

  /** The folder at which a device was that is not there, or is covered by what is mounted there now. */
  #mountOf(deviceId: string, standing: Chain["standing"], missing: string | undefined): string {
    const [nearest] = standing.slice(-1);
    const was = standing.find(({ key }) => this.#folders.find(key)?.wasDeviceId === deviceId);
    if (was !== undefined) return was.key;
    const top = standing.findLastIndex((place) => place.deviceId !== nearest?.deviceId) + 1;
    if (top > 0) return standing[top]?.key ?? "";
    const isGoneToo = missing !== undefined && this.#folders.find(missing)?.deviceId === deviceId;
    return (isGoneToo ? missing : nearest?.key) ?? "";
  }

  #emptied({ standing }: Chain): Held | undefined {
    for (const { key } of standing) {
      // The source itself is looked at as a whole.
      if (key === "" || this.#unsaved.hasBelow(key)) continue;
      const fileCount = this.#emptiedFileCount(key);
      if (fileCount > EMPTIED_FILE_COUNT_MAX) return { for: "emptied", by: pathOf(key) };
    }
    return undefined;
  }

  readonly #emptiedCounts = new Map<string, number>();

  #emptiedFileCount(key: string): number {
    let count = this.#emptiedCounts.get(key);
    if (count === undefined) {
      count = this.#gone.emptiedFileCount(key) ?? 0;
      // Keys come in order: a folder that was left does not come again.
      for (const other of this.#emptiedCounts.keys()) {
        if (!key.startsWith(other)) this.#emptiedCounts.delete(other);
      }
      this.#emptiedCounts.set(key, count);
    }
    return count;
  }

  #write(change: () => void): void {
    this.#options.database.transaction("streaming", change);
  }
}

/** The folders above an entry: those that stand, the source first, and the first one that does not. */
interface Chain {
  readonly standing: readonly { readonly key: string; readonly deviceId: string }[];
  readonly missing: string | undefined;
}

/** Looks at the folders above entries that come in order of key, at each folder once. */
class Places {
  readonly #options: Pick<HoldBackOptions, "disk" | "source">;
  #seen: { readonly key: string; readonly stat: DiskStat | undefined }[] = [];

  constructor(options: Pick<HoldBackOptions, "disk" | "source">) {
    this.#options = options;
  }

  /** Undefined when the source itself cannot be looked at. */
  async above(key: string): Promise<Chain | undefined> {
    const keys = ["", ...foldersAbove(key)];
    const standing: { key: string; deviceId: string }[] = [];
    this.#seen = this.#seen.filter((seen, index) => seen.key === keys[index]);
    for (const [index, folder] of keys.entries()) {
      const seen = this.#seen[index] ?? { key: folder, stat: await this.#look(folder) };
      this.#seen[index] = seen;
      if (seen.stat?.kind !== "folder") {
        return index === 0 ? undefined : { standing, missing: folder };
      }
      standing.push({ key: folder, deviceId: seen.stat.deviceId });
    }
    return { standing, missing: undefined };
  }

  #look(folder: string): Promise<DiskStat | undefined> {
    const { disk, source } = this.#options;
    const names = folder.split("/").slice(0, -1);
    const path = names.reduce((at, name) => disk.join(at, name), source.path);
    return look(() => disk.statNow(path));
  }
}

async function look(stat: () => Promise<DiskStat>): Promise<DiskStat | undefined> {
  try {
    return await stat();
  } catch (error) {
    if (error instanceof DiskError) return undefined;
    throw error;
  }
}

function pathOf(key: string): string {
  return key.endsWith("/") ? key.slice(0, -1) : key;
}
