/** What the service said to a login. */
export type LoginFact = "taken" | "refused";
