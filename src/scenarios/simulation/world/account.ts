/** Who logs in, in every scenario. */
export const ACCOUNT = { loginId: "user01", password: "correct horse battery staple" } as const;
