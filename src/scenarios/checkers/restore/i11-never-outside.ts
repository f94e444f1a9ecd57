import type { NameFact } from "../../observation/name-fact.ts";
import type { RestoreRun } from "../../observation/restore-run.ts";
import type { Violation } from "../shared/violation.ts";
import { holdsFolders } from "./holds-folders.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I11 for restores, at every moment: no name is made or removed outside the folder, be it for an instant,
 * whatever links come to stand in it meanwhile. Does not verify hosts on which a program cannot hold a
 * folder (macOS, Windows: there `wholeFiles` sees what is left), restores to which the disk refused an
 * open, nor what somebody moved out of the folder: that is still what was restored into.
 */
export function neverOutside(run: RestoreRun): Violation[] {
  if (!holdsFolders(run)) return [];
  return run.names
    .filter((name) => !isInside(run, name) && !isLeftEarlier(run, name))
    .map(({ act, path }): Violation => {
      const what = message(`checked-restore.${act}`, { path });
      const about = { job: namedJob(run.job), to: run.to };
      return { invariant: "I11", message: message("checked-restore.to", { ...about, what }) };
    });
}

function isInside({ to, movedTo }: RestoreRun, { path }: NameFact): boolean {
  return [to, ...movedTo].some((folder) => path.startsWith(`${folder}/`));
}

/** A run takes away what an earlier one left under a temporary name, wherever that restored to. */
function isLeftEarlier({ job }: RestoreRun, { act, path }: NameFact): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const isOwn = name.startsWith(`.azukeru-restore-${job.id}-`);
  return act === "removed" && name.startsWith(".azukeru-restore-") && !isOwn;
}
