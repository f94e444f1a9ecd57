import { CAUSES } from "../../../protocol/causes/causes.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { JobFileRecord } from "../../../protocol/job-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message, type Message } from "../../../messages/message.ts";
import { namedJob } from "../shared/named-job.ts";
import { isQuiet } from "./is-quiet.ts";
import {
  folderLineBytes,
  isAppend,
  isPutFile,
  isSmallUpload,
  isTaken,
  partLineBytes,
  sum,
} from "./upload-bytes.ts";

/**
 * The invariant `resume`: what was committed or acknowledged is not sent again. Verifies the bytes of each
 * backup that nothing disturbed: every file that its rows call sent, or refused for want of room, was sent
 * once, and nothing else was. Does not verify what a run behind a stopped one need not send (see
 * `nothingSentTwice`), nor runs with faults, changes on the disk, others at work, a PC that
 * slept or had too little memory, nor the run behind one that was cut off.
 */
export function eachFileSentOnce({ backups, scenario }: RunRecord): Violation[] {
  const wholeFileBytesMax = scenario.tuning?.wholeFileBytesMax ?? 4 * 2 ** 20;
  return backups.flatMap((run, at) => {
    // Memory that runs out ends an upload in its middle, and an answer may come while the PC sleeps. What was on
    // its way when a run was cut off may arrive while the next one works.
    if (ranOutOfMemory(run) || isCutOff(backups[at - 1])) return [];
    if (!isQuiet(run) || run.stop !== undefined || run.sleepsMs.length > 0) return [];
    const answered = { ...run, requests: run.requests.filter(isTaken) };
    // Jobs of two sources may overlap, and a request does not say whose it is.
    const sums = scenario.sources.length > 1 ? [] : sumViolations(answered, wholeFileBytesMax);
    return [...countViolations(answered), ...sums];
  });
}

function isCutOff(run: BackupRun | undefined): boolean {
  return run !== undefined && (run.stop !== undefined || ranOutOfMemory(run));
}

function ranOutOfMemory({ job }: BackupRun): boolean {
  return job.causes.some((id) => CAUSES[id].status === "out-of-memory");
}

/** What a row may say of a file whose bytes went to the service. */
const SENT: ReadonlySet<JobFileRecord["status"]> = new Set(["completed", "insufficient-capacity"]);

function countViolations(run: BackupRun): Violation[] {
  const puts = Map.groupBy(run.requests.filter(isPutFile), ({ path }) => path);
  return [...puts]
    .filter(([, requests]) => requests.length > 1)
    .map(([path, { length: count }]) =>
      violation(run, message("checked-run.sent-often", { path, count })),
    );
}

function sumViolations(run: BackupRun, wholeFileBytesMax: number): Violation[] {
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
  const said: Message[] = [];
  if (wholeBytes > smallBytes + lineBytes) {
    const params = { sent: wholeBytes - lineBytes, rows: smallBytes };
    said.push(message("checked-run.sent-more-small", params));
  }
  if (appendedBytes > largeBytes) {
    said.push(message("checked-run.sent-more-large", { sent: appendedBytes, rows: largeBytes }));
  }
  return said.map((what) => violation(run, what));
}

function violation(run: BackupRun, what: Message): Violation {
  const said = message("checked-job.says", { job: namedJob(run.job), what });
  return { invariant: "resume", message: said };
}
