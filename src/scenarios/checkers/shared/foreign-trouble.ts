import type { ExchangeFailure } from "../../../protocol/causes/exchange-failure.ts";
import type { ForeignAnswerName } from "../../../sim-server/faults/foreign-answers.ts";
import type { CommunicationTrouble } from "./communication-trouble.ts";

/** How an exchange fails that something in between answered, and whether trying again can help. */
export type ForeignTrouble = Pick<CommunicationTrouble, "ways" | "manner">;

/** What an answer says at its head. */
interface Head {
  readonly status: number;
  /** Without parameters; "" when it names none. */
  readonly mediaType: string;
}

/**
 * What an answer that is none of the service's contract has to be called: whoever refuses this very
 * transfer blocks it, for good; whoever stands in for a service that is away, or waits for a sign-in,
 * does so for a while; what looks like the service's own and is not is outside its contract; "not now" is "not
 * now", whoever says it.
 */
export function foreignTrouble({ status, mediaType }: Head): ForeignTrouble {
  const way = foreignWay(status, mediaType);
  return { ways: [way], manner: way === "blocked" ? "final" : "retried" };
}

function foreignWay(status: number, mediaType: string): ExchangeFailure {
  if (status === 511) return "foreign";
  if (status === 408 || status === 429 || (status >= 500 && status !== 507)) return "unavailable";
  if (mediaType === "application/problem+json") return "off-contract";
  if (status >= 300 && status < 400) return "foreign";
  if (status >= 400) return STAND_INS.includes(status) ? "foreign" : "blocked";
  return mediaType === "" || mediaType === "application/json" ? "off-contract" : "foreign";
}

/** What a gateway says of places that it does not know while nobody stands behind it. */
const STAND_INS: readonly number[] = [404, 405, 410, 421];

/** How an exchange fails by each planned answer: JSON that is none may be noticed as that or not. */
const WAYS: Readonly<Record<ForeignAnswerName, readonly ExchangeFailure[]>> = {
  "not-found-page": ["foreign"],
  "not-found-text": ["foreign"],
  "not-found-json": ["foreign"],
  "gone-page": ["foreign"],
  "method-page": ["foreign"],
  "bad-gateway-page": ["unavailable"],
  "unknown-problem": ["off-contract"],
  "forbidden-page": ["blocked"],
  "forbidden-text": ["blocked"],
  "forbidden-json": ["blocked"],
  "too-large-page": ["blocked"],
  "sign-in-page": ["blocked"],
  "proxy-sign-in-page": ["blocked"],
  "portal-redirect": ["foreign"],
  "portal-redirect-kept": ["foreign"],
  "moved-page": ["foreign"],
  "portal-page": ["foreign"],
  "portal-needed": ["foreign"],
  "ok-text": ["foreign"],
  "other-json": ["off-contract"],
  "page-as-json": ["corrupt", "off-contract"],
  "cut-json": ["corrupt", "off-contract"],
  empty: ["off-contract"],
  "no-content": ["off-contract"],
};

/** The same of a planned answer. */
export function foreignAnswerTrouble(answer: ForeignAnswerName): ForeignTrouble {
  const ways = WAYS[answer];
  return { ways, manner: ways.includes("blocked") ? "final" : "retried" };
}

/** The same of an answer byte for byte. */
export function interceptedTrouble(answer: string): ForeignTrouble {
  const status = Number(/^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? 0);
  // Bytes that are no answer at all.
  if (status === 0) return { ways: ["corrupt", "reset"], manner: "retried" };
  const mediaType = /\r\ncontent-type: *([^\r]*)/i.exec(answer)?.[1] ?? "";
  return foreignTrouble({ status, mediaType: withoutParameters(mediaType) });
}

function withoutParameters(mediaType: string): string {
  return mediaType.split(";")[0]?.trim().toLowerCase() ?? "";
}
