import type { CaptchaAnswer } from "../../protocol/http/schemas.ts";

/** Who logs in, and where (F01). */
export interface LoginRequest {
  /** `http://host:port` or `https://...`, without a path. */
  readonly serviceUrl: string;
  readonly loginId: string;
  readonly password: string;
  /** The characters of an image, when the service asked for them (F02). */
  readonly captcha?: CaptchaAnswer | undefined;
}

/** Who is logged in (F01). Holds no secret. */
export interface AccountInfo {
  readonly serviceUrl: string;
  readonly loginId: string;
  readonly nickname: string;
}
