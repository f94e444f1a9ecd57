import { rmSync } from "node:fs";
import { mkdtemp, rm, statfs } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

const MEMORY_FOLDER = "/dev/shm";

/** A folder that is gone at the end of its scope. */
export interface WorkFolder extends AsyncDisposable {
  readonly path: string;
}

/**
 * Makes a folder to work in: in memory where `/dev/shm` has room for `bytesNeeded`, so that the disk
 * is not what is measured, else in the system's temporary folder.
 */
export async function makeWorkFolder(bytesNeeded: number): Promise<WorkFolder> {
  const isInMemory = (await freeBytes(MEMORY_FOLDER)) > bytesNeeded;
  const path = await mkdtemp(join(isInMemory ? MEMORY_FOLDER : tmpdir(), "azukeru-bench-"));
  // Whoever interrupts the bench finds the memory free again as well.
  const removeAtExit = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 3 });
  process.once("exit", removeAtExit);
  return {
    path,
    async [Symbol.asyncDispose]() {
      await rm(path, { recursive: true, force: true, maxRetries: 3 });
      process.off("exit", removeAtExit);
    },
  };
}

/** A folder within a work folder; for one run of one tool. */
export async function makeSubfolder(parent: string): Promise<WorkFolder> {
  const path = await mkdtemp(join(parent, "run-"));
  return {
    path,
    [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true, maxRetries: 3 }),
  };
}

async function freeBytes(path: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(path);
    return bavail * bsize;
  } catch {
    // There is no such folder on this system.
    return 0;
  }
}
