import type { Hit } from "../../coverage/ledger.ts";
import type { DeleteRun } from "../../observation/delete-run.ts";
import type { Breach } from "../shared/breach.ts";
import { leftOverAfterHealing } from "./i4-nothing-left-over.ts";
import { deletesOnlyWhatIsGone } from "./i7-deletes-only-what-is-gone.ts";
import { NOTHING_PUT, putAfterBackup, putAfterDeletion, type PutMemory } from "./put-memory.ts";
import type { Patience } from "../shared/patience.ts";
import type { JobRun } from "../../observation/job-run.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import { judgeDeletion } from "./judge-deletion.ts";

/** Judges the delete jobs of a scenario as its backups go by, and remembers what was put where. */
export class DeletionJudge {
  readonly breaches: Breach[] = [];
  readonly hits: Hit[] = [];
  readonly #record: RunRecord;
  readonly #patience: Patience;
  readonly #put = new Map<string, PutMemory>();
  readonly #following: ReadonlyMap<JobRun | undefined, readonly DeleteRun[]>;

  constructor(record: RunRecord, patience: Patience) {
    this.#record = record;
    this.#patience = patience;
    this.#following = Map.groupBy(record.deletions, ({ backup }) => backup);
    for (const deletion of this.#following.get(undefined) ?? []) {
      this.#judge(deletion, NOTHING_PUT, NOTHING_PUT);
    }
  }

  /** A backup was judged; what follows it is judged now. Gives the paths that may have been deleted. */
  follow(run: JobRun): ReadonlySet<string> {
    const place = `${run.device} ${run.sourcePath}`;
    const put = this.#put.get(place) ?? NOTHING_PUT;
    let now = putAfterBackup(run, put);
    const touched = new Set<string>();
    for (const deletion of this.#following.get(run) ?? []) {
      this.#judge(deletion, put, now);
      this.breaches.push(
        ...deletesOnlyWhatIsGone(deletion, now),
        ...leftOverAfterHealing(deletion, now, this.#record),
      );
      for (const { path } of deletion.work?.requests ?? []) touched.add(path);
      now = putAfterDeletion(deletion, now);
    }
    this.#put.set(place, now);
    return touched;
  }

  #judge(deletion: DeleteRun, put: PutMemory, putNow: PutMemory): void {
    const judged = judgeDeletion({ deletion, put, putNow, patience: this.#patience });
    this.breaches.push(...judged.breaches);
    this.hits.push(...judged.hits);
  }
}
