import type { Hit } from "../../coverage/ledger.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { Violation } from "../shared/violation.ts";
import { leftOverAfterHealing } from "./i4-nothing-left-over.ts";
import { deletesOnlyWhatIsGone } from "./i7-deletes-only-what-is-gone.ts";
import { NOTHING_PUT, putAfterBackup, putAfterDeletion, type PutMemory } from "./put-memory.ts";
import type { RetryPolicy } from "../shared/retry-policy.ts";
import type { JobRun } from "../../observation/job-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { checkDeleteJob } from "./check-delete-job.ts";

/** Checks the delete jobs of a scenario as its backups go by, and remembers what was put where. */
export class DeletionJudge {
  readonly violations: Violation[] = [];
  readonly hits: Hit[] = [];
  readonly #record: RunRecord;
  readonly #retryPolicy: RetryPolicy;
  readonly #put = new Map<string, PutMemory>();
  readonly #following: ReadonlyMap<JobRun | undefined, readonly DeleteRun[]>;

  constructor(record: RunRecord, retryPolicy: RetryPolicy) {
    this.#record = record;
    this.#retryPolicy = retryPolicy;
    this.#following = Map.groupBy(record.deletions, ({ backup }) => backup);
    for (const deletion of this.#following.get(undefined) ?? []) {
      this.#checkRun(deletion, NOTHING_PUT, NOTHING_PUT);
    }
  }

  /** A backup was checked; what follows it is checked now. Gives the paths that may have been deleted. */
  follow(run: JobRun): ReadonlySet<string> {
    const place = `${run.device} ${run.sourcePath}`;
    const put = this.#put.get(place) ?? NOTHING_PUT;
    let now = putAfterBackup(run, put);
    const touched = new Set<string>();
    for (const deletion of this.#following.get(run) ?? []) {
      this.#checkRun(deletion, put, now);
      this.violations.push(
        ...deletesOnlyWhatIsGone(deletion, now),
        ...leftOverAfterHealing(deletion, now, this.#record),
      );
      for (const { path } of deletion.work?.requests ?? []) touched.add(path);
      now = putAfterDeletion(deletion, now);
    }
    this.#put.set(place, now);
    return touched;
  }

  #checkRun(deletion: DeleteRun, put: PutMemory, putNow: PutMemory): void {
    const checked = checkDeleteJob({ deletion, put, putNow, retryPolicy: this.#retryPolicy });
    this.violations.push(...checked.violations);
    this.hits.push(...checked.hits);
  }
}
