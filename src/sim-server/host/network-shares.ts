import type { SimDisk } from "../disk/sim-disk.ts";

/** Connects and disconnects the network drives of a PC. */
export interface NetworkShares {
  /** Whether a path lies on one of them, or on any share by its own name (`\\nas\docs`). */
  has(path: string): boolean;
  connect(): void;
  disconnect(): void;
}

interface NetworkSharesOptions {
  readonly disk: SimDisk;
  /** Drives (`Z:`) or folders that they are mounted on (`/Volumes/docs`), connected at first. */
  readonly paths: readonly string[];
  readonly isWindows: boolean;
}

/**
 * Network drives on the in-memory disk. A drive that is not connected is not there at all; what is on
 * it lies where nobody looks meanwhile and is as it was when it comes back.
 */
export class DiskShares implements NetworkShares {
  readonly #options: NetworkSharesOptions;
  readonly #away = new Set<string>();

  constructor(options: NetworkSharesOptions) {
    this.#options = options;
    for (const path of options.paths) options.disk.mkdir(this.#root(path));
  }

  has(path: string): boolean {
    const { paths, isWindows } = this.#options;
    if (!isWindows) return paths.some((share) => path === share || path.startsWith(`${share}/`));
    const wanted = path.replaceAll("/", "\\").toUpperCase();
    if (/^\\\\[^?.]/.test(wanted)) return true;
    return paths.some((share) => wanted.startsWith(share.toUpperCase()));
  }

  connect(): void {
    this.#move(true);
  }

  disconnect(): void {
    this.#move(false);
  }

  #move(isHere: boolean): void {
    const { disk, paths } = this.#options;
    for (const [index, path] of paths.entries()) {
      if (this.#away.has(path) !== isHere) continue;
      const [here, elsewhere] = [this.#root(path), this.#elsewhere(index)];
      const [from, to] = isHere ? [elsewhere, here] : [here, elsewhere];
      // A drive has no name that could be changed, so what is on it moves instead.
      disk.mkdir(to);
      for (const name of this.#namesIn(from)) disk.rename(from + name, to + name);
      disk.remove(from);
      if (isHere) this.#away.delete(path);
      else this.#away.add(path);
    }
  }

  /** Names right below a folder whose path ends in a separator. */
  #namesIn(folder: string): readonly string[] {
    const below = [...this.#options.disk.snapshot(folder).keys()];
    const separator = this.#options.isWindows ? "\\" : "/";
    return below
      .filter((path) => path.startsWith(folder) && path.length > folder.length)
      .map((path) => path.slice(folder.length))
      .filter((name) => !name.includes(separator));
  }

  #root(path: string): string {
    const separator = this.#options.isWindows ? "\\" : "/";
    return path.endsWith(separator) ? path : path + separator;
  }

  #elsewhere(index: number): string {
    return this.#options.isWindows ? `\\\\disconnected\\${index}\\` : `/.disconnected/${index}/`;
  }
}
