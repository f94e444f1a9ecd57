import { HttpConnection } from "../adapters/http-service/http-connection.ts";
import { HttpService } from "../adapters/http-service/http-service.ts";
import { HttpSessionService } from "../adapters/http-service/http-session-service.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import type { Waits } from "../core/waits.ts";
import type { Tuning } from "../tuning.ts";
import type { AccountStore, StoredAccount } from "./account-store.ts";
import { AccountSession, notLoggedIn } from "./session.ts";

interface ServiceLinkOptions {
  readonly ports: Pick<AgentPorts, "clock" | "dialer">;
  readonly tuning: Pick<Tuning, "requestTimeoutMs" | "exchangeMsMax" | "exchangeBytesPerSecondMin">;
  /** Told of exchanges that hear nothing for some seconds. */
  readonly waits: Pick<Waits, "waiter">;
  readonly store: AccountStore;
  readonly deviceName: () => string;
  /** Called when the service no longer takes the remembered login, which is forgotten by then. */
  readonly onLoginLost: () => void;
}

/** A login with what speaks to its service. */
interface Link {
  readonly serviceUrl: string;
  readonly connection: HttpConnection;
  readonly service: HttpService;
}

/** The way to the service of whoever is logged in. */
export class ServiceLink {
  readonly #options: ServiceLinkOptions;
  #link: Link | undefined;

  constructor(options: ServiceLinkOptions) {
    this.#options = options;
  }

  /** Whether somebody is logged in. */
  get isLoggedIn(): boolean {
    return this.#options.store.read() !== undefined;
  }

  /** Whether nobody is logged in because the service no longer took the password. */
  get isLoginLost(): boolean {
    return this.#options.store.lostLoginId() !== undefined;
  }

  /** The login as it is remembered. Throws `not-logged-in`. */
  mustBeLoggedIn(): StoredAccount {
    const account = this.#options.store.read();
    if (account === undefined) throw notLoggedIn(this.#options.store);
    return account;
  }

  /** The service of the account. Throws `not-logged-in`. */
  service(): HttpService {
    const { serviceUrl } = this.mustBeLoggedIn();
    // Another process may have logged in elsewhere: nothing of that login goes to the old service.
    if (this.#link?.serviceUrl !== serviceUrl) this.close();
    this.#link ??= this.#openLink(serviceUrl);
    return this.#link.service;
  }

  /** A connection of its own to a service, for its caller to close; silent for `silenceMs` at most. */
  connect(serviceUrl: string, silenceMs = Infinity): HttpConnection {
    const { ports, tuning, waits } = this.#options;
    const { dialer, clock } = ports;
    const silenceMsMax = Math.min(silenceMs, tuning.requestTimeoutMs);
    return new HttpConnection({
      serviceUrl,
      dialer,
      clock,
      silenceMsMax,
      exchangeMsMax: tuning.exchangeMsMax,
      bytesPerSecondMin: tuning.exchangeBytesPerSecondMin,
      onQuiet: ({ what, leftMs }) => {
        const waiter = waits.waiter();
        waiter.waits({ reason: what, leftMs });
        return (isHeard) => waiter.ends(isHeard);
      },
    });
  }

  /** Closes the connections to the service; the next exchange opens them again. */
  close(): void {
    this.#link?.connection.close();
    this.#link = undefined;
  }

  #openLink(serviceUrl: string): Link {
    const { store: accounts, deviceName, onLoginLost: onLost } = this.#options;
    const connection = this.connect(serviceUrl);
    const login = new HttpSessionService(connection);
    const session = new AccountSession({ accounts, service: login, deviceName, onLost });
    return { serviceUrl, connection, service: new HttpService(connection, session) };
  }
}
