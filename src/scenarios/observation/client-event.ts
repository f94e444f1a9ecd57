/** What the service answered. */
export interface ClientAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
}

/** A request of a customer's own program and its answer, as they crossed the wire. */
export interface ClientExchange {
  readonly what: "exchange";
  /** Milliseconds since 1970 on the service's clock. */
  readonly sentMs: number;
  readonly answeredMs: number;
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** What arrived of the body. */
  readonly body: Buffer;
  /** Undefined: the client hung up in the middle of its request. */
  readonly answer: ClientAnswer | undefined;
}

/** What happens between a customer's own program and the service, in its order. */
export type ClientEvent =
  | ClientExchange
  /** The contract has so many bytes from now on. */
  | { readonly what: "quota"; readonly bytes: number }
  /** The operator kept all that the service has, or put it back to that. */
  | { readonly what: "kept" | "put-back"; readonly atMs: number }
  /** The operator stopped the service and started it again. */
  | { readonly what: "restarted"; readonly atMs: number }
  /** The customer sees these characters in the image of a CAPTCHA. */
  | { readonly what: "image"; readonly challengeId: string; readonly characters: string }
  /** A connection broke, though the client had not hung up. */
  | { readonly what: "broken"; readonly request: string; readonly detail: string };

/** What another customer's own program did, and what that customer's contract is. */
export interface ClientFacts {
  readonly loginId: string;
  readonly password: string;
  readonly events: readonly ClientEvent[];
}
