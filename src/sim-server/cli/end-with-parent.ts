import { readFileSync } from "node:fs";

/** How often it is looked whether the parent still lives. */
const LOOK_EVERY_MS = 500;

/** Set by the launcher (`bin/launch.js`) that stands between: the process that started the command. */
const STARTED_BY = "AZUKERU_STARTED_BY";

/** Shells that a package runner may put between itself and the command it runs. */
const SHELLS: ReadonlySet<string> = new Set(["sh", "bash", "dash", "ash", "busybox"]);

/**
 * Calls back once the process that started this one has ended, however it did: so that who ends the process he
 * started ends the command, also where a package runner such as `npx` stands between. A process that the
 * system's first one started has nobody to wait for.
 */
export function endWithParent(onGone: () => void): void {
  const ownParent = process.ppid;
  const others = startersBeyond(ownParent);
  if (ownParent === 1 && others.length === 0) return;
  const timer = setInterval(() => {
    if (process.ppid === ownParent && [ownParent, ...others].every(isAlive)) return;
    clearInterval(timer);
    onGone();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Whoever stands behind the parent and is the one that a person or a script started. */
function startersBeyond(ownParent: number): readonly number[] {
  const launchedFor = Number(process.env[STARTED_BY] ?? "");
  const starter = launchedFor > 1 ? launchedFor : ownParent;
  const beyond = runnerBehindShell(starter);
  return [...(launchedFor > 1 ? [launchedFor] : []), ...(beyond === undefined ? [] : [beyond])];
}

/** The package runner behind the shell that it runs a command with; only where the system tells. */
function runnerBehindShell(pid: number): number | undefined {
  if (process.env["npm_command"] === undefined) return undefined;
  try {
    // pid (name) state parent ...; the name may hold anything, so that the last bracket ends it.
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    const name = stat.slice(stat.indexOf("(") + 1, stat.lastIndexOf(")"));
    const parent = Number(stat.slice(stat.lastIndexOf(")") + 2).split(" ")[1]);
    return SHELLS.has(name) && parent > 1 ? parent : undefined;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // It may be somebody else's by now; then it is there all the same.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
