import type { ClientExchange, ClientFacts } from "../../observation/client-event.ts";
import { DueRefusals, statusFault, type Fault } from "./judgement.ts";
import { spanFault } from "./told-names.ts";
import { jsonIn } from "./wire.ts";

/** Minutes without a request, and hours of age, that end a session. */
const IDLE_MS = 30 * 60_000;
const LIFETIME_MS = 12 * 3_600_000;

/** Wrong passwords in a row, after which nobody is let in without the characters of an image (F02, D1). */
const WRONG_PASSWORD_COUNT = 3;

/** How long an image can be answered, and how many at a time. */
const IMAGE_MS = 5 * 60_000;
const IMAGE_COUNT = 4;

interface ModelSession {
  readonly createdMs: number;
  readonly usedMs: number;
}

interface ModelImage {
  readonly challengeId: string;
  readonly endsMs: number;
}

/** What is kept of logins. */
export interface KeptSessions {
  readonly sessions: ReadonlyMap<string, ModelSession>;
  readonly wrongCount: number;
}

/** What the service has to know of a login ID: sessions, wrong passwords and images. */
export class SessionModel {
  readonly #account: Pick<ClientFacts, "loginId" | "password">;
  #sessions = new Map<string, ModelSession>();
  #wrongCount = 0;
  #images: readonly ModelImage[] = [];
  /** The characters that a person saw, by challenge. */
  readonly #characters = new Map<string, string>();

  constructor(account: Pick<ClientFacts, "loginId" | "password">) {
    this.#account = account;
  }

  /** A person sees what an image shows. */
  see(challengeId: string, characters: string): void {
    this.#characters.set(challengeId, characters);
  }

  /** What is wrong with an answer as far as the session of its request decides it; `"live"` where it does not. */
  admit(exchange: ClientExchange): Fault | undefined | "live" {
    const { headers, sentMs } = exchange;
    const token = headers["authorization"]?.replace(/^Bearer /, "") ?? "";
    const session = this.#sessions.get(token);
    if (session !== undefined && isLive(session, sentMs)) {
      this.#sessions.set(token, { ...session, usedMs: sentMs });
      return "live";
    }
    return new DueRefusals()
      .add("session-expired", session !== undefined)
      .add("session-required", session === undefined)
      .faultOf(exchange);
  }

  /** What is wrong with the answer to a login; `"in"` where somebody was let in. */
  logIn(exchange: ClientExchange): Fault | undefined | "in" {
    const { body, answer, sentMs } = exchange;
    const { password, captcha } = jsonIn(body) as {
      readonly password?: string;
      readonly captcha?: { readonly challengeId: string; readonly answer: string };
    };
    const told = jsonIn(answer?.body ?? Buffer.alloc(0));
    if (this.#wrongCount >= WRONG_PASSWORD_COUNT) {
      const isRight = captcha !== undefined && this.#takeImage(captcha, sentMs);
      if (!isRight) {
        const code = captcha === undefined ? "captcha-required" : "captcha-wrong";
        return new DueRefusals().add(code, true).faultOf(exchange) ?? this.#newImage(told, sentMs);
      }
    }
    if (password !== this.#account.password) {
      this.#wrongCount += 1;
      return new DueRefusals().add("invalid-credentials", true).faultOf(exchange);
    }
    const fault = statusFault(exchange, 201);
    if (fault !== undefined) return fault;
    this.#wrongCount = 0;
    this.#images = [];
    const token = String(told["token"]);
    if (this.#sessions.has(token) || told["loginId"] !== this.#account.loginId)
      return { found: `loginId ${String(told["loginId"])}`, due: this.#account.loginId };
    this.#sessions.set(token, { createdMs: sentMs, usedMs: sentMs });
    const ends = { fromMs: sentMs + LIFETIME_MS, toMs: exchange.answeredMs + LIFETIME_MS };
    return spanFault(told, "expiresAt", ends, "") ?? "in";
  }

  /** What is wrong with the answer to a logout. */
  logOut(exchange: ClientExchange): Fault | undefined {
    const token = exchange.headers["authorization"]?.replace(/^Bearer /, "") ?? "";
    this.#sessions.delete(token);
    return statusFault(exchange, 204);
  }

  /** What the operator keeps of it: sessions that are good, and how many passwords were wrong. */
  copy(nowMs: number): KeptSessions {
    const live = [...this.#sessions].filter(([, session]) => isLive(session, nowMs));
    return { sessions: new Map(live), wrongCount: this.#wrongCount };
  }

  /** Goes back to a copy; images are not kept. */
  putBack({ sessions, wrongCount }: KeptSessions): void {
    this.#sessions = new Map(sessions);
    this.#wrongCount = wrongCount;
    this.#images = [];
  }

  /** The service was started again: images are not kept. */
  forgetImages(): void {
    this.#images = [];
  }

  #takeImage(
    { challengeId, answer }: { challengeId: string; answer: string },
    nowMs: number,
  ): boolean {
    const image = this.#images.find((each) => each.challengeId === challengeId);
    this.#images = this.#images.filter((each) => each !== image);
    const characters = this.#characters.get(challengeId);
    return image !== undefined && nowMs < image.endsMs && answer.toUpperCase() === characters;
  }

  #newImage(told: Readonly<Record<string, unknown>>, nowMs: number): Fault | undefined {
    const challengeId = String(told["challengeId"]);
    const endsMs = nowMs + IMAGE_MS;
    if (this.#characters.has(challengeId)) return { found: challengeId, due: "challengeId …" };
    this.#images = [...this.#images, { challengeId, endsMs }].slice(-IMAGE_COUNT);
    return spanFault(told, "expiresAt", { fromMs: endsMs, toMs: endsMs }, "");
  }
}

function isLive({ usedMs, createdMs }: ModelSession, nowMs: number): boolean {
  return nowMs - usedMs < IDLE_MS && nowMs - createdMs < LIFETIME_MS;
}
