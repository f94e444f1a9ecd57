import type { RunRecord } from "../../observation/run-record.ts";
import type { Violation } from "../shared/violation.ts";
import { message } from "../../../messages/message.ts";

/** Requests beside those with content: one that asks how far an upload came, one that logs in. */
const SIDE_REQUEST_COUNT = 2;

/** Parts that one batch has at most. */
const BATCH_PART_COUNT = 256;

/** A part's line before its bytes, with a path of the greatest length in JSON. */
const PART_LINE_BYTES = 16 * 1024;

/**
 * I12, as far as the world can see it: what the agent has open and under way at once is bounded by its
 * tuning, whatever the number of files. How much memory that is, a benchmark measures. Does not verify
 * requests under faults: the service goes on with what the agent gave up.
 */
export function boundedMemory({ peaks, scenario, agentCount }: RunRecord): Violation[] {
  const tuning = scenario.tuning ?? {};
  const senders = tuning.parallelUploadCount ?? 4;
  const workers = Math.max(senders, tuning.parallelDownloadCount ?? 4);
  const batchBytes =
    (tuning.batchBytesMax ?? 2 * 2 ** 20) + (tuning.batchedFileBytesMax ?? 2 ** 18);
  const parts = Math.min(tuning.batchPartCountMax ?? BATCH_PART_COUNT, BATCH_PART_COUNT);
  const unitBytes = Math.max(
    batchBytes + parts * PART_LINE_BYTES,
    tuning.wholeFileBytesMax ?? 4 * 2 ** 20,
    tuning.appendBytes ?? 4 * 2 ** 20,
  );
  const openFiles = [
    message("checked-run.open-files"),
    peaks.openFiles,
    workers * agentCount,
  ] as const;
  // The service goes on with a request that the agent gave up or that nobody told it the end of.
  const isQuiet = scenario.timeline.every(
    (step) =>
      (step.do !== "backup" && step.do !== "restore") ||
      (step.faults === undefined && step.disturbances === undefined),
  );
  const askers = Math.max(workers, tuning.parallelDeleteCount ?? 4);
  const requests = [
    [
      message("checked-run.requests"),
      peaks.requestsInFlight,
      (askers + SIDE_REQUEST_COUNT) * agentCount,
    ],
    [
      message("checked-run.request-bytes"),
      peaks.requestBytesInFlight,
      senders * unitBytes * agentCount,
    ],
  ] as const;
  return [openFiles, ...(isQuiet ? requests : [])]
    .filter(([, found, limit]) => found > limit)
    .map(([what, found, limit]) => ({
      invariant: "I12",
      message: message("checked-run.too-much", { found, what, limit }),
    }));
}
