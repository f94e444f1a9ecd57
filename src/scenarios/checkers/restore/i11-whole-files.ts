import { everyGeneration, restoredEntries } from "./restored-entries.ts";
import { holdsFolders } from "./holds-folders.ts";
import { Places } from "./places.ts";
import type { RestoreRun, Standing, StandingDifference } from "../../observation/restore-run.ts";
import { isCutBy } from "../shared/job-expectation.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";

/**
 * I11 for restores: nothing outside the destination changes (but see `isCutBehindLink`), and at every end of the job, be it a kill or a
 * power loss, each file at a name that files are restored to is whole: it has the bytes it had, bytes that
 * somebody else gave it, or those of a generation the service has. Does not verify files under temporary
 * names (see `leftovers`), nor whether a whole file is the one that was asked for (see `restored`).
 */
export function wholeFiles(run: RestoreRun): Violation[] {
  const outside = run.changesOutside
    .filter((change) => !isCutBehindLink(run, change))
    .map((change): Violation => ({
      invariant: "I11",
      message: about(run, message(`checked-restore.${change.what}`, { path: change.path })),
    }));
  const looks: readonly (readonly [Message, Standing | undefined])[] = [
    [message("checked-restore.when-cut"), run.targetAtCrash],
    [message("checked-restore.when-ended"), run.targetAfter],
  ];
  const spoilt = looks.flatMap(([when, standing]) =>
    spoiltFiles(run, standing ?? new Map()).map((path): Violation => {
      const said = { when, path: JSON.stringify(path) };
      return { invariant: "I11", message: about(run, message("checked-restore.spoilt", said)) };
    }),
  );
  return [...outside, ...spoilt];
}

function about({ job, to }: RestoreRun, what: Message): Message {
  return message("checked-restore.to", { job: namedJob(job), to, what });
}

/**
 * Where no folder is held, a name is made before it can be seen that a link came to stand on the way to it. A process that ends right
 * there leaves an empty file under a temporary name where the link leads to, and nothing else.
 */
function isCutBehindLink(run: RestoreRun, { path, what }: StandingDifference): boolean {
  const { job, stop, targetChanges } = run;
  const hasLink = targetChanges.some(({ after }) => after?.kind === "symbolic-link");
  const isTemporary = path.includes(`/.azukeru-restore-${job.id}-`);
  const isEmpty = what === "created-empty" && path.endsWith(".tmp");
  return !holdsFolders(run) && isCutBy(stop) && hasLink && isTemporary && isEmpty;
}

/** The files of the folder that are neither as they were nor as anybody stored them. */
export function spoiltFiles(run: RestoreRun, standing: Standing): string[] {
  const entries = new Places(
    run,
    restoredEntries(run).map((entry) => [entry.path, entry]),
  );
  return [...standing].flatMap(([path, fact]) => {
    if (fact.kind !== "file") return [];
    const before = run.targetBefore.get(path);
    const contents = new Set(before === undefined ? [] : [before.sha256]);
    for (const change of run.targetChanges) {
      // What somebody moved there may come from any place.
      if (change.after?.kind === "file") contents.add(change.after.sha256);
    }
    const own = entries.wantedAt(path);
    for (const [, { storedPath }] of own) {
      for (const { sha256 } of everyGeneration(run, storedPath)) contents.add(sha256);
    }
    // Under a name of its own the agent may have anything while it works; the invariant `leftovers` is about that.
    const isFinal = before !== undefined || own.length > 0;
    return isFinal && !contents.has(fact.sha256) ? [path] : [];
  });
}
