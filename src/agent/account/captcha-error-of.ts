import { CaptchaRequiredError, type Captcha } from "../captcha-required-error.ts";
import { ServiceError } from "../ports/service.ts";
import { isCaptchaAsked } from "../../protocol/http/is-login-refusal.ts";
import type { Problem } from "../../protocol/http/problem.ts";

/** The error for a login that was refused so; undefined for any other failure, and for an image that cannot be shown. */
export function captchaErrorOf(error: unknown): CaptchaRequiredError | undefined {
  if (!(error instanceof ServiceError) || error.failure.kind !== "refused") return undefined;
  const { problem } = error.failure;
  const captcha = isCaptchaAsked(problem) ? captchaOf(problem) : undefined;
  return captcha && new CaptchaRequiredError(error, captcha, problem.code === "captcha-wrong");
}

/**
 * What the contract has in an image. A person opens it in a browser, where any other SVG could run a
 * program of whoever answered in the place of the service.
 */
const HARMLESS_SVG =
  /^<svg(?: ATTRIBUTE)*>(?:<(?:rect|path)(?: ATTRIBUTE)*\/>)*<\/svg>$/.source.replaceAll(
    "ATTRIBUTE",
    /(?:xmlns="http:\/\/www\.w3\.org\/2000\/svg"|(?:width|height|viewBox|x|y|d|fill|stroke|stroke-width|stroke-linecap|stroke-linejoin)="[\w #.,-]*")/
      .source,
  );

function captchaOf({ challengeId, image }: Problem): Captcha | undefined {
  if (challengeId === undefined || image === undefined) return undefined;
  const svg = Buffer.from(image.slice(image.indexOf(",") + 1), "base64").toString("utf8");
  return new RegExp(HARMLESS_SVG).test(svg) ? { challengeId, svg } : undefined;
}
