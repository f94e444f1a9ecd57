import { HttpSessionService } from "../adapters/http-service/http-session-service.ts";
import { AgentError, commandError } from "../agent-error.ts";
import type { Redactor } from "../../messages/redactor.ts";
import type { Log } from "../ports/log.ts";
import { captchaErrorOf } from "./captcha-error-of.ts";
import type { AccountStore } from "./account-store.ts";
import type { AccountInfo, LoginRequest } from "./requests.ts";
import type { ServiceLink } from "./service-link.ts";
import { message } from "../../messages/message.ts";

/** How long the service may be silent when it is told of a logout. */
const LOGOUT_SILENCE_MS_MAX = 10_000;

interface AgentAccountOptions {
  readonly link: ServiceLink;
  readonly store: AccountStore;
  readonly log: Log;
  /** Learns a password before it is sent anywhere. */
  readonly redactor: Redactor;
  readonly deviceName: () => string;
  /** Throws `AgentError` while something runs, and once the tool is closed. */
  readonly mustBeIdle: () => void;
  /** Ends the run that may be under way, before the account is left. */
  readonly stopRun: () => Promise<void>;
  /** Told of each login and logout, once it is remembered. */
  readonly note: (event: "logged-in" | "logged-out") => void;
}

/** Who is logged in. Methods throw `AgentError` and nothing else. */
export class AgentAccount {
  readonly #options: AgentAccountOptions;

  constructor(options: AgentAccountOptions) {
    this.#options = options;
  }

  /** Who is logged in; undefined when nobody is. */
  info(): AccountInfo | undefined {
    return this.#options.store.info();
  }

  /**
   * Logs in and remembers it, so that later runs can renew the session (F01). Throws
   * `CaptchaRequiredError` when the service asks for the characters of an image.
   */
  async login(request: LoginRequest): Promise<AccountInfo> {
    this.#options.mustBeIdle();
    const { link, store, log, redactor, deviceName, note } = this.#options;
    const serviceUrl = checkedServiceUrl(request.serviceUrl);
    const connection = link.connect(serviceUrl);
    try {
      const { loginId, password, captcha } = request;
      redactor.learn(password);
      redactor.learn(captcha?.answer ?? "");
      const service = new HttpSessionService(connection);
      const { nickname, token } = await service.login(loginId, password, deviceName(), captcha);
      link.close();
      store.write({ serviceUrl, loginId, password, nickname, token });
      note("logged-in");
      log.write("info", "logged-in", { loginId, serviceUrl });
      return { serviceUrl, loginId, nickname };
    } catch (error) {
      throw captchaErrorOf(error) ?? commandError(error);
    } finally {
      connection.close();
    }
  }

  /** Ends a running job as 中断 (B-INT-2), then forgets the login (F06). */
  async logout(): Promise<void> {
    const { link, store, log, stopRun, note } = this.#options;
    const account = store.read();
    if (account === undefined) {
      // Of a login that was lost nothing more is told to whoever leaves it.
      store.clear();
      return;
    }
    await stopRun();
    store.clear();
    note("logged-out");
    link.close();
    // Whoever logs out is not kept waiting for a service that says nothing.
    const connection = link.connect(account.serviceUrl, LOGOUT_SILENCE_MS_MAX);
    try {
      await new HttpSessionService(connection).logout(account.token);
    } catch (error) {
      // Logged out here in any case; the session on the service ends by itself.
      log.write("warn", "the-service-was-not-told-of-the-logout", { error: String(error) });
    } finally {
      connection.close();
    }
    log.write("info", "logged-out", { loginId: account.loginId });
  }
}

function checkedServiceUrl(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url !== undefined && /^https?:$/.test(url.protocol) && url.username === "") return url.origin;
  throw new AgentError("invalid-setting", message("account.address"));
}
