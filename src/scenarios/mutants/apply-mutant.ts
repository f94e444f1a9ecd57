import { cpSync, mkdtempSync, realpathSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { gitApply } from "./git-apply.ts";
import type { Mutant } from "./mutant.ts";

/** What of the project a copy needs to run scenarios. */
const COPIED = ["src", "bin", "fixtures", "package.json"] as const;

/** A copy of the project with a mutant in it; disposing of it removes the copy. */
interface MutatedCopy extends Disposable {
  readonly folder: string;
}

/** Copies the project into a folder of its own and applies the mutant there. Throws `MutantError`. */
export function applyMutant(projectFolder: string, mutant: Mutant): MutatedCopy {
  const temporary = realpathSync(tmpdir());
  const folder = mkdtempSync(join(temporary, `azukeru-mutant-${mutant.name}-`));
  const copy: MutatedCopy = {
    folder,
    [Symbol.dispose]: () => rmSync(folder, { recursive: true, force: true }),
  };
  try {
    for (const name of COPIED) {
      cpSync(join(projectFolder, name), join(folder, name), { recursive: true });
    }
    symlinkSync(join(projectFolder, "node_modules"), join(folder, "node_modules"), "dir");
    gitApply(folder, mutant);
    return copy;
  } catch (error) {
    copy[Symbol.dispose]();
    throw error;
  }
}
