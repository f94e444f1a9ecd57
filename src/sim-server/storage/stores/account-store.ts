import { createHash, timingSafeEqual } from "node:crypto";

import { message } from "../../../messages/message.ts";
import { SpokenError } from "../../../messages/spoken-error.ts";
import {
  AUTOMATIC_BACKUP_FOLDER,
  MANUAL_BACKUP_FOLDER,
  SECURITY_AREA,
} from "../../../protocol/service-path.ts";
import { contractTerms, type AccountSettings, type ContractTerms } from "./account-settings.ts";
import type { BytesStore } from "./bytes-store.ts";
import { ContractStorage } from "./contract-storage.ts";
import type { ServiceHistory } from "./service-history.ts";
import type { ListenerLink } from "./listener-link.ts";
import type { ServiceNode } from "./service-nodes.ts";

/** Accounts, and contracts, that one service has at most. */
const ACCOUNT_COUNT_MAX = 10_000;

/** A contract: what was ordered, and the files. */
export interface Contract {
  readonly id: string;
  readonly terms: ContractTerms;
  readonly storage: ContractStorage;
}

/** Someone who can log in. */
export interface Account {
  readonly loginId: string;
  readonly nickname: string;
  readonly contract: Contract;
}

/** Is told of accounts, contracts and what is in them. */
export interface AccountListener {
  /** A contract came, or its terms changed. */
  contract(contract: Contract): void;
  /** A folder or file came, moved or got another generation. */
  node(contractId: string, node: ServiceNode): void;
  /** A folder, with everything in it, or a file went; it still has its children. */
  nodeGone(contractId: string, node: ServiceNode): void;
  /** A contract came to another state. */
  history(contractId: string, history: ServiceHistory): void;
  account(account: Account, password: string): void;
}

interface AccountStoreOptions {
  /** An id for a timeline, see `ServiceHistory`. */
  readonly newTimeline: () => string;
  readonly bytes: BytesStore;
  readonly clock: { nowMs(): number };
  /** Default: nobody is told of changes. */
  readonly journal?: ListenerLink<AccountListener>;
}

/** Accounts and contracts. Passwords stay in here: nothing that leaves it carries one but `passwordOf`. */
export class AccountStore {
  readonly #options: AccountStoreOptions;
  readonly #accounts = new Map<string, Account>();
  readonly #contracts = new Map<string, Contract>();
  readonly #passwords = new Map<string, string>();

  /** An empty store. */
  constructor(options: AccountStoreOptions) {
    this.#options = options;
  }

  /**
   * Adds an account, and its contract when it is the first of it, with the areas that are always
   * there (F40). Throws a `SpokenError` for a login ID that is taken, beyond 10,000 accounts, and when it says of a
   * contract that is there already something else than that has.
   */
  add(settings: AccountSettings): Account {
    const { loginId, password } = settings;
    if (this.#accounts.has(loginId))
      throw new SpokenError(message("storage.login-id-taken", { loginId }));
    assertCountable(this.#accounts);
    const contractId = settings.contractId ?? loginId;
    const known = this.#contracts.get(contractId);
    for (const term of known === undefined ? [] : (["edition", "plan", "quotaBytes"] as const)) {
      if (settings[term] !== undefined && settings[term] !== known?.terms[term]) {
        throw new SpokenError(message("storage.other-term", { term, loginId, contractId }));
      }
    }
    const contract = known ?? this.addContract(contractId, contractTerms(settings));
    const account: Account = { loginId, nickname: settings.nickname ?? loginId, contract };
    this.#accounts.set(loginId, account);
    this.#passwords.set(loginId, password);
    this.#options.journal?.to?.account(account, password);
    return account;
  }

  /** Adds a contract without accounts; a `bare` one without the areas, for a snapshot to fill. */
  addContract(id: string, terms: ContractTerms, filled: "areas" | "bare" = "areas"): Contract {
    const { bytes, clock, newTimeline, journal } = this.#options;
    const { quotaBytes, generationCountMax } = terms;
    assertCountable(this.#contracts);
    const storage = new ContractStorage({
      bytes,
      clock,
      newTimeline,
      quotaBytes,
      generationCountMax,
      ...(journal && {
        listener: {
          changed: (node) => journal.to?.node(id, node),
          gone: (node) => journal.to?.nodeGone(id, node),
          advanced: (history) => journal.to?.history(id, history),
        },
      }),
    });
    const contract: Contract = { id, terms, storage };
    journal?.to?.contract(contract);
    for (const name of filled === "areas" ? [AUTOMATIC_BACKUP_FOLDER, MANUAL_BACKUP_FOLDER] : []) {
      storage.tree.ensureFolder([SECURITY_AREA, name], clock.nowMs());
    }
    this.#contracts.set(id, contract);
    return contract;
  }

  /** Whether there is an account of this login ID. */
  has(loginId: string): boolean {
    return this.#accounts.has(loginId);
  }

  /** The account of a login ID. Throws a `SpokenError` when there is none. */
  get(loginId: string): Account {
    const account = this.#accounts.get(loginId);
    if (account === undefined) throw new SpokenError(message("storage.no-account", { loginId }));
    return account;
  }

  /** The account that login ID and password belong to; takes as long for any wrong pair. */
  authenticate(loginId: string, password: string): Account | undefined {
    const expected = this.#passwords.get(loginId);
    const equal = timingSafeEqual(digest(expected ?? ""), digest(password));
    return equal && expected !== undefined ? this.#accounts.get(loginId) : undefined;
  }

  /** Changes a password; sessions live on. */
  setPassword(loginId: string, password: string): void {
    const account = this.get(loginId);
    this.#passwords.set(loginId, password);
    this.#options.journal?.to?.account(account, password);
  }

  /**
   * The account belongs to a new contract of the same terms from now on, which has nothing but the areas; the
   * old one stays for whoever else has it. Sessions are their holder's to end.
   */
  moveToNewContract(loginId: string): void {
    const account = this.get(loginId);
    const { id, terms } = account.contract;
    let number = 2;
    while (this.#contracts.has(`${id} (${number})`)) number += 1;
    const moved = { ...account, contract: this.addContract(`${id} (${number})`, terms) };
    this.#accounts.set(loginId, moved);
    this.#options.journal?.to?.account(moved, this.passwordOf(loginId));
  }

  /** Changes a contract's capacity; throws a RangeError below what is used. */
  setQuotaBytes(loginId: string, quotaBytes: number): void {
    const { contract } = this.get(loginId);
    contract.storage.quotaBytes = quotaBytes;
    this.#options.journal?.to?.contract(contract);
  }

  /** The password, for snapshots. It is a secret. */
  passwordOf(loginId: string): string {
    return this.#passwords.get(loginId) ?? "";
  }

  /** All accounts, in the order they were added. */
  all(): readonly Account[] {
    return [...this.#accounts.values()];
  }

  /** All contracts, in the order they were added. */
  contracts(): readonly Contract[] {
    return [...this.#contracts.values()];
  }
}

function assertCountable({ size }: ReadonlyMap<string, unknown>): void {
  if (size < ACCOUNT_COUNT_MAX) return;
  throw new SpokenError(message("storage.account-count", { max: ACCOUNT_COUNT_MAX }));
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
