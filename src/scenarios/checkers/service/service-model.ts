import type { ClientFacts } from "../../observation/client-event.ts";
import { ContractModel } from "./contract-model.ts";
import { SessionModel, type KeptSessions } from "./session-model.ts";
import { ToldNames } from "./told-names.ts";
import type { ModelUpload } from "./upload-model.ts";

/** What the customer has: 100 GiB and three generations. */
const QUOTA_BYTES = 100 * 2 ** 30;
const GENERATION_COUNT_MAX = 3;

/** Folders that are there before anybody does anything. */
const FIXED_FOLDERS: readonly (readonly string[])[] = [
  ["セキュリティ領域", "自動バックアップ"],
  ["セキュリティ領域", "手動バックアップ"],
];

/** Entries of one page of a listing, where the scenario says nothing else. */
const PAGE_ENTRY_COUNT_MAX = 1000;

interface KeptModel {
  readonly contract: ReturnType<ContractModel["copy"]>;
  readonly sessions: KeptSessions;
}

/** All that the service has to know of one customer, by what crossed the wire. */
export class ServiceModel {
  readonly account: ClientFacts;
  readonly contract = new ContractModel(QUOTA_BYTES, GENERATION_COUNT_MAX);
  readonly told = new ToldNames();
  readonly sessions: SessionModel;
  /** By their places. */
  readonly uploads = new Map<string, ModelUpload>();
  /** Places of uploads that there were. */
  readonly endedUploads = new Set<string>();
  /** Where pages begin, by token: behind this key. */
  readonly pageTokens = new Map<string, Buffer>();
  readonly pageEntryCountMax: number;
  #kept: KeptModel;

  constructor(
    account: ClientFacts,
    startMs: number,
    pageEntryCountMax: number = PAGE_ENTRY_COUNT_MAX,
  ) {
    this.account = account;
    this.pageEntryCountMax = pageEntryCountMax;
    this.sessions = new SessionModel(account);
    for (const path of FIXED_FOLDERS) this.contract.makeFolders(path, { fromMs: 0, toMs: startMs });
    this.#kept = this.#copy(startMs);
  }

  /** The operator keeps what the service has. */
  keep(nowMs: number): void {
    this.#kept = this.#copy(nowMs);
  }

  /** The operator puts the service back; unfinished uploads are not among what is kept. */
  putBack(): void {
    const { contract, sessions } = this.#kept;
    this.contract.putBack(contract);
    this.sessions.putBack(sessions);
    this.told.putBack(this.contract, contract.version);
    for (const place of this.uploads.keys()) this.endedUploads.add(place);
    this.uploads.clear();
  }

  /** The customer's own folder, which a login sees to. */
  get home(): readonly string[] {
    return [...(FIXED_FOLDERS[0] ?? []), `管理者フォルダ(${this.account.loginId})`];
  }

  #copy(nowMs: number): KeptModel {
    return { contract: this.contract.copy(), sessions: this.sessions.copy(nowMs) };
  }
}
