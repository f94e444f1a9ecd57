import type { JobFileRecord, JobRecord } from "../../protocol/job-record.ts";

/** One page of a list as it was shown. */
export interface PageFact<Row> {
  readonly rows: readonly Row[];
  /** How many pages, and how many rows on all of them, it says there are. */
  readonly pageCount: number;
  readonly rowCount: number;
}

/** What somebody saw who turned all pages of the lists of one device, each to its end and one page further. */
export interface ListFacts {
  readonly device: string;
  /** Every job there is, found one by one by its number. */
  readonly jobs: readonly JobRecord[];
  /** The list of each kind of job. */
  readonly history: Readonly<Record<JobRecord["kind"], readonly PageFact<JobRecord>[]>>;
  /** The details of some of the jobs: all rows, and the rows of each status by itself. */
  readonly details: readonly {
    readonly jobId: number;
    readonly all: readonly PageFact<JobFileRecord>[];
    readonly byStatus: ReadonlyMap<JobFileRecord["status"], readonly PageFact<JobFileRecord>[]>;
  }[];
}
