import { message } from "../../../messages/message.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { ProblemError } from "../http/problem-error.ts";
import type { Account } from "./account-store.ts";
import type { ListenerLink } from "./listener-link.ts";

const IDLE_MS_MAX = LIMITS.sessionIdleMinutesMax * 60_000;
const LIFETIME_MS_MAX = LIMITS.sessionLifetimeHoursMax * 3_600_000;
/** Sessions kept before ended ones are cleared out. */
const SESSION_COUNT_SWEEP = 1000;
/** Sessions of everybody together that are good at a time. */
const SESSION_COUNT_MAX = 10_000;
/** Milliseconds. How exactly the last use of a session is written down. */
const USE_GRAIN_MS = 60_000;

/** A login that was not ended yet. */
export interface LiveSession {
  /** The bearer token; a secret. */
  readonly token: string;
  readonly account: Account;
  readonly deviceName: string;
  readonly createdAtMs: number;
  lastUsedAtMs: number;
}

/** Is told of sessions. */
export interface SessionListener {
  session(session: LiveSession): void;
  sessionGone(token: string): void;
}

/** What a token is worth. `expired`: it was one, until it idled or aged out. */
export type SessionLookup =
  | { readonly kind: "live"; readonly session: LiveSession }
  | { readonly kind: "expired" }
  | { readonly kind: "unknown" };

/** The sessions of all accounts. They end by logout, by idling and by age (`LIMITS`). */
export class SessionStore {
  readonly #clock: { nowMs(): number };
  readonly #journal: ListenerLink<SessionListener> | undefined;
  readonly #sessions = new Map<string, LiveSession>();
  readonly #notedAtMs = new WeakMap<LiveSession, number>();

  /** An empty store. */
  constructor(clock: { nowMs(): number }, journal?: ListenerLink<SessionListener>) {
    this.#clock = clock;
    this.#journal = journal;
  }

  /**
   * Begins a session under a token nobody can guess. Refuses with `too-many-requests` when there are
   * 10,000 that are good.
   */
  begin(token: string, account: Account, deviceName: string): LiveSession {
    const nowMs = this.#clock.nowMs();
    if (this.#sessions.size >= SESSION_COUNT_SWEEP) this.#sweep(nowMs);
    if (this.#sessions.size >= SESSION_COUNT_MAX) {
      throw new ProblemError(
        "too-many-requests",
        message("storage.session-count", { count: SESSION_COUNT_MAX }),
      );
    }
    const session: LiveSession = {
      token,
      account,
      deviceName,
      createdAtMs: nowMs,
      lastUsedAtMs: nowMs,
    };
    this.#sessions.set(token, session);
    this.#journal?.to?.session(session);
    return session;
  }

  /** Looks a token up and, when it is good, counts as use of the session. */
  use(token: string): SessionLookup {
    const session = this.#sessions.get(token);
    if (session === undefined) return { kind: "unknown" };
    const nowMs = this.#clock.nowMs();
    if (!isLive(session, nowMs)) return { kind: "expired" };
    session.lastUsedAtMs = nowMs;
    this.#noteUse(session);
    return { kind: "live", session };
  }

  /** Ends a session for good. */
  end(token: string): void {
    if (this.#sessions.delete(token)) this.#journal?.to?.sessionGone(token);
  }

  /** Makes every session of an account expire now, as if it had idled out. */
  expireAll(loginId: string): void {
    for (const session of this.#sessions.values()) {
      if (session.account.loginId !== loginId) continue;
      session.lastUsedAtMs = Number.NEGATIVE_INFINITY;
      this.#journal?.to?.sessionGone(session.token);
    }
  }

  /** When a session ends however busy it is, in milliseconds since 1970. */
  endsAtMs(session: LiveSession): number {
    return session.createdAtMs + LIFETIME_MS_MAX;
  }

  /** Every session that is still good, for snapshots. */
  live(): readonly LiveSession[] {
    const nowMs = this.#clock.nowMs();
    return [...this.#sessions.values()].filter((session) => isLive(session, nowMs));
  }

  /** Puts a session back as a snapshot has it. */
  restore(session: LiveSession): void {
    this.#sessions.set(session.token, session);
  }

  #noteUse(session: LiveSession): void {
    const journal = this.#journal?.to;
    if (journal === undefined) return;
    const notedAtMs = this.#notedAtMs.get(session) ?? Number.NEGATIVE_INFINITY;
    if (Math.abs(session.lastUsedAtMs - notedAtMs) < USE_GRAIN_MS) return;
    this.#notedAtMs.set(session, session.lastUsedAtMs);
    journal.session(session);
  }

  #sweep(nowMs: number): void {
    for (const [token, session] of this.#sessions) {
      if (!isLive(session, nowMs)) this.end(token);
    }
  }
}

function isLive(session: LiveSession, nowMs: number): boolean {
  return (
    nowMs - session.lastUsedAtMs < IDLE_MS_MAX && nowMs - session.createdAtMs < LIFETIME_MS_MAX
  );
}
