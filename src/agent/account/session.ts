import { AgentError } from "../agent-error.ts";
import type { HttpSessionService } from "../adapters/http-service/http-session-service.ts";
import type { SessionSource } from "../adapters/http-service/http-service.ts";
import type { AccountStore, StoredAccount } from "./account-store.ts";
import { message } from "../../messages/message.ts";

/** The remembered login as the source of session tokens: renews the session with ID and password. */
export class AccountSession implements SessionSource {
  readonly #accounts: AccountStore;
  readonly #service: HttpSessionService;
  readonly #deviceName: () => string;
  #renewal: Promise<string> | undefined;

  constructor(accounts: AccountStore, service: HttpSessionService, deviceName: () => string) {
    this.#accounts = accounts;
    this.#service = service;
    this.#deviceName = deviceName;
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
    const session = await this.#service.login(
      account.loginId,
      account.password,
      this.#deviceName(),
    );
    // Another process may have logged out or in meanwhile, which this must not undo.
    if (!this.#accounts.renew(account, session)) throw notLoggedIn();
    return session.token;
  }

  #account(): StoredAccount {
    const account = this.#accounts.read();
    if (account === undefined) throw notLoggedIn();
    return account;
  }
}

/** What everything answers that needs a login while there is none. */
export function notLoggedIn(): AgentError {
  return new AgentError("not-logged-in", message("account.not-logged-in"));
}
