import type { CaptchaAnswer } from "../../../protocol/http/schemas.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import type { ListenerLink } from "./listener-link.ts";

/** Milliseconds. How long a CAPTCHA can be answered. */
const LIFETIME_MS = LIMITS.captchaMinutesMax * 60_000;
/** CAPTCHAs that can be answered at a time for one login ID. */
const OPEN_COUNT_MAX = 4;
/** Login IDs without an account whose wrong passwords are counted. */
const OTHER_LOGIN_ID_COUNT_MAX = 10_000;
/** 32 characters that are not taken for each other: neither 0 nor O, neither 1 nor I. */
const CHARACTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
/** Characters of an answer. */
const ANSWER_LENGTH = 6;
/** Bytes of chance in the id of a CAPTCHA. */
const ID_BYTES = 16;

/** A CAPTCHA that was not answered yet. */
export interface Captcha {
  readonly challengeId: string;
  /** Whose answer it takes. */
  readonly loginId: string;
  /** A secret. */
  readonly answer: string;
  /** Milliseconds since 1970. */
  readonly endsAtMs: number;
}

/** How many wrong passwords were given for a login ID since the last right one. */
export interface WrongPasswords {
  readonly loginId: string;
  readonly count: number;
}

/** Is told of wrong passwords. */
export interface CaptchaListener {
  /** `count` is 0 after a login, and of a login ID that is not counted any more. */
  wrongPasswords(wrong: WrongPasswords): void;
}

interface CaptchaStoreOptions {
  readonly clock: { nowMs(): number };
  readonly entropy: { randomHex(byteCount: number): string };
  readonly isAccount: (loginId: string) => boolean;
  /** Default: nobody is told. */
  readonly journal?: ListenerLink<CaptchaListener>;
}

interface Counted {
  readonly count: number;
  /** Oldest first. */
  readonly open: readonly Captcha[];
}

/**
 * Wrong passwords by login ID, and the CAPTCHAs that are asked for because of them (F02, D1). Login IDs
 * without an account count alike, so that no answer tells which there are; of those the last 10,000 are
 * kept, while an account's stay until it logs in. The oldest of five CAPTCHAs of one login ID is worth
 * nothing any more.
 */
export class CaptchaStore {
  readonly #options: CaptchaStoreOptions;
  readonly #ofAccounts = new Map<string, Counted>();
  readonly #ofOthers = new Map<string, Counted>();

  /** An empty store. */
  constructor(options: CaptchaStoreOptions) {
    this.#options = options;
  }

  /** Whether nobody logs in under this ID without the answer to a CAPTCHA. */
  isRequired(loginId: string): boolean {
    return this.#of(loginId).count >= LIMITS.captchaWrongPasswordCount;
  }

  /** Makes a CAPTCHA for a login ID. */
  begin(loginId: string): Captcha {
    const { clock, entropy } = this.#options;
    const captcha: Captcha = {
      challengeId: entropy.randomHex(ID_BYTES),
      loginId,
      answer: [...Buffer.from(entropy.randomHex(ANSWER_LENGTH), "hex")]
        .map((byte) => CHARACTERS[byte % CHARACTERS.length])
        .join(""),
      endsAtMs: clock.nowMs() + LIFETIME_MS,
    };
    const { count, open } = this.#of(loginId);
    this.#put(loginId, { count, open: [...open, captcha].slice(-OPEN_COUNT_MAX) });
    return captcha;
  }

  /** Whether this is the answer; the CAPTCHA that is named is used up in any case. */
  use(loginId: string, { challengeId, answer }: CaptchaAnswer): boolean {
    const { count, open } = this.#of(loginId);
    const named = open.find((each) => each.challengeId === challengeId);
    if (named === undefined) return false;
    this.#put(loginId, { count, open: open.filter((each) => each !== named) });
    const isInTime = this.#options.clock.nowMs() < named.endsAtMs;
    return isInTime && answer.toUpperCase() === named.answer;
  }

  /** Counts a wrong password. */
  noteWrongPassword(loginId: string): void {
    const { count, open } = this.#of(loginId);
    this.#count(loginId, { count: count + 1, open });
  }

  /** Forgets what went before a login. */
  noteLogin(loginId: string): void {
    if (this.#of(loginId).count > 0) this.#forget(loginId);
  }

  /** Every count that is not 0, whose last wrong password is the oldest first. */
  wrongPasswords(): readonly WrongPasswords[] {
    return [...this.#ofAccounts, ...this.#ofOthers].map(([loginId, { count }]) => ({
      loginId,
      count,
    }));
  }

  /** Puts a count back as a snapshot has it. */
  restore({ loginId, count }: WrongPasswords): void {
    this.#count(loginId, { count, open: [] });
  }

  /** Every CAPTCHA that can still be answered. */
  open(): readonly Captcha[] {
    const nowMs = this.#options.clock.nowMs();
    return [...this.#ofAccounts.values(), ...this.#ofOthers.values()]
      .flatMap(({ open }) => open)
      .filter(({ endsAtMs }) => nowMs < endsAtMs);
  }

  #of(loginId: string): Counted {
    return this.#ofAccounts.get(loginId) ?? this.#ofOthers.get(loginId) ?? { count: 0, open: [] };
  }

  #put(loginId: string, counted: Counted): void {
    const map = this.#ofAccounts.has(loginId) ? this.#ofAccounts : this.#ofOthers;
    map.set(loginId, counted);
  }

  #count(loginId: string, counted: Counted): void {
    this.#ofAccounts.delete(loginId);
    this.#ofOthers.delete(loginId);
    const isAccount = this.#options.isAccount(loginId);
    (isAccount ? this.#ofAccounts : this.#ofOthers).set(loginId, counted);
    this.#options.journal?.to?.wrongPasswords({ loginId, count: counted.count });
    if (this.#ofOthers.size <= OTHER_LOGIN_ID_COUNT_MAX) return;
    const [oldest] = this.#ofOthers.keys();
    if (oldest !== undefined) this.#forget(oldest);
  }

  #forget(loginId: string): void {
    this.#ofAccounts.delete(loginId);
    this.#ofOthers.delete(loginId);
    this.#options.journal?.to?.wrongPasswords({ loginId, count: 0 });
  }
}
