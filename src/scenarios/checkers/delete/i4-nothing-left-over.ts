import type { DeleteRun } from "../../observation/delete-run.ts";
import { GonePaths } from "./gone-paths.ts";
import { HeldPaths } from "./held-paths.ts";
import type { AgentKnowledge } from "../shared/agent-knowledge.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I4 with 差分比較削除 on: once faults stop, the service also has nothing that the agent put there and that is gone
 * from the PC. What a lost power took from the agent's memory is nobody's to delete. Does not verify what
 * others put there, nor deletions before the faults stop.
 */
export function leftOverAfterHealing(
  deletion: DeleteRun,
  known: AgentKnowledge,
  { scenario }: RunRecord,
): Violation[] {
  const { backup, work, job, phase } = deletion;
  if (phase !== "healing" || backup === undefined) return [];
  const violations: Violation[] = [];
  const say = (what: Message): void => {
    violations.push({
      invariant: "I4",
      message: message("checked-run.not-healed", { job: namedJob(job), what }),
    });
  };
  // Somebody may have deleted in the explorer what had to be deleted: 未存在 is good news then.
  const isWell = job.status === "completed" || job.status === "not-found";
  if (!isWell) {
    const found = `${job.status} [${job.causes.join(", ")}] ${job.detail?.code ?? ""}`;
    say(message("checked-job.ended", { found }));
  }
  if (work === undefined) return violations;
  const gone = new GonePaths(backup);
  const holds = new HeldPaths({ ...deletion, backup, work, known });
  const wasPutByOthers = new Set(deletion.acts.map(({ path }) => path));
  const mayForget = scenario.timeline.some((step) => JSON.stringify(step).includes('"power-loss"'));
  for (const path of work.serviceAfter.files.keys()) {
    if (wasPutByOthers.has(path) || gone.presence(path, "file") !== "gone") continue;
    // Hidden files that are left out may be what is gone elsewhere.
    if (holds.of(path, "file").elsewhere !== "no") continue;
    const isKnown = mayForget ? known.sureFiles.has(path) : known.mayFiles.has(path);
    if (isKnown) say(message("checked-run.left-over", { path: JSON.stringify(path) }));
  }
  for (const path of work.serviceAfter.folders) {
    if (gone.presence(path, "folder") !== "gone" || !known.mayFolders.has(path) || mayForget)
      continue;
    if (holds.of(path, "folder").elsewhere !== "no") continue;
    const isIn = (other: string): boolean => other.startsWith(`${path}/`);
    // What others put there, or what is held in it, keeps it.
    if (wasPutByOthers.has(path) || [...wasPutByOthers].some(isIn)) continue;
    if ([...work.serviceAfter.files.keys()].some(isIn)) continue;
    say(message("checked-run.left-over", { path: JSON.stringify(path) }));
  }
  return violations;
}
