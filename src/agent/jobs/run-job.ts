import type { CauseId, CauseIdOf } from "../../protocol/causes/causes.ts";
import type { JobKind } from "../../protocol/job-kind.ts";
import type { JobRecord } from "../../protocol/job-record.ts";
import { failure, type FileFailure } from "../core/file-outcome.ts";
import { JOB_CAUSES, type JobCauses } from "../core/job-causes.ts";
import type { AgentErrorCode } from "../agent-error.ts";
import type { ServiceError } from "../ports/service.ts";
import { JobDetails } from "../state/job-details.ts";
import { JobHistory, type NewJob } from "../state/job-history.ts";
import { isStateFailure } from "../state/state-error.ts";
import type { JobEnvironment } from "./job-environment.ts";
import type { JobStop } from "./job-stop.ts";
import { Retrier } from "./retrier.ts";
import type { RowRecorder } from "./row-recorder.ts";
import { stopIfUnreachable } from "./stop-if-unreachable.ts";
import { message, type Message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";

/** What the stages of one job share: the world around it, and what is its own. */
export interface JobContext<
  Cause extends CauseId,
  Recorder extends RowRecorder<Cause> = RowRecorder<Cause>,
> extends JobEnvironment {
  readonly jobId: number;
  readonly stop: JobStop<Cause>;
  readonly retrier: Retrier;
  readonly recorder: Recorder;
}

/** A job of one kind, with what is special to the kind. */
export interface JobToRun<Kind extends JobKind, Recorder extends RowRecorder<CauseIdOf<Kind>>> {
  readonly kind: Kind;
  readonly environment: JobEnvironment;
  readonly stop: JobStop<CauseIdOf<Kind>>;
  /** What its row says beside its kind and its start. */
  readonly row: Omit<NewJob, "kind" | "startedAtMs">;
  /** The row that waited for this turn (待機中). Default: a new row. */
  readonly waitingJobId?: number | undefined;
  /** Called when the row is written, before anybody is told of it. Default: nothing. */
  readonly onTurn?: (() => void) | undefined;
  /** Called when the row is written, before anything is done, and when the job ended. */
  readonly onJob: (job: JobRecord) => void;
  readonly recorderOf: (job: JobRecord) => Recorder;
  /** What an exchange that failed for good means in this kind of job. */
  readonly failureOf: (error: ServiceError) => FileFailure<CauseIdOf<Kind>>;
  /** Does the job; resolves to what befell it as a whole, if anything did. */
  readonly work: (
    context: JobContext<CauseIdOf<Kind>, Recorder>,
  ) => Promise<FileFailure<CauseIdOf<Kind>> | undefined>;
}

/**
 * Runs one job and resolves to it, ended. Durable in this order (docs/crash-safety.md): its row before
 * anything is touched; rows and counters as the recorder writes them; what the recorder still holds;
 * then, in one transaction, the counters, the rows that are still pending, and the end. Always ends its
 * job, whatever happens, unless the process ends first.
 */
export async function runJob<Kind extends JobKind, Recorder extends RowRecorder<CauseIdOf<Kind>>>(
  options: JobToRun<Kind, Recorder>,
): Promise<JobRecord> {
  const { kind, environment, stop, failureOf } = options;
  const { log, service } = environment;
  const causes: JobCauses<CauseIdOf<Kind>> = JOB_CAUSES[kind];
  const job = start(options, causes.running);
  options.onTurn?.();
  log.write("info", `${kind}-started`, { job: job.id, ...placesOf(job) });
  options.onJob(job);
  const recorder = options.recorderOf(job);
  const onExhausted = stopIfUnreachable({ service, stop, failureOf });
  const retrier = new Retrier({ ...environment, stop, onExhausted });
  const releaseCut = stop.onStop(() => service.cut());
  let detail: Message | null = null;
  try {
    const trouble = await options.work({ ...environment, jobId: job.id, stop, retrier, recorder });
    if (trouble !== undefined) recorder.tally.add(trouble);
    detail = trouble?.detail ?? null;
  } catch (error) {
    // Whatever nobody foresaw still ends the job, with a status that says so.
    detail = unforeseenDetail(error);
    recorder.tally.add(failure("unexpected", [causes.unforeseen], detail));
    log.write("error", `${kind}-failed`, { job: job.id, error: String(error) });
  } finally {
    releaseCut();
  }
  const ended = end(environment, recorder, { job, detail: joined(detail, recorder.remark) });
  const { id, status, causes: found } = ended;
  log.write("info", `${kind}-ended`, { job: id, status, causes: found });
  options.onJob(ended);
  return ended;
}

/** What befell the job, and what its row says whatever befalls it. */
function joined(detail: Message | null, remark: Message | null): Message | null {
  if (detail === null || remark === null) return detail ?? remark;
  return message("run.with-remark", { detail, remark });
}

/** What made a job stop, unless it had everything done by then (I2). */
export function troubleOfStop<Cause extends CauseId>(
  context: Pick<JobContext<Cause>, "stop" | "recorder">,
): FileFailure<Cause> | undefined {
  const { reason } = context.stop;
  if (reason === undefined) return undefined;
  const isByPerson = reason.failure.status === "interrupted";
  const nothingLeft = context.recorder.tally.outcome(false).status === "completed";
  return isByPerson && nothingLeft ? undefined : reason.failure;
}

/** Nobody foresaw what a stage threw: the job stops at once, and its queue empties so that none hangs. `event` is the line of the log. */
export function stopForUnforeseen<Kind extends JobKind>(
  context: Pick<JobContext<CauseIdOf<Kind>>, "stop" | "log">,
  kind: Kind,
  failed: {
    readonly event: string;
    readonly error: unknown;
    readonly fields?: { readonly job: number };
  },
): void {
  const detail = unforeseenDetail(failed.error);
  const causes: JobCauses<CauseIdOf<Kind>> = JOB_CAUSES[kind];
  context.log.write("error", failed.event, { ...failed.fields, error: String(failed.error) });
  const found = failure("unexpected", [causes.unforeseen], detail);
  context.stop.stop({ failure: found, rest: "at-once", trustsIndex: false });
}

function start<Kind extends JobKind, Recorder extends RowRecorder<CauseIdOf<Kind>>>(
  { kind, environment, row, waitingJobId }: JobToRun<Kind, Recorder>,
  running: CauseId,
): JobRecord {
  const history = new JobHistory(environment.database);
  const startedAtMs = environment.clock.nowMs();
  return waitingJobId === undefined
    ? history.start({ ...row, kind, startedAtMs }, running)
    : history.startWaiting(waitingJobId, startedAtMs, running);
}

/** Of a restore both ends; a source folder says where the others go. */
function placesOf({ kind, sourcePath, destination }: JobRecord): Record<string, string> {
  // A repair reads from here which folder is saved where, should the state file not tell any more.
  return kind === "restore"
    ? { from: sourcePath, to: destination }
    : { source: sourcePath, destination };
}

function end<Cause extends CauseId>(
  { database, clock }: JobEnvironment,
  recorder: RowRecorder<Cause>,
  { job, detail }: { readonly job: JobRecord; readonly detail: Message | null },
): JobRecord {
  const outcome = recorder.tally.outcome(recorder.didAnything);
  const history = new JobHistory(database);
  recorder.end(() => {
    const settledCount = new JobDetails(database).settlePending(job.id, { ...outcome, detail });
    const { counts } = recorder;
    const processedCount = counts.processedCount + settledCount;
    history.count(job.id, { ...counts, processedCount });
    // A clock that was set back meanwhile must not make a job end before it began (I9).
    const endedAtMs = Math.max(clock.nowMs(), job.startedAtMs);
    history.end(job.id, { ...outcome, endedAtMs, detail });
  });
  return history.find(job.id) ?? job;
}

const STATE_DETAILS: Readonly<
  Partial<Record<AgentErrorCode, "run.state-full" | "run.state-damaged">>
> = {
  "state-full": "run.state-full",
  "state-damaged": "run.state-damaged",
};

/** A state file that fails is known for what it is. */
function unforeseenDetail(error: unknown): Message {
  if (isStateFailure(error)) return message(STATE_DETAILS[error.code] ?? "run.state-unusable");
  return message("run.unforeseen", { why: reasonOf(error) });
}
