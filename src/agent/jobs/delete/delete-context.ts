import type { DeleteCauseId } from "../../../protocol/cause.ts";
import type { ServicePath } from "../../../protocol/service-path.ts";
import type { Log } from "../../ports/log.ts";
import type { Service } from "../../ports/service.ts";
import type { SourceDisk } from "../../ports/source-disk.ts";
import type { FileIndex } from "../../state/file-index.ts";
import type { GoneEntries } from "../../state/gone-entries.ts";
import type { Tuning } from "../../tuning.ts";
import type { MemoryGuard } from "../guard-memory.ts";
import type { JobStop } from "../job-stop.ts";
import type { Retrier } from "../retrier.ts";
import type { DeleteRecorder } from "./delete-recorder.ts";
import type { SeenRoot } from "./why-not-gone.ts";

/** What the stages of one delete job share. */
export interface DeleteContext {
  readonly disk: SourceDisk;
  readonly log: Log;
  readonly service: Service;
  readonly tuning: Tuning;
  readonly stop: JobStop<DeleteCauseId>;
  readonly retrier: Retrier;
  readonly guard: MemoryGuard<"delete">;
  readonly recorder: DeleteRecorder;
  readonly index: FileIndex;
  readonly gone: GoneEntries;
  readonly destination: ServicePath;
  readonly root: SeenRoot;
}
