import type { Contract, Generation } from "../protocol/http/schemas.ts";
import type { Clock } from "./ports/clock.ts";
import type { SqlDatabase } from "./ports/database.ts";
import type { Dialer } from "./ports/dialer.ts";
import type { Entropy } from "./ports/entropy.ts";
import type { Host } from "./ports/host.ts";
import type { Log } from "./ports/log.ts";
import type { ScheduleApi } from "./schedule/schedule-api.ts";
import type { MailApi } from "./mail/mail-api.ts";
import type { Mailer } from "./ports/mailer.ts";
import type { MemoryGauge } from "./ports/memory.ts";
import type { ListingPage } from "./ports/service.ts";
import type { SourceDisk } from "./ports/source-disk.ts";
import type { TargetDisk } from "./ports/target-disk.ts";
import type {
  ConflictChoice,
  DetailStatus,
  JobFileRecord,
  JobRecord,
  JobTrigger,
} from "../protocol/job-record.ts";
import type { Page, Settings, SourceFolder } from "./state/records.ts";
import type { JobKind } from "../protocol/job-kind.ts";
import type { Tuning } from "./tuning.ts";

export type { ListedEntry } from "./ports/service.ts";
export type { ScheduleStatus } from "./schedule/schedule-api.ts";

/** Everything the agent needs of the world around it. */
export interface AgentPorts {
  readonly clock: Clock;
  readonly entropy: Entropy;
  readonly disk: SourceDisk;
  /** Where restores go. */
  readonly targetDisk: TargetDisk;
  /** The PC around the tool; needed for the schedule. */
  readonly host?: Host;
  readonly memory: MemoryGauge;
  readonly log: Log;
  readonly dialer: Dialer;
  readonly database: SqlDatabase;
  /** Where mails go out. */
  readonly mailer?: Mailer;
}

/** What the agent is opened with. */
export interface AgentOptions {
  /** The agent's own folder; refused as a source (D17). */
  readonly homePath: string;
  /** Default for the name of this PC on the service. */
  readonly defaultDeviceName: string;
  readonly tuning?: Partial<Tuning>;
  /**
   * Lets nobody else work on the database while the daemon deals with slots. Default: nobody else
   * is there.
   */
  readonly exclusively?: <Result>(work: () => Promise<Result>) => Promise<Result>;
}

/** What `login` takes. */
export interface LoginRequest {
  /** `http://host:port` or `https://...`, without a path. */
  readonly serviceUrl: string;
  readonly loginId: string;
  readonly password: string;
}

/** Who is logged in (F01). Holds no secret. */
export interface AccountInfo {
  readonly serviceUrl: string;
  readonly loginId: string;
  readonly nickname: string;
}

/** A moment of a running job (F31). */
export interface Progress {
  readonly jobId: number;
  readonly sourcePath: string;
  readonly filesDone: number;
  /** Null until it is known. */
  readonly filesTotal: number | null;
  readonly bytesDone: number;
  readonly bytesTotal: number | null;
  readonly currentPath: string | null;
}

/** What `runBackup` takes. */
export interface BackupRequest {
  /** The slot it is for, by its day number (F12). */
  readonly slotDay?: number;
  /** Default: every source, in the order they were added. */
  readonly sourceIds?: readonly number[];
  /** Default `manual`. */
  readonly trigger?: JobTrigger;
  /**
   * A person saw what D15 is about and wants the deletions carried out all the same. Only with
   * `trigger` `manual`. Default false.
   */
  readonly confirmDeletions?: boolean;
  /** Called often; keep it cheap. When given, totals are estimated by a second walk. */
  readonly onProgress?: (progress: Progress) => void;
  /** Called when a job row is written, before the job starts, and when it ended. */
  readonly onJob?: (job: JobRecord) => void;
  /** Called for every row of the details as it is recorded. */
  readonly onFile?: (row: JobFileRecord) => void;
}

/** A file that stands where one is to be restored (F42). */
export interface Conflict {
  /** The path on this PC. */
  readonly path: string;
  /** What stands there. */
  readonly existing: { readonly sizeBytes: number; readonly modifiedAtNs: bigint };
  /** What would be put there. */
  readonly restored: { readonly sizeBytes: number; readonly modifiedAtNs: bigint };
}

/** What a person says to a conflict. */
export interface ConflictAnswer {
  readonly choice: ConflictChoice;
  /** Also for all the conflicts that follow in this restore (同処理を他のファイルにも適用する). */
  readonly forAll: boolean;
}

/** What `restore` takes. */
export interface RestoreRequest {
  /**
   * Which place on the service: its names joined by `/`, from the area down; or a source folder of
   * this PC or a path in one, which stands for its backup.
   */
  readonly from: string;
  /** Default: the folder when there is one of this path, else the file (decision 0004). */
  readonly entryKind?: "file" | "folder";
  /** The folder on this PC: what is in a restored folder goes right into it, a file under its name. */
  readonly to: string;
  /** Of a file: which generation. Default: the newest (F26). */
  readonly generation?: number;
  /** Default `skip`: what stands there is never touched unasked. */
  readonly onConflict?: ConflictChoice | ((conflict: Conflict) => Promise<ConflictAnswer>);
  readonly trigger?: Extract<JobTrigger, "manual" | "rerun">;
  readonly onProgress?: (progress: Progress) => void;
  readonly onJob?: (job: JobRecord) => void;
  readonly onFile?: (row: JobFileRecord) => void;
}

/** What `rerun` takes. `onConflict` answers for a restore in which a person was asked; default `skip`. */
export type RerunRequest = Pick<RestoreRequest, "onConflict" | "onProgress" | "onJob" | "onFile">;

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
