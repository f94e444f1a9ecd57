import type { DeleteCauseId } from "../../../protocol/causes/causes.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import type { FileIndex } from "../../state/file-index.ts";
import type { GoneEntries } from "../../state/gone-entries.ts";
import type { JobContext } from "../run-job.ts";
import type { DeleteRecorder } from "./delete-recorder.ts";
import type { SeenRoot } from "./why-not-gone.ts";

/** What the stages of one delete job share. */
export interface DeleteContext extends JobContext<DeleteCauseId, DeleteRecorder> {
  readonly disk: SourceDisk;
  readonly index: FileIndex;
  readonly gone: GoneEntries;
  readonly destination: ServicePath;
  readonly root: SeenRoot;
  /** Whether a person saw what D15 is about and wants the deletions all the same. */
  readonly isConfirmed: boolean;
}
