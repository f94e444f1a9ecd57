import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I6: at most as many generations as the plan keeps, newest first, each as the disk once had it. Does not
 * verify files that were renamed in the explorer, nor bytes that people put there.
 */
export function generations({ backups }: RunRecord): Violation[] {
  const held = new Map<string, string[]>();
  return backups.flatMap((run) => {
    note(held, run);
    const violations: Violation[] = [];
    const { files, generationCountMax } = run.serviceAfter;
    for (const [path, file] of files) {
      const about = { job: namedJob(run.job), path: JSON.stringify(path) };
      const kept = file.generations.length;
      if (kept > generationCountMax) {
        const said = { ...about, kept, max: generationCountMax };
        violations.push({
          invariant: "I6",
          message: message("checked-run.generation-count", said),
        });
      }
      // A file that was renamed in the explorer brings its own generations along.
      if (run.acts.some((act) => act.act === "rename-file" && act.path === path)) continue;
      const oldestFirst = file.generations
        .map(({ sha256 }) => sha256)
        .filter((sha256) => !run.acts.some((act) => act.sha256 === sha256))
        .toReversed();
      const history = held.get(`${run.sourcePath}/${path}`) ?? [];
      if (!isInOrder(oldestFirst, history)) {
        violations.push({
          invariant: "I6",
          message: message("checked-run.generation-order", about),
        });
      }
    }
    return violations;
  });
}

/** Adds what each path held up to the end of a run, without repeating what did not change. */
function note(held: Map<string, string[]>, run: BackupRun): void {
  const facts = [...run.diskBefore.values(), ...run.diskChanges.map(({ after }) => after)];
  for (const fact of facts) {
    if (fact?.kind !== "file") continue;
    const history = held.get(fact.path) ?? [];
    if (history.at(-1) !== fact.sha256) history.push(fact.sha256);
    held.set(fact.path, history);
  }
}

/** Whether the contents came one after another in the history; one content may be kept several times. */
function isInOrder(contents: readonly string[], history: readonly string[]): boolean {
  let at = 0;
  for (const content of contents) {
    const found = history.indexOf(content, at);
    if (found === -1) return false;
    at = found;
  }
  return true;
}
