import { isDestinationTouched } from "../shared/touched.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { DeleteExpectation } from "./expect-delete-job.ts";
import { TargetWatch } from "./target-watch.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * The invariant `deletes`: what is surely gone from the PC is gone from the service after a delete job that
 * nothing disturbed, and so are the folders that were left empty by it. Does not verify deletions that were
 * stopped or disturbed, nor what somebody touched meanwhile, nor what may be held back (D15, D19).
 */
export function deletionsHappen(
  deletion: DeleteRun,
  { prevention, targets, isDisturbed }: DeleteExpectation,
): Violation[] {
  const { work, job } = deletion;
  if (work === undefined || prevention.isSure || isDisturbed) return [];
  if (isDestinationTouched(work) || deletion.stop !== undefined) return [];
  const watch = new TargetWatch(deletion, work);
  const { files, folders } = work.serviceAfter;
  const held = new Set([...files.keys(), ...folders].flatMap((path) => parentOf(path) ?? []));
  const violations: Violation[] = [];
  for (const { entryKind, path, presence, rowRequired, held: isHeld } of targets) {
    if (isHeld !== "no") continue;
    const isStill = entryKind === "file" ? rowRequired && files.has(path) : folders.has(path);
    if (!isStill || presence !== "gone" || watch.sight(path, entryKind) !== "absent") continue;
    if (watch.isTouched(path) || (entryKind === "folder" && !mustGo(path))) continue;
    const about = { job: namedJob(job), path: JSON.stringify(path) };
    const said = message("checked-job.at", { ...about, what: message("checked-delete.left") });
    violations.push({ invariant: "deletes", message: said });
  }
  return violations;

  /** An empty folder, unless somebody emptied it only while the job went past it. */
  function mustGo(path: string): boolean {
    const isMeddled = deletion.acts.some(
      (act) => act.path.startsWith(`${path}/`) || act.path === path,
    );
    const isOurs = targets.some(
      (target) =>
        target.entryKind === "file" && target.rowRequired && target.path.startsWith(`${path}/`),
    );
    return !held.has(path) && isOurs && !isMeddled;
  }
}

function parentOf(path: string): string | undefined {
  const at = path.lastIndexOf("/");
  return at === -1 ? undefined : path.slice(0, at);
}
