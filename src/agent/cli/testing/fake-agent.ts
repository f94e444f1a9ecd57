import type { AgentApi } from "../../agent-api.ts";
import type { BackupRequest } from "../../jobs/requests.ts";
import type { Entry, Generation } from "../../../protocol/http/schemas.ts";
import type { MailStatus, MailValues } from "../../mail/mail-api.ts";
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
  savedAt: "2026-11-21T03:00:00.000Z",
  sha256: "00".repeat(32),
  etag: '"a"',
};

const FOLDER: Entry = {
  kind: "folder",
  id: "1",
  name: "資料",
  path: `${SOURCE.destination}/資料`,
  createdAt: "2026-11-21T03:00:00.000Z",
};

const { generation: _generation, ...NEWEST } = GENERATION;

const FILE: Entry = {
  ...NEWEST,
  kind: "file",
  id: "2",
  name: "a.txt",
  path: `${SOURCE.destination}/a.txt`,
  generationCount: 2,
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
  isDraftConfirmed: true,
  confirmed: MAIL,
  isOn: true,
};

/** An agent that does nothing and answers from records; for tests of what commands print. */
export class FakeAgent implements AgentApi {
  readonly record: JobRecord;
  readonly files: readonly JobFileRecord[];
  #settings: Settings = { ...DEFAULT_SETTINGS, deviceName: "pc" };

  constructor(job: Partial<JobRecord> = {}, files: readonly JobFileRecord[] = [fileRecord()]) {
    this.record = jobRecord(job);
    this.files = files;
  }

  login: AgentApi["login"] = async ({ serviceUrl, loginId }) => ({
    serviceUrl,
    loginId,
    nickname: "太郎",
  });
  logout: AgentApi["logout"] = async () => undefined;
  account: AgentApi["account"] = () => ({
    serviceUrl: "http://x",
    loginId: "taro",
    nickname: "太郎",
  });
  settings: AgentApi["settings"] = () => this.#settings;
  changeSettings: AgentApi["changeSettings"] = (changes) => {
    this.#settings = { ...this.#settings, ...changes };
    return this.#settings;
  };
  addSource: AgentApi["addSource"] = async (path) => ({ ...SOURCE, path });
  removeSource: AgentApi["removeSource"] = () => SOURCE;
  sources: AgentApi["sources"] = () => [SOURCE];
  restore: AgentApi["restore"] = async (request) => {
    this.#run(request);
    return this.record;
  };
  rerun: AgentApi["rerun"] = async (_id, request = {}) => this.#run(request);
  generations: AgentApi["generations"] = async () => [GENERATION];
  browse: AgentApi["browse"] = async () => ({ entries: [FOLDER, FILE], nextPageToken: null });
  schedule: AgentApi["schedule"] = () => ({ schedule: null, isOn: true, nextAtMs: null });
  setSchedule: AgentApi["setSchedule"] = (schedule) => ({ schedule, isOn: true, nextAtMs: null });
  setAutomaticBackup: AgentApi["setAutomaticBackup"] = (isOn) => ({
    schedule: null,
    isOn,
    nextAtMs: null,
  });
  startSchedule: AgentApi["startSchedule"] = async () => undefined;
  lookAtSchedule: AgentApi["lookAtSchedule"] = () => undefined;
  takeUsageNotice: AgentApi["takeUsageNotice"] = async () => null;
  interrupt: AgentApi["interrupt"] = () => undefined;
  jobs: AgentApi["jobs"] = () => onePage([this.record]);
  job: AgentApi["job"] = () => this.record;
  jobFiles: AgentApi["jobFiles"] = () => onePage(this.files);
  close: AgentApi["close"] = async () => undefined;
  mailSettings: AgentApi["mailSettings"] = () => MAIL_STATUS;
  setMail: AgentApi["setMail"] = () => MAIL_STATUS;
  testMail: AgentApi["testMail"] = async () => MAIL_STATUS;
  confirmMail: AgentApi["confirmMail"] = () => MAIL_STATUS;
  setMailOn: AgentApi["setMailOn"] = (isOn) => ({ ...MAIL_STATUS, isOn });
  outbox: AgentApi["outbox"] = () => ({ mails: [], trouble: null });
  enqueueReport: AgentApi["enqueueReport"] = () => false;
  startSendingMail: AgentApi["startSendingMail"] = () => undefined;
  capacity: AgentApi["capacity"] = async () => ({
    loginId: "taro",
    nickname: "太郎",
    edition: "office-anshin",
    plan: "standard",
    generationCountMax: 10,
    quotaBytes: 1000,
    usedBytes: 250,
    freeBytes: 750,
  });

  runBackup: AgentApi["runBackup"] = async (request = {}) => this.#run(request);

  #run(request: Pick<BackupRequest, "onJob" | "onProgress" | "onFile">): readonly JobRecord[] {
    request.onJob?.({ ...this.record, status: "running", endedAtMs: null, causes: [] });
    request.onProgress?.({
      jobId: this.record.id,
      sourcePath: this.record.sourcePath,
      filesDone: 0,
      filesTotal: null,
      bytesDone: 0,
      bytesTotal: null,
      currentPath: null,
    });
    for (const row of this.files) request.onFile?.(row);
    request.onJob?.(this.record);
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
