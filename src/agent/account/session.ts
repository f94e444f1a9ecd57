import { AgentError } from "../agent-error.ts";
import type { HttpSessionService } from "../adapters/http-service/http-session-service.ts";
import type { SessionSource } from "../adapters/http-service/http-service.ts";
import { ServiceError } from "../ports/service.ts";
import { isLoginRefusal } from "../../protocol/http/is-login-refusal.ts";
import type { Session } from "../../protocol/http/schemas.ts";
import type { AccountStore, StoredAccount } from "./account-store.ts";
import { message } from "../../messages/message.ts";

interface AccountSessionOptions {
  readonly accounts: AccountStore;
  readonly service: Pick<HttpSessionService, "login">;
  readonly deviceName: () => string;
  /** Called at once when the service refused the login, which is forgotten by then. */
  readonly onLost: () => void;
}

/**
 * The remembered login as the source of session tokens: renews the session with ID and password. The
 * password is tried by itself once: a login that the service refuses is forgotten (F02), since each
 * further try counts as one more wrong password.
 */
export class AccountSession implements SessionSource {
  readonly #accounts: AccountStore;
  readonly #service: Pick<HttpSessionService, "login">;
  readonly #deviceName: () => string;
  readonly #onLost: () => void;
  #renewal: Promise<string> | undefined;

  constructor(options: AccountSessionOptions) {
    this.#accounts = options.accounts;
    this.#service = options.service;
    this.#deviceName = options.deviceName;
    this.#onLost = options.onLost;
  }

  token(): string {
    return this.#account().token;
  }

  /** Several exchanges may find the session over at once: they share one login. */
  async renew(): Promise<string> {
    this.#renewal ??= this.#login();
    try {
      return await this.#renewal;
    } finally {
      this.#renewal = undefined;
    }
  }

  async #login(): Promise<string> {
    const account = this.#account();
    const session = await this.#askFor(account);
    // Another process may have logged out or in meanwhile, which this must not undo.
    if (!this.#accounts.renew(account, session)) throw notLoggedIn(this.#accounts);
    return session.token;
  }

  async #askFor(account: StoredAccount): Promise<Session> {
    try {
      return await this.#service.login(account.loginId, account.password, this.#deviceName());
    } catch (error) {
      // Any other refusal says nothing of the password.
      const isRefused =
        error instanceof ServiceError &&
        error.failure.kind === "refused" &&
        isLoginRefusal(error.failure.problem);
      // Whoever is told stops what runs before the next exchange asks for a token.
      if (isRefused && this.#accounts.lose(account)) this.#onLost();
      throw error;
    }
  }

  #account(): StoredAccount {
    const account = this.#accounts.read();
    if (account === undefined) throw notLoggedIn(this.#accounts);
    return account;
  }
}

/** What everything answers that needs a login while there is none. */
export function notLoggedIn(accounts: Pick<AccountStore, "lostLoginId">): AgentError {
  const loginId = accounts.lostLoginId();
  return loginId === undefined
    ? new AgentError("not-logged-in", message("account.not-logged-in"))
    : new AgentError("login-lost", message("account.login-lost", { loginId }));
}
