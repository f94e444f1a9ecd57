import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import type { Progress } from "../requests.ts";
import { deleteFailure } from "./delete-failure.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import { FileIndex } from "../../state/file-index.ts";
import { KnownPlace } from "../../state/known-place.ts";
import { GoneEntries } from "../../state/gone-entries.ts";
import type { NewJob } from "../../state/job-history.ts";
import type { JobFileRecord, JobRecord, JobTrigger } from "../../../protocol/job-record.ts";
import type { SourceFolder } from "../../state/records.ts";
import type { JobEnvironment } from "../job-environment.ts";
import type { JobStop } from "../job-stop.ts";
import { runJob, troubleOfStop } from "../run-job.ts";
import type { DeleteContext } from "./delete-context.ts";
import { deleteFiles } from "./delete-files.ts";
import { deleteFolders } from "./delete-folders.ts";
import { DeleteRecorder } from "./delete-recorder.ts";
import { tellHeld } from "./tell-held.ts";

interface DeleteJobOptions {
  readonly environment: JobEnvironment;
  readonly disk: SourceDisk;
  readonly source: SourceFolder;
  /** The device the source folder was on when it was scanned. */
  readonly deviceId: string;
  /** Whether a person saw what D15 is about and wants the deletions all the same. */
  readonly isConfirmed: boolean;
  readonly trigger: JobTrigger;
  /** The slot it is for, by its day number; absent when a person started it. */
  readonly slotDay?: number | undefined;
  /** Its row, when that waits for its turn. */
  readonly waitingJobId?: number | undefined;
  /** Its turn has come: the row is written, and nobody told of it yet. */
  readonly onTurn?: () => void;
  readonly stop: JobStop<DeleteCauseId>;
  readonly onJob: (job: JobRecord) => void;
  readonly onRow: (row: JobFileRecord) => void;
  readonly onProgress: ((progress: Progress) => void) | undefined;
}

/**
 * Deletes on the service what the backup before it found gone from the source (F17), and resolves to
 * its ended job.
 */
export function runDeleteJob(options: DeleteJobOptions): Promise<JobRecord> {
  const { environment, source, onRow, onProgress } = options;
  return runJob({
    kind: "delete",
    environment,
    stop: options.stop,
    row: deleteRow(options),
    waitingJobId: options.waitingJobId,
    onTurn: options.onTurn,
    onJob: options.onJob,
    recorderOf: ({ id: jobId, sourcePath }) =>
      new DeleteRecorder({
        ...environment,
        jobId,
        sourcePath,
        sourceId: source.id,
        onRow,
        onProgress,
      }),
    failureOf: deleteFailure,
    work: async (job) => {
      const place = new KnownPlace(job.database, source.id).get();
      const context: DeleteContext = {
        ...job,
        // What the backup found gone lay in this very folder: nothing is deleted in another one.
        service: place === undefined ? job.service : job.service.within(place),
        disk: options.disk,
        index: new FileIndex(job.database, source.id),
        gone: new GoneEntries(job.database, source.id),
        destination: source.destination.split("/"),
        root: { rootPath: source.path, deviceId: options.deviceId },
        isConfirmed: options.isConfirmed,
      };
      tellHeld(context);
      await deleteFiles(context);
      await deleteFolders(context);
      return troubleOfStop(job);
    },
  });
}

/** What the row of a delete job says, whether it runs, waits or does not run. */
export function deleteRow({
  source,
  trigger,
  slotDay,
}: Pick<DeleteJobOptions, "source" | "trigger" | "slotDay">): Omit<NewJob, "kind" | "startedAtMs"> {
  return {
    trigger,
    sourceId: source.id,
    sourcePath: source.path,
    destination: source.destination,
    settings: null,
    slotDay: slotDay ?? null,
  };
}
