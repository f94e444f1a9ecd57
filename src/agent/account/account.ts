import { AccountSession, notLoggedIn } from "./session.ts";
import { HttpConnection } from "../adapters/http-service/http-connection.ts";
import { HttpService } from "../adapters/http-service/http-service.ts";
import { HttpSessionService } from "../adapters/http-service/http-session-service.ts";
import type { AccountInfo, LoginRequest } from "./requests.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import { AgentError, commandError } from "../agent-error.ts";
import { AccountStore, type StoredAccount } from "./account-store.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";

/** How long the service may be silent when it is told of a logout. */
const LOGOUT_SILENCE_MS_MAX = 10_000;

/** What `AgentAccount` is made of. */
export interface AgentAccountOptions {
  readonly ports: AgentPorts;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly deviceName: () => string;
  /** Ends the run that may be under way, before the account is left. */
  readonly stopRun: () => Promise<void>;
  /** Told of each login and logout, once it is remembered. */
  readonly note: (event: "logged-in" | "logged-out") => void;
}

/** A login with what speaks to its service. */
interface Link {
  readonly serviceUrl: string;
  readonly connection: HttpConnection;
  readonly service: HttpService;
}

/** Who is logged in, and the way to his service. See `AgentApi` for what login and logout do. */
export class AgentAccount {
  readonly #options: AgentAccountOptions;
  readonly #store: AccountStore;
  #link: Link | undefined;

  constructor(options: AgentAccountOptions) {
    this.#options = options;
    this.#store = new AccountStore(options.database);
  }

  /** Whether somebody is logged in. */
  get isLoggedIn(): boolean {
    return this.#store.read() !== undefined;
  }

  /** The login as it is remembered. Throws `not-logged-in`. */
  mustBeLoggedIn(): StoredAccount {
    const account = this.#store.read();
    if (account === undefined) throw notLoggedIn();
    return account;
  }

  async login(request: LoginRequest): Promise<AccountInfo> {
    const { ports, deviceName, note } = this.#options;
    const serviceUrl = checkedServiceUrl(request.serviceUrl);
    const connection = this.#connect(serviceUrl);
    try {
      const { loginId, password } = request;
      const service = new HttpSessionService(connection);
      const { nickname, token } = await service.login(loginId, password, deviceName());
      this.close();
      this.#store.write({ serviceUrl, loginId, password, nickname, token });
      note("logged-in");
      ports.log.write("info", "logged in", { loginId, serviceUrl });
      return { serviceUrl, loginId, nickname };
    } catch (error) {
      throw commandError(error);
    } finally {
      connection.close();
    }
  }

  async logout(): Promise<void> {
    const { ports, stopRun, note } = this.#options;
    const account = this.#store.read();
    if (account === undefined) return;
    await stopRun();
    this.#store.clear();
    note("logged-out");
    this.close();
    // Whoever logs out is not kept waiting for a service that says nothing.
    const connection = this.#connect(account.serviceUrl, LOGOUT_SILENCE_MS_MAX);
    try {
      await new HttpSessionService(connection).logout(account.token);
    } catch (error) {
      // Logged out here in any case; the session on the service ends by itself.
      ports.log.write("warn", "the service was not told of the logout", { error: String(error) });
    } finally {
      connection.close();
    }
    ports.log.write("info", "logged out", { loginId: account.loginId });
  }

  /** The service of the account. Throws `not-logged-in`. */
  service(): HttpService {
    const { serviceUrl } = this.mustBeLoggedIn();
    // Another process may have logged in elsewhere: nothing of that login goes to the old service.
    if (this.#link?.serviceUrl !== serviceUrl) this.close();
    this.#link ??= this.#openLink(serviceUrl);
    return this.#link.service;
  }

  /** Closes the connections to the service; the next exchange opens them again. */
  close(): void {
    this.#link?.connection.close();
    this.#link = undefined;
  }

  #connect(serviceUrl: string, silenceMs = Infinity): HttpConnection {
    const { ports, tuning } = this.#options;
    const { dialer, clock } = ports;
    const silenceMsMax = Math.min(silenceMs, tuning.requestTimeoutMs);
    return new HttpConnection({ serviceUrl, dialer, clock, silenceMsMax });
  }

  #openLink(serviceUrl: string): Link {
    const connection = this.#connect(serviceUrl);
    const sessions = new HttpSessionService(connection);
    const session = new AccountSession(this.#store, sessions, this.#options.deviceName);
    return { serviceUrl, connection, service: new HttpService(connection, session) };
  }
}

function checkedServiceUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "") return url.origin;
  throw new AgentError(
    "invalid-setting",
    "the service's address must be like https://backup.example or http://127.0.0.1:8080",
  );
}
