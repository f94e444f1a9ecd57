import { spawnSync } from "node:child_process";
import { dirname } from "node:path";

import { MutantError, type Mutant } from "./mutant.ts";
import { message } from "../../messages/message.ts";

/** Puts a mutant into a folder that holds the project's `src`. Throws `MutantError`. */
export function gitApply(folder: string, mutant: Mutant): void {
  run(folder, mutant, []);
}

/** Throws `MutantError` when a mutant cannot be put into a folder; changes nothing. */
export function checkApplies(folder: string, mutant: Mutant): void {
  run(folder, mutant, ["--check"]);
}

function run(folder: string, mutant: Mutant, options: readonly string[]): void {
  const { error, status, stderr } = spawnSync(
    "git",
    ["apply", "--whitespace=nowarn", ...options, mutant.patchPath],
    { cwd: folder, env: outsideOfRepositories(folder), encoding: "utf8" },
  );
  if (error !== undefined && "code" in error && error.code === "ENOENT") {
    throw new MutantError(message("harness.no-git"));
  }
  if (error !== undefined) throw error;
  if (status !== 0) {
    throw new MutantError(
      message("harness.outdated-patch", { path: mutant.patchPath, said: stderr.trim() }),
    );
  }
}

/**
 * Within a repository `git apply` takes paths as the repository's, and skips what lies outside the
 * folder without a word. So nothing says that there is one, and none is looked for above the folder.
 */
function outsideOfRepositories(folder: string): NodeJS.ProcessEnv {
  // oxlint-disable-next-line no-restricted-properties -- no settings: what git itself reads, left out
  const own = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  return {
    ...Object.fromEntries(own),
    GIT_CEILING_DIRECTORIES: dirname(folder),
    LC_ALL: "C",
  };
}
