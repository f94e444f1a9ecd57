/** Who logs in, in every scenario. */
export const ACCOUNT = { loginId: "user01", password: "correct horse battery staple" } as const;

/** Another customer, of a contract that keeps few generations; there in scenarios in which that customer does something. */
export const CUSTOMER = {
  loginId: "user02",
  password: "staple battery horse correct",
  edition: "flets-azukeru-pro",
  plan: "paid",
} as const;
