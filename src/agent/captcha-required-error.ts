import { AgentError } from "./agent-error.ts";
import type { ServiceError } from "./ports/service.ts";

/** An image whose characters the service wants to be told (F02). */
export interface Captcha {
  /** What the answer is given for; it is good for one. */
  readonly challengeId: string;
  /** SVG that runs and fetches nothing. */
  readonly svg: string;
}

/** A login that is refused as long as the characters of an image are not given with it. */
export class CaptchaRequiredError extends AgentError {
  readonly captcha: Captcha;
  /** Whether an answer was given that was not taken. */
  readonly isAnswerWrong: boolean;

  constructor(error: ServiceError, captcha: Captcha, isAnswerWrong: boolean) {
    super("captcha-required", error.reason, error);
    this.name = "CaptchaRequiredError";
    this.captcha = captcha;
    this.isAnswerWrong = isAnswerWrong;
  }
}
