import type { AgentApi } from "../agent-api.ts";
import type { MailStatus } from "../../mail/mail-records.ts";
import type { MailValues } from "../../mail/requests.ts";
import type { BackupRequest } from "../../jobs/requests.ts";
import type { Contract, Entry, Generation } from "../../../protocol/http/schemas.ts";
import type { ScheduleStatus } from "../../schedule/schedule-records.ts";
import type { JobFileRecord, JobRecord } from "../../../protocol/job-record.ts";
import type { Settings, SourceFolder } from "../../state/records.ts";
import { DEFAULT_SETTINGS } from "../../state/settings-store.ts";
import type { AgentOpener } from "../command-runner.ts";
import { fileRecord, jobRecord, onePage } from "./job-records.ts";

const SOURCE: SourceFolder = {
  id: 1,
  path: "/home/taro/docs",
  name: "docs",
  destination: "セキュリティ領域/自動バックアップ/taro/pc/docs",
  addedAtMs: Date.UTC(2026, 10, 21),
};

const GENERATION: Generation = {
  generation: 2,
  sizeBytes: 2048,
  modifiedAtNs: "1795000000000000000",
  mode: "0644",
  savedAt: "2026-11-21T03:00:00.000Z",
  sha256: "00".repeat(32),
  etag: '"a"',
};

const FOLDER: Entry = {
  kind: "folder",
  id: "1",
  name: "資料",
  path: `${SOURCE.destination}/資料`,
  modifiedAtNs: "1795000000000000000",
  mode: "0755",
  createdAt: "2026-11-21T03:00:00.000Z",
  writeOrder: 1,
};

const { generation: _generation, ...NEWEST } = GENERATION;

const FILE: Entry = {
  ...NEWEST,
  kind: "file",
  id: "2",
  name: "a.txt",
  path: `${SOURCE.destination}/a.txt`,
  generationCount: 2,
  writeOrder: 2,
};

const CONTRACT: Contract = {
  loginId: "taro",
  nickname: "太郎",
  edition: "office-anshin",
  plan: "standard",
  generationCountMax: 10,
  quotaBytes: 1000,
  usedBytes: 250,
  freeBytes: 750,
};

const MAIL: MailValues = {
  host: "smtp.example.com",
  port: 465,
  user: "taro",
  secure: true,
  from: "pc@example.com",
  to: ["taro@example.com"],
};

const MAIL_STATUS: MailStatus = {
  draft: MAIL,
  isDraftTested: true,
  isLoginUnused: false,
  isDraftConfirmed: true,
  confirmed: MAIL,
  isOn: true,
};

const NO_SCHEDULE: ScheduleStatus = {
  schedule: null,
  isOn: true,
  nextAtMs: null,
  isDayDealtWith: false,
};

const nothing = (): void => undefined;
const soon = async (): Promise<void> => undefined;

/** An agent that does nothing and answers from records; for tests of what commands print. */
export class FakeAgent implements AgentApi {
  readonly waits: AgentApi["waits"] = { watch: () => () => undefined };
  readonly record: JobRecord;
  readonly files: readonly JobFileRecord[];
  #settings: Settings = { ...DEFAULT_SETTINGS, deviceName: "pc" };

  readonly account: AgentApi["account"] = {
    login: async ({ serviceUrl, loginId }) => ({ serviceUrl, loginId, nickname: "太郎" }),
    logout: soon,
    info: () => ({ serviceUrl: "http://x", loginId: "taro", nickname: "太郎" }),
  };
  readonly usageNotice: AgentApi["usageNotice"] = { take: async () => null };
  readonly settings: AgentApi["settings"] = {
    read: () => this.#settings,
    change: (changes) => (this.#settings = { ...this.#settings, ...changes }),
  };
  readonly sources: AgentApi["sources"] = {
    list: () => [SOURCE],
    add: async (path) => ({ ...SOURCE, path }),
    remove: () => SOURCE,
    chosen: () => [SOURCE],
    placeOf: () => [],
  };
  readonly stored: AgentApi["stored"] = {
    page: async () => ({ entries: [FOLDER, FILE], isLast: true, entryCount: 2 }),
    generations: async () => [GENERATION],
    capacity: async () => CONTRACT,
  };
  readonly runs: AgentApi["runs"] = {
    backUp: async (request) => this.#run(request),
    backUpForSlot: async () => undefined,
    restore: async (request) => {
      this.#run(request);
      return this.record;
    },
    rerun: async (_id, request) => this.#run(request),
    interrupt: nothing,
  };
  readonly history: AgentApi["history"] = {
    jobs: () => onePage([this.record]),
    job: () => this.record,
    files: () => onePage(this.files),
  };
  readonly mail: AgentApi["mail"] = {
    settings: () => MAIL_STATUS,
    set: () => MAIL_STATUS,
    test: async () => MAIL_STATUS,
    confirm: () => MAIL_STATUS,
    setOn: (isOn) => ({ ...MAIL_STATUS, isOn }),
    outbox: () => ({ mails: [], trouble: null }),
    enqueueReport: () => false,
    startSending: nothing,
    refresh: nothing,
    close: soon,
  };
  readonly schedule: AgentApi["schedule"] = {
    status: () => NO_SCHEDULE,
    set: (schedule) => ({ ...NO_SCHEDULE, schedule }),
    setOn: (isOn) => ({ ...NO_SCHEDULE, isOn }),
    start: soon,
    lookNow: nothing,
    note: nothing,
    close: soon,
  };

  readonly recovery: AgentApi["recovery"] = {
    isDue: false,
    run: async () => ({ sources: [], deviceName: "pc", unclaimedNames: [], otherDeviceNames: [] }),
  };

  constructor(job: Partial<JobRecord> = {}, files: readonly JobFileRecord[] = [fileRecord()]) {
    this.record = jobRecord(job);
    this.files = files;
  }

  refresh(): void {}

  async close(): Promise<void> {}

  #run(request?: Pick<BackupRequest, "onJob" | "onProgress" | "onFile">): readonly JobRecord[] {
    request?.onJob?.({ ...this.record, status: "running", endedAtMs: null, causes: [] });
    request?.onProgress?.({
      jobId: this.record.id,
      sourcePath: this.record.sourcePath,
      filesDone: 0,
      filesTotal: null,
      bytesDone: 0,
      bytesTotal: null,
      currentPath: null,
    });
    for (const row of this.files) request?.onFile?.(row);
    request?.onJob?.(this.record);
    return [this.record];
  }
}

/** Opens the given agent for every command. */
export function opening(agent: AgentApi): AgentOpener {
  return {
    open: async () => ({
      agent,
      instanceId: undefined,
      [Symbol.asyncDispose]: async () => undefined,
    }),
    look: async () => ({ records: agent, [Symbol.dispose]: () => undefined }),
    openDaemon: async () => ({
      agent,
      dataVersion: () => 1,
      announceBackup: () => undefined,
      endTurns: () => undefined,
      [Symbol.asyncDispose]: async () => undefined,
    }),
  };
}
