import type { Problem } from "./problem.ts";

/** Whether the service let somebody not in: only a login is refused so. */
export function isLoginRefusal({ code }: Pick<Problem, "code">): boolean {
  return code === "invalid-credentials" || isCaptchaAsked({ code });
}

/** Whether an answer asks for the characters of an image (F02). */
export function isCaptchaAsked({ code }: Pick<Problem, "code">): boolean {
  return code === "captcha-required" || code === "captcha-wrong";
}
