import type { Redactor } from "../../messages/redactor.ts";
import { RowReader } from "../state/row.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { AccountInfo } from "./requests.ts";

/**
 * The login that is remembered. Password and token are secrets (I10): the row is their only place,
 * in a file that only its owner can read; nothing prints it.
 */
export interface StoredAccount {
  readonly serviceUrl: string;
  readonly loginId: string;
  readonly password: string;
  readonly nickname: string;
  readonly token: string;
}

/** The row that says whose login was lost. */
const LOST = "lostLoginId";

/** Keeps at most one account. */
export class AccountStore {
  readonly #database: StateDatabase;
  readonly #redactor: Redactor | undefined;

  /** `redactor` learns each secret that passes. */
  constructor(database: StateDatabase, redactor?: Redactor) {
    this.#database = database;
    this.#redactor = redactor;
  }

  read(): StoredAccount | undefined {
    const row = this.#database.get("SELECT * FROM account");
    if (row === undefined) return undefined;
    const reader = new RowReader(row);
    const account = {
      serviceUrl: reader.text("service_url"),
      loginId: reader.text("login_id"),
      password: reader.text("password"),
      nickname: reader.text("nickname"),
      token: reader.text("token"),
    };
    this.#learn(account);
    return account;
  }

  /** Who is logged in, without the secrets. */
  info(): AccountInfo | undefined {
    const account = this.read();
    if (account === undefined) return undefined;
    const { serviceUrl, loginId, nickname } = account;
    return { serviceUrl, loginId, nickname };
  }

  write(account: StoredAccount): void {
    this.#learn(account);
    this.#database.transaction("acknowledged", () => {
      this.#database.run(
        `INSERT OR REPLACE INTO account (only_one, service_url, login_id, password, nickname, token)
         VALUES (1, ?, ?, ?, ?, ?)`,
        account.serviceUrl,
        account.loginId,
        account.password,
        account.nickname,
        account.token,
      );
      this.#database.run("DELETE FROM setting WHERE name = ?", LOST);
    });
  }

  /** Notes a new session of a login; false, and nothing changes, when that login is not the stored one any more. */
  renew(login: StoredAccount, session: Pick<StoredAccount, "token" | "nickname">): boolean {
    this.#redactor?.learnToken(session.token);
    const { changes } = this.#database.transaction("acknowledged", () =>
      this.#database.run(
        `UPDATE account SET token = ?, nickname = ?
         WHERE service_url = ? AND login_id = ? AND password = ?`,
        session.token,
        session.nickname,
        login.serviceUrl,
        login.loginId,
        login.password,
      ),
    );
    return changes > 0;
  }

  #learn({ password, token }: StoredAccount): void {
    this.#redactor?.learn(password);
    this.#redactor?.learnToken(token);
  }

  /** Forgets the login; nothing of it stays in the table. */
  clear(): void {
    this.#database.transaction("acknowledged", () => {
      this.#database.run("DELETE FROM account");
      this.#database.run("DELETE FROM setting WHERE name = ?", LOST);
    });
  }

  /**
   * Forgets a login that the service no longer takes, and remembers whose it was until somebody logs in
   * or out. False, and nothing changes, when that login is not the stored one any more.
   */
  lose({ serviceUrl, loginId, password }: StoredAccount): boolean {
    return this.#database.transaction("acknowledged", () => {
      const { changes } = this.#database.run(
        "DELETE FROM account WHERE service_url = ? AND login_id = ? AND password = ?",
        serviceUrl,
        loginId,
        password,
      );
      if (changes === 0) return false;
      this.#database.run(
        "INSERT OR REPLACE INTO setting (name, value) VALUES (?, ?)",
        LOST,
        loginId,
      );
      return true;
    });
  }

  /** Whose login the service no longer took, while nobody is logged in because of that. */
  lostLoginId(): string | undefined {
    const row = this.#database.get("SELECT value FROM setting WHERE name = ?", LOST);
    return row === undefined ? undefined : new RowReader(row).text("value");
  }
}
