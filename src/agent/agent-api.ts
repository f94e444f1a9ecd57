import type { AccountInfo, LoginRequest } from "./account/requests.ts";
import type { BackupRequest, RerunRequest, RestoreRequest } from "./jobs/requests.ts";
import type { Contract, Generation } from "../protocol/http/schemas.ts";
import type { ScheduleApi } from "./schedule/schedule-api.ts";
import type { MailApi } from "./mail/mail-api.ts";
import type { ListingPage } from "./ports/service.ts";
import type { DetailStatus, JobFileRecord, JobRecord } from "../protocol/job-record.ts";
import type { Page, Settings, SourceFolder } from "./state/records.ts";
import type { JobKind } from "../protocol/job-kind.ts";

/** What `jobFiles` takes. */
export interface JobFilesRequest {
  /** Only rows with this status. Default: all. */
  readonly status?: DetailStatus;
  /** From 1; default 1. A page has `LIMITS.historyPageRowCount` rows. */
  readonly page?: number;
}

/**
 * The backup tool: what its commands, its daemon and the scenarios drive. Methods throw `AgentError`
 * and nothing else. One agent at a time works on a database.
 */
export interface AgentApi extends MailApi, ScheduleApi {
  /** Logs in and remembers it, so that later runs can renew the session (F01). */
  login(request: LoginRequest): Promise<AccountInfo>;
  /** Ends a running job as 中断 (B-INT-2), then forgets the login (F06). */
  logout(): Promise<void>;
  /** Who is logged in. */
  account(): AccountInfo | undefined;
  settings(): Settings;
  changeSettings(changes: Partial<Settings>): Settings;
  /** Adds a source folder and creates its destination on the service (F10, F11, D17). */
  addSource(path: string): Promise<SourceFolder>;
  /** Removes a source folder by ID or path; what is on the service stays. */
  removeSource(idOrPath: string): SourceFolder;
  sources(): readonly SourceFolder[];
  /**
   * Backs sources up one after another; one ended job per source, in order (F19), each followed by
   * its delete job when 差分比較削除 is on (F17).
   */
  runBackup(request?: BackupRequest): Promise<readonly JobRecord[]>;
  /** 中断: ends the running backup or delete job soon; a restore has no 中断 and goes on (F19). */
  interrupt(): void;
  /** Restores a folder, a file or a generation of one; resolves to its ended job (F25, F26). */
  restore(request: RestoreRequest): Promise<JobRecord>;
  /**
   * 再実行 of a backup or restore that is 未完了, with the settings it had (F32). Resolves to its
   * ended jobs: a backup's own, then its delete job when it had 差分比較削除.
   */
  rerun(id: number, request?: RerunRequest): Promise<readonly JobRecord[]>;
  /** The generations kept of a file on the service, newest first; `path` as in `RestoreRequest` (F22). */
  generations(path: string): Promise<readonly Generation[]>;
  /** One page of what is in a folder on the service; `path` as in `RestoreRequest` (F40). */
  browse(path: string, pageToken?: string): Promise<ListingPage>;
  /** History, newest first (F30). */
  jobs(kind: JobKind, page?: number): Page<JobRecord>;
  job(id: number): JobRecord;
  /** Details of one job (F31). */
  jobFiles(id: number, request?: JobFilesRequest): Page<JobFileRecord>;
  /** Plan, used and free capacity (F45). */
  capacity(): Promise<Contract>;
  /**
   * The usage notice of this month (F35), at its first call in it that finds somebody logged in and
   * the service; else null. `zone` (IANA) tells the month. Never throws for what the service does.
   */
  takeUsageNotice(zone: string): Promise<Contract | null>;
  /** Closes the tool: a running job ends as 不慮の事態 (B-UX-6). The database stays open. */
  close(): Promise<void>;
}

/** What of the backup tool only reads what it wrote down; also safe while another process works. */
export type AgentRecordsApi = Pick<
  AgentApi,
  | "account"
  | "settings"
  | "sources"
  | "schedule"
  | "jobs"
  | "job"
  | "jobFiles"
  | "mailSettings"
  | "outbox"
>;
