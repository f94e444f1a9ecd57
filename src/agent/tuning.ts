import { LIMITS } from "../protocol/limits.ts";

/** How hard and how patiently the agent works. A person does not see these; the scenarios vary them. */
export interface Tuning {
  /** Requests with content under way at once. Default 4. */
  readonly parallelUploadCount: number;
  /** Files that a restore fetches at once. Default 4. */
  readonly parallelDownloadCount: number;
  /** Files up to this size travel in batches. At most `LIMITS.batchFileBytesMax`. Default 256 KiB. */
  readonly batchedFileBytesMax: number;
  /** Content of one batch. At most `LIMITS.batchBytesMax` less headers. Default 2 MiB. */
  readonly batchBytesMax: number;
  /** Parts of one batch. At most `LIMITS.batchPartCountMax`. Default 256. */
  readonly batchPartCountMax: number;
  /** Files up to this size are read whole and sent by one PUT; larger ones resumably. Default 4 MiB. */
  readonly wholeFileBytesMax: number;
  /** Bytes of one append of a resumable upload. Default 4 MiB. */
  readonly appendBytes: number;
  /** Entries of a folder that are looked at together, and handed on together by the scan. Default 64. */
  readonly itemsTogetherCount: number;
  /** Names of one folder that are sorted in memory; a larger one goes through the spill (I12). Default 10,000. */
  readonly namesInMemoryCountMax: number;
  /** Rows of a job that are gathered before they are written together. Default 500. */
  readonly rowsTogetherCount: number;
  /** Rows of the state that are fetched at a time. Default 512. */
  readonly statePageRowCount: number;
  /** Rows of one page of the history and of details (F30, F31). Default `LIMITS.historyPageRowCount`. */
  readonly historyPageRowCount: number;
  /** Entries of a listing that a restore hands on together. Default 100. */
  readonly listedTogetherCount: number;
  /** Restored files that share a sync of their folders at most. Default 32. */
  readonly syncedTogetherCountMax: number;
  /** Folders of a destination that are held open in one branch; deeper ones are reached by name. Default 100. */
  readonly heldFolderDepthMax: number;
  /** Deletions on the service under way at once. Default 4. */
  readonly parallelDeleteCount: number;
  /** How long the service may be silent in one exchange. Default 60 s. */
  readonly requestTimeoutMs: number;
  /**
   * How long one exchange with it may take beside what its bytes take at `exchangeBytesPerSecondMin`, so
   * that a byte now and then keeps nothing alive for ever. Default 5 min.
   */
  readonly exchangeMsMax: number;
  /** See `exchangeMsMax`. Default 1 KiB, a tenth of the slowest lines. */
  readonly exchangeBytesPerSecondMin: number;
  /** How long one exchange is retried before its file is a communication error (D10). Default 10 min. */
  readonly retryBudgetMs: number;
  /**
   * The same where an answer came that is not the service's: somebody in between gives it, and seldom
   * for a moment only. Default 30 s.
   */
  readonly foreignRetryBudgetMs: number;
  /** First pause between tries; doubles each time (D10). Default 1 s. */
  readonly retryDelayMs: number;
  /** Longest pause between tries. Default 60 s. */
  readonly retryDelayMsMax: number;
  /** How often a file that changes while it is read, or is locked, is tried again (D8). Default 3. */
  readonly unstableFileRetryCount: number;
  /** Pause before such a try. Default 500 ms. */
  readonly unstableFileRetryDelayMs: number;
  /** Memory the agent allows itself; above it the job ends `out-of-memory` (B-OM). Default 512 MiB. */
  readonly memoryBudgetBytes: number;
  /** How long the service is waited for at a start to tell plan and capacity (F35). Default 3 s. */
  readonly usageNoticeMsMax: number;
  /** How long dialling a mail server, its greeting and STARTTLS may take together. Default 60 s. */
  readonly mailGreetingMsMax: number;
  /** How long it may be silent, as RFC 5321 asks at the end of a mail. Default 10 min. */
  readonly mailSilenceMsMax: number;
  /** How long one exchange with it may take. Default 30 min. */
  readonly mailExchangeMsMax: number;
  /** First pause before a mail is tried again; doubles each time (D14). Default 1 min. */
  readonly mailRetryDelayMs: number;
  /** Longest such pause. Default 1 h. */
  readonly mailRetryDelayMsMax: number;
  /** How long after it was made a mail is given up (D14). Default 24 h. */
  readonly mailAgeMsMax: number;
}

/** The defaults named above. */
export const DEFAULT_TUNING: Tuning = {
  parallelUploadCount: 4,
  parallelDownloadCount: 4,
  batchedFileBytesMax: 256 * 1024,
  batchBytesMax: 2 * 1024 * 1024,
  batchPartCountMax: 256,
  wholeFileBytesMax: 4 * 1024 * 1024,
  appendBytes: 4 * 1024 * 1024,
  itemsTogetherCount: 64,
  namesInMemoryCountMax: 10_000,
  rowsTogetherCount: 500,
  statePageRowCount: 512,
  historyPageRowCount: LIMITS.historyPageRowCount,
  listedTogetherCount: 100,
  syncedTogetherCountMax: 32,
  heldFolderDepthMax: 100,
  parallelDeleteCount: 4,
  requestTimeoutMs: 60_000,
  exchangeMsMax: 5 * 60_000,
  exchangeBytesPerSecondMin: 1024,
  retryBudgetMs: 10 * 60_000,
  foreignRetryBudgetMs: 30_000,
  retryDelayMs: 1_000,
  retryDelayMsMax: 60_000,
  unstableFileRetryCount: 3,
  unstableFileRetryDelayMs: 500,
  memoryBudgetBytes: 512 * 1024 * 1024,
  usageNoticeMsMax: 3_000,
  mailGreetingMsMax: 60_000,
  mailSilenceMsMax: 10 * 60_000,
  mailExchangeMsMax: 30 * 60_000,
  mailRetryDelayMs: 60_000,
  mailRetryDelayMsMax: 60 * 60_000,
  mailAgeMsMax: 24 * 60 * 60_000,
};
