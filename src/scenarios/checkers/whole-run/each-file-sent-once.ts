import type { BackupRun } from "../../observation/backup-run.ts";
import type { RequestFact } from "../../observation/request-fact.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";
import { isQuiet } from "./is-quiet.ts";
import { folderLineBytes, isAppend, isSmallUpload, partLineBytes, sum } from "./upload-bytes.ts";

/**
 * The invariant `resume`: what was committed or acknowledged is not sent again. Verifies the bytes of each
 * backup that nothing disturbed: every file that its rows call sent, or refused for want of room, was sent
 * once, and nothing else was. Does not verify what a run behind a stopped one need not send (see
 * `nothingSentTwice`), nor runs with faults, changes on the disk, others at work or a PC
 * that slept.
 */
export function eachFileSentOnce({ backups, scenario }: RunRecord): Violation[] {
  const wholeFileBytesMax = scenario.tuning?.wholeFileBytesMax ?? 4 * 2 ** 20;
  return backups.flatMap((run) => {
    // An answer may come while the PC sleeps.
    if (!isQuiet(run) || run.stop !== undefined || run.sleepsMs.length > 0) return [];
    return violationsOf(run, wholeFileBytesMax);
  });
}

/** Whether a request brings one whole file. */
function isPutFile({ method, path }: RequestFact): boolean {
  return method === "PUT" && path.startsWith("/v1/files/");
}

/** What a row may say of a file whose bytes went to the service. */
const SENT: ReadonlySet<JobFileRecord["status"]> = new Set(["completed", "insufficient-capacity"]);

function violationsOf(run: BackupRun, wholeFileBytesMax: number): Violation[] {
  const sent = run.rows.filter(({ entryKind, status }) => entryKind === "file" && SENT.has(status));
  const small = sent.filter(({ sizeBytes }) => sizeBytes <= wholeFileBytesMax);
  const large = sent.filter(({ sizeBytes }) => sizeBytes > wholeFileBytesMax);
  const facts = [...run.diskBefore.values()];
  // Folders are told of, and files whose mode alone is another one; at most each of them once.
  const lineBytes =
    sum(facts.map((fact) => folderLineBytes(run, fact))) +
    sum(
      facts.map(
        ({ path }) =>
          partLineBytes(run, path.slice(run.sourcePath.length + 1)) + "-attributes".length,
      ),
    );
  const largeBytes = sum(large.map(({ sizeBytes }) => sizeBytes));
  const smallBytes = sum(small.map(({ sizeBytes }) => sizeBytes));
  const appendedBytes = sum(run.requests.filter(isAppend).map(({ bodyBytes }) => bodyBytes));
  const wholeBytes = sum(run.requests.filter(isSmallUpload).map(({ bodyBytes }) => bodyBytes));
  const violations: Violation[] = [];
  const say = (what: Message): void => {
    const said = message("checked-job.says", { job: namedJob(run.job), what });
    violations.push({ invariant: "resume", message: said });
  };
  const puts = Map.groupBy(run.requests.filter(isPutFile), ({ path }) => path);
  for (const [path, requests] of puts) {
    if (requests.length > 1)
      say(message("checked-run.sent-often", { path, count: requests.length }));
  }
  if (wholeBytes > smallBytes + lineBytes) {
    say(message("checked-run.sent-more-small", { sent: wholeBytes - lineBytes, rows: smallBytes }));
  }
  if (appendedBytes > largeBytes) {
    say(message("checked-run.sent-more-large", { sent: appendedBytes, rows: largeBytes }));
  }
  return violations;
}
