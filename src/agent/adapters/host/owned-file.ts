import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname } from "node:path";

/** Writes a file of the tool's whole, or not at all; makes the folders above it. Throws Node's errors. */
export async function writeOwned(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.new`, text, { mode: 0o600 });
  await rename(`${path}.new`, path);
}

/** Its text; undefined when it is not there or cannot be read. */
export async function readOwned(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return undefined;
  }
}

/** Takes it away; does nothing when it is not there or cannot be. */
export async function removeOwned(path: string): Promise<void> {
  await rm(path, { force: true }).catch(() => undefined);
}
