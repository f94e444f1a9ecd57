import type { BackupRun } from "../../observation/backup-run.ts";
import type { RequestFact } from "../../observation/request-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";
import { isQuiet } from "./is-quiet.ts";
import { lastHealingRuns } from "./last-healing-runs.ts";

/**
 * The invariant `again`, of backups: the second of two backups in a row that are whole, with nothing between them but
 * time, opens no file of the source and sends nothing of one, nor of a folder. Does not verify files that say to be of the future, since what changes them
 * may leave that time as it is, nor PCs whose clock was set, nor runs that something disturbed.
 */
export function nothingReadAgain(record: RunRecord): Violation[] {
  const { scenario, backups } = record;
  if (scenario.timeline.some((step) => step.do === "set-clock")) return [];
  return lastHealingRuns(record).flatMap((run) => {
    const own = backups.filter(
      ({ phase, device, sourcePath }) =>
        phase === "healing" && device === run.device && sourcePath === run.sourcePath,
    );
    const before = own.at(-2);
    if (before === undefined || ![before, run].every(isWhole)) return [];
    const readAtNs = BigInt(before.job.startedAtMs) * 1_000_000n;
    const opened = run.diskCalls.filter(({ call, path }) => call === "open" && isBelow(run, path));
    const sent = run.requests.filter((request) => isWriting(request));
    const again = sent.map(({ method, path }): Violation => {
      const said = message("checked-job.of", {
        job: namedJob(run.job),
        source: run.sourcePath,
        what: message("checked-run.sent-again", { request: `${method} ${path}` }),
      });
      return { invariant: "again" as const, message: said };
    });
    const read = opened.flatMap(({ path }) => {
      const standing = run.sourceAfter?.get(path.slice(run.sourcePath.length + 1));
      if (standing === undefined || standing.modifiedAtNs >= readAtNs) return [];
      const said = message("checked-job.of", {
        job: namedJob(run.job),
        source: run.sourcePath,
        what: message("checked-run.read-again", { path: JSON.stringify(path) }),
      });
      return [{ invariant: "again" as const, message: said }];
    });
    return [...read, ...again];
  });
}

function isWhole(run: BackupRun): boolean {
  return isQuiet(run) && run.job.status === "completed" && run.stop === undefined;
}

/** Whether a request is there to store something. */
function isWriting({ method, path }: RequestFact): boolean {
  const isLogin = path.startsWith("/v1/sessions");
  return !isLogin && (method === "PUT" || method === "POST" || method === "PATCH");
}

function isBelow({ sourcePath }: BackupRun, path: string): boolean {
  return path.startsWith(`${sourcePath}/`);
}
