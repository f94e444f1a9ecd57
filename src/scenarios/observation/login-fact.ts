/**
 * What concerns logins to the account, in its order.
 * - What the service said: `taken`, `refused` for a wrong password, `asked` for the characters of an image.
 * - What the person at the PC does right before: a login without such characters (`typed`), with the right
 *   ones (`answered`), with wrong ones (`mistyped`). Without one of these it is the tool that logs in.
 * - Somebody elsewhere gave a wrong password: `guessed`.
 * - The operator kept the service's state, or put it back to what was kept last.
 */
export type LoginFact =
  | "taken"
  | "refused"
  | "asked"
  | "typed"
  | "answered"
  | "mistyped"
  | "guessed"
  | "kept"
  | "put-back";
