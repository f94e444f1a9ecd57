/** Who logs in, and where (F01). */
export interface LoginRequest {
  /** `http://host:port` or `https://...`, without a path. */
  readonly serviceUrl: string;
  readonly loginId: string;
  readonly password: string;
}

/** Who is logged in (F01). Holds no secret. */
export interface AccountInfo {
  readonly serviceUrl: string;
  readonly loginId: string;
  readonly nickname: string;
}
