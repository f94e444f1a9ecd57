import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Bug } from "./bug.ts";

/** What of the project a copy needs to run scenarios. */
const COPIED = ["src", "bin", "fixtures", "package.json"] as const;

/** A copy of the project with a bug in it. */
export interface SownCopy extends Disposable {
  readonly folder: string;
}

/**
 * Copies the project into a folder of its own and puts the bug in. Throws when a text to be replaced
 * is not in its file exactly once: the bug would not be what its name says.
 */
export function sowBug(projectFolder: string, bug: Bug): SownCopy {
  const folder = mkdtempSync(join(tmpdir(), `azukeru-bug-${bug.name}-`));
  const copy: SownCopy = {
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    for (const name of COPIED) {
      cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"), "dir");
    for (const { file, find, replace } of bug.patches) {
      const path = join(folder, file);
      const pieces = readFileSync(path, "utf8").split(find);
      if (pieces.length !== 2) {
        const count = pieces.length - 1;
        throw new Error(
          `${bug.name}: ${JSON.stringify(find)} is ${count} times in ${file}, not once`,
        );
      }
      writeFileSync(path, pieces.join(replace));
    }
    return copy;
  } catch (error) {
    copy[Symbol.dispose]();
    throw error;
  }
}
