import { execFileSync } from "node:child_process";

/** Of each changed file, from the project's root, the lines that are new, from 1. */
type ChangedLines = ReadonlyMap<string, readonly (readonly [first: number, last: number])[]>;

/** What changed in the working tree since a commit, new files included. Throws when git does not know it. */
export function changedLines(project: string, commit: string): ChangedLines {
  const git = (...args: string[]): string =>
    execFileSync("git", args, { cwd: project, encoding: "utf8", maxBuffer: 2 ** 28 });
  const diff = git(
    "diff",
    "-U0",
    "--no-color",
    "--no-ext-diff",
    "--no-renames",
    commit,
    "--",
    "src",
  );
  const files = new Map(linesOf(diff));
  const untracked = git("ls-files", "--others", "--exclude-standard", "--", "src");
  for (const file of untracked.split("\n").filter((name) => name !== "")) {
    files.set(file, [[1, Number.MAX_SAFE_INTEGER]]);
  }
  return files;
}

/** The new lines in a unified diff without context. Where lines only went, the one behind counts as changed. */
export function linesOf(diff: string): ChangedLines {
  const pieces = diff.split(/^diff --git .*\n/m).slice(1);
  return new Map(
    pieces.flatMap((piece) => {
      const file = /^\+\+\+ b\/(.*)$/m.exec(piece)?.[1];
      if (file === undefined) return [];
      const hunks = [...piece.matchAll(/^@@ -\S+ \+(\d+)(?:,(\d+))? @@/gm)];
      const ranges = hunks.map(([, start = "1", count = "1"]) => {
        const isGone = count === "0";
        const first = Number(start) + (isGone ? 1 : 0);
        return [first, first + Math.max(Number(count), 1) - 1] as const;
      });
      return [[file, ranges] as const];
    }),
  );
}
