import { isDestinationTouched } from "../shared/touched.ts";
import type { DeleteRun, DeletionRequest, DeletionWork } from "../../observation/delete-run.ts";
import { GonePaths } from "./gone-paths.ts";
import { HeldPaths } from "./held-paths.ts";
import { TargetWatch } from "./target-watch.ts";
import type { AgentKnowledge } from "../shared/agent-knowledge.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I7 for delete jobs: what vanishes from the service is what this agent put there, what is gone from the PC
 * and was looked for a second time, file by file; what merely stands elsewhere unsaved (D19) or lay on a
 * device that is not there (D15) keeps its copy; a folder goes only when nothing is in it. `known` is what
 * the agent knows after the backup before. Of jobs under which the whole
 * destination was touched it verifies only that what people put into the folder that stands there since stays. Does not verify whether a deletion that was in order took place.
 */
export function deletesOnlyWhatIsGone(deletion: DeleteRun, known: AgentKnowledge): Violation[] {
  const { work, backup, job } = deletion;
  if (work === undefined) return [];
  if (isDestinationTouched(work)) return takenFromAnotherFolder(deletion, work);
  const violations: Violation[] = [];
  const say = (path: string, what: Message): void => {
    const about = { job: namedJob(job), path: JSON.stringify(path) };
    violations.push({ invariant: "I7", message: message("checked-job.at", { ...about, what }) });
  };
  const watch = new TargetWatch(deletion, work);
  const gone = backup && new GonePaths(backup);
  const holds = backup && new HeldPaths({ ...deletion, backup, work, known });
  const devicesOf = ({ entryKind, path }: DeletionRequest): ReadonlySet<number> | undefined =>
    deletion.isConfirmed
      ? undefined
      : known.seen.get(entryKind === "folder" ? `${path}/` : path)?.devices;
  const isOn = backup?.compareDelete === true;
  for (const request of work.deletionRequests) {
    const { path, entryKind } = request;
    const isOwn =
      entryKind === "file"
        ? known.mayFiles.has(path) || known.sureFiles.has(path)
        : known.mayFolders.has(path);
    if (!isOn) say(path, message("checked-delete.switched-off"));
    else if (!isOwn) say(path, message("checked-delete.not-own"));
    else if (gone?.presence(path, entryKind) === "standing")
      say(path, message("checked-delete.standing"));
    else if (!watch.isAllowed(request, devicesOf(request)))
      say(path, message("checked-delete.not-looked"));
    else if (holds !== undefined && gone?.presence(path, entryKind) === "gone") {
      const { elsewhere, unconfirmed } = holds.of(path, entryKind);
      if (elsewhere === "yes") say(path, message("checked-delete.elsewhere"));
      if (unconfirmed === "yes") say(path, message("checked-delete.unconfirmed"));
    }
  }
  const asked = new Set(work.deletionRequests.map(({ entryKind, path }) => `${entryKind} ${path}`));
  const vanished = (
    kind: string,
    before: Iterable<string>,
    has: (path: string) => boolean,
  ): void => {
    for (const path of before) {
      if (has(path) || asked.has(`${kind} ${path}`) || watch.isTouched(path)) continue;
      say(path, message("checked-delete.vanished-along"));
    }
  };
  const { serviceBefore: before, serviceAfter: after } = work;
  vanished("file", before.files.keys(), (path) => after.files.has(path));
  vanished("folder", before.folders, (path) => after.folders.has(path));
  return violations;
}

/** What people put into a folder that took the place of the destination, and that is gone from there. */
function takenFromAnotherFolder({ acts, job }: DeleteRun, work: DeletionWork): Violation[] {
  const sinceSeq = Math.max(...work.destinationTouches.map(({ seq }) => seq));
  const last = new Map(acts.filter(({ seq }) => seq > sinceSeq).map((act) => [act.path, act]));
  return [...last.values()].flatMap(({ act, path }): Violation[] => {
    const isLater = [...last.keys()].some((other) => path.startsWith(`${other}/`));
    if (act !== "put-file" || isLater || work.serviceAfter.files.has(path)) return [];
    const about = { job: namedJob(job), path: JSON.stringify(path) };
    const what = message("checked-delete.not-own");
    return [{ invariant: "I7", message: message("checked-job.at", { ...about, what }) }];
  });
}
