import type { JobRecord } from "../../../protocol/job-record.ts";
import { formatCount } from "../../../terminal/format-bytes.ts";
import { EXIT_CODES, type ExitCode } from "../output/exit-code.ts";
import { lineKind, type LineMembers } from "../output/line-kind.ts";
import type { Output } from "../output/output.ts";
import { roundedSeconds } from "../output/rounded-seconds.ts";

/** The end of `backup run`, `restore` and `rerun`. */
export const SUMMARY_LINE = lineKind(
  "summary",
  "schema.line-summary",
  ({ z, count, bytes, seconds }) => ({
    completed: z.boolean().describe("schema.summary-completed"),
    exitCode: z.int(),
    jobCount: count,
    completedJobCount: count,
    incompleteJobCount: count,
    transferredFileCount: count.describe("schema.summary-transferred"),
    transferredBytes: bytes,
    deletedFileCount: count.describe("schema.summary-deleted"),
    deletedBytes: bytes,
    elapsedSeconds: seconds,
  }),
);

/** The members of a `summary` line. */
export function summaryMembers(
  jobs: readonly JobRecord[],
  exitCode: ExitCode,
  elapsedSeconds: number,
): LineMembers<typeof SUMMARY_LINE> {
  const deletions = jobs.filter(({ kind }) => kind === "delete");
  const transfers = jobs.filter(({ kind }) => kind !== "delete");
  const incompleteJobCount = incompleteCount(jobs);
  return {
    completed: exitCode === EXIT_CODES.completed,
    exitCode,
    jobCount: jobs.length,
    completedJobCount: jobs.length - incompleteJobCount,
    incompleteJobCount,
    transferredFileCount: sumOf(transfers, (job) => job.transferredFileCount),
    transferredBytes: sumOf(transfers, (job) => job.transferredBytes),
    deletedFileCount: sumOf(deletions, (job) => job.transferredFileCount),
    deletedBytes: sumOf(deletions, (job) => job.transferredBytes),
    elapsedSeconds: roundedSeconds(elapsedSeconds),
  };
}

/** How many of the jobs of a run completed. */
export function renderSummary(jobs: readonly JobRecord[], output: Output): string {
  const incomplete = incompleteCount(jobs);
  const [all, left] = [formatCount(jobs.length), formatCount(incomplete)];
  return incomplete === 0
    ? output.say({ ja: `${all} 件すべて完了しました。`, en: `All ${all} jobs completed.` })
    : output.say({
        ja: `${all} 件のうち ${left} 件が完了していません。`,
        en: `${left} of ${all} jobs did not complete.`,
      });
}

function incompleteCount(jobs: readonly JobRecord[]): number {
  return jobs.filter(({ status }) => status !== "completed").length;
}

function sumOf(jobs: readonly JobRecord[], valueOf: (job: JobRecord) => number): number {
  return jobs.reduce((sum, job) => sum + valueOf(job), 0);
}
