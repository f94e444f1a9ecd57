import type { AccountListener } from "./account-store.ts";
import type { BytesListener } from "./bytes-store.ts";
import type { CaptchaListener } from "./captcha-store.ts";
import type { SessionListener } from "./session-store.ts";
import type { UploadListener } from "./upload-store.ts";

/**
 * Is told of every change of the stores, right after it was made, so that it can be written down.
 * Methods neither throw nor wait. A node, session or upload that is told again has changed.
 */
export interface StoreJournal
  extends AccountListener, BytesListener, CaptchaListener, SessionListener, UploadListener {}
