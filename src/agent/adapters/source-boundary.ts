import { constants } from "node:fs";

/** What is open, as far as the boundary needs it. */
interface Opened {
  readonly fd: number;
  close(): Promise<void>;
}

interface SourceBoundaryOptions<Handle extends Opened> {
  /** The calls that the boundary needs, as `node:fs` has them. */
  readonly fs: {
    open(path: string, flags: number): Promise<Handle>;
    readlink(path: string): Promise<string>;
  };
  /** Where the host shows what a process has open: a link for each, which leads to that very file. */
  readonly openFilesFolder: string;
}

// Windows has neither flag, whatever the types say.
const { O_DIRECTORY, O_NOFOLLOW, O_RDONLY } = constants as Partial<typeof constants>;
/** For a folder itself and not where a link in its place leads to. */
const FOLDER_FLAGS = (O_RDONLY ?? 0) | (O_DIRECTORY ?? 0) | (O_NOFOLLOW ?? 0);

/**
 * Opens what is below one folder, and nothing else: whoever puts a link in the place of a folder on the way, be it
 * between two calls, does not lead out of it. What was opened is asked where it stands; where that is not the path it
 * was opened by, each folder on the way is opened by itself, from the one before, and none is a link.
 */
export class SourceBoundary<Handle extends Opened> {
  readonly #options: SourceBoundaryOptions<Handle>;
  readonly #root: string;
  /** The path of the root without links, as the host tells it. */
  readonly #truePath: string;

  private constructor(
    options: SourceBoundaryOptions<Handle>,
    root: { readonly path: string; readonly truePath: string },
  ) {
    this.#options = options;
    this.#root = root.path;
    this.#truePath = root.truePath;
  }

  /** The boundary of the folder that is at `root` now. Rejects with what `node:fs` throws where it cannot be opened. */
  static async of<Handle extends Opened>(
    root: string,
    options: SourceBoundaryOptions<Handle>,
  ): Promise<SourceBoundary<Handle>> {
    const { fs, openFilesFolder } = options;
    const handle = await fs.open(root, FOLDER_FLAGS);
    try {
      const truePath = await fs.readlink(`${openFilesFolder}/${handle.fd}`);
      return new SourceBoundary(options, { path: root, truePath });
    } finally {
      await close(handle);
    }
  }

  /** Opens a path at or below the root; what a link on the way leads to outside of it is not there (`ENOENT`). */
  async open(path: string, flags: number): Promise<Handle> {
    const handle = await this.#options.fs.open(path, flags);
    if (await this.#standsAt(handle, path)) return handle;
    await close(handle);
    return this.#openFromRoot(path, flags);
  }

  /** Opens the folder at a path at or below the root; `path` leads to that very folder until it is released. */
  async openFolder(
    at: string,
  ): Promise<{ readonly path: string; readonly release: () => Promise<void> }> {
    const handle = await this.open(at, FOLDER_FLAGS);
    return { path: this.#within(handle, "."), release: () => close(handle) };
  }

  /** Whether a file that is open stands at the path it was opened by; not where the host spells that otherwise. */
  async #standsAt({ fd }: Opened, path: string): Promise<boolean> {
    const { fs, openFilesFolder } = this.#options;
    try {
      const found = await fs.readlink(`${openFilesFolder}/${fd}`);
      return found === this.#truePath + path.slice(this.#root.length);
    } catch {
      return false;
    }
  }

  async #openFromRoot(path: string, flags: number): Promise<Handle> {
    const { fs } = this.#options;
    const names = path
      .slice(this.#root.length)
      .split("/")
      .filter((name) => name !== "");
    const last = names.pop();
    const folder = await this.#openFolderOf(path, names);
    if (last === undefined) return folder;
    try {
      return await fs.open(this.#within(folder, last), flags);
    } finally {
      await close(folder);
    }
  }

  /** The innermost of folders, opened one by one. */
  async #openFolderOf(path: string, names: readonly string[]): Promise<Handle> {
    const { fs } = this.#options;
    let folder: Handle | undefined;
    try {
      folder = await fs.open(this.#root, FOLDER_FLAGS);
      if (!(await this.#standsAt(folder, this.#root))) throw notThere(path);
      for (const name of names) {
        const inner = await fs.open(this.#within(folder, name), FOLDER_FLAGS);
        await close(folder);
        folder = inner;
      }
      return folder;
    } catch (error) {
      if (folder !== undefined) await close(folder);
      throw isNoFolder(error) ? notThere(path) : error;
    }
  }

  #within({ fd }: Opened, name: string): string {
    return `${this.#options.openFilesFolder}/${fd}/${name}`;
  }
}

async function close(handle: Opened): Promise<void> {
  // Nothing was written, so a failing close loses nothing.
  await handle.close().catch(() => undefined);
}

/** Whether something on the way is no folder, but a link or a file. */
function isNoFolder(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && ["ENOTDIR", "ELOOP"].includes(String(error.code))
  );
}

function notThere(path: string): Error {
  const text = `ENOENT: a link on the way leads out of the folder, open '${path}'`;
  return Object.assign(new Error(text), { code: "ENOENT" });
}
