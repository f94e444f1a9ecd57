/** An answer as something in between gives it: no header field and no body of the service's own. */
export interface ForeignAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Absent: the answer has no body and names no media type. */
  readonly body?: { readonly mediaType: string; readonly text: string };
}

const HTML = "text/html; charset=utf-8";

function page(title: string): NonNullable<ForeignAnswer["body"]> {
  const text = `<!DOCTYPE html><html><head><title>${title}</title></head><body><h1>${title}</h1></body></html>`;
  return { mediaType: HTML, text };
}

function plain(text: string): NonNullable<ForeignAnswer["body"]> {
  return { mediaType: "text/plain", text };
}

function json(value: unknown, mediaType = "application/json"): NonNullable<ForeignAnswer["body"]> {
  return { mediaType, text: JSON.stringify(value) };
}

const SIGN_IN = page("Please sign in to this network");

/**
 * What a gateway, a proxy, a security product or a captive portal answers in place of the service, by
 * name: a gateway whose service is away, a filter that says no, a portal that waits for a person, a
 * relay that passes on something else.
 */
export const FOREIGN_ANSWERS = {
  "not-found-page": { status: 404, body: page("404 Not Found") },
  "not-found-text": { status: 404, body: plain("404 page not found\n") },
  "not-found-json": { status: 404, body: json({ message: "no Route matched with those values" }) },
  "gone-page": { status: 410, body: page("410 Gone") },
  "method-page": { status: 405, body: page("405 Not Allowed") },
  "bad-gateway-page": { status: 502, body: page("502 Bad Gateway") },
  "unknown-problem": {
    status: 404,
    body: json(
      { type: "about:blank", title: "Resource not found", status: 404 },
      "application/problem+json",
    ),
  },
  "forbidden-page": { status: 403, body: page("Forbidden") },
  "forbidden-text": { status: 403, body: plain("blocked by policy\n") },
  "forbidden-json": { status: 403, body: json({ message: "Forbidden" }) },
  "too-large-page": { status: 413, body: page("413 Request Entity Too Large") },
  "sign-in-page": {
    status: 401,
    headers: { "www-authenticate": 'Basic realm="gateway"' },
    body: page("401 Authorization Required"),
  },
  "proxy-sign-in-page": {
    status: 407,
    headers: { "proxy-authenticate": 'Basic realm="proxy"' },
    body: page("Proxy authentication required"),
  },
  "portal-redirect": { status: 302, headers: { location: "http://portal.invalid/sign-in" } },
  "portal-redirect-kept": { status: 307, headers: { location: "http://portal.invalid/sign-in" } },
  "moved-page": {
    status: 301,
    headers: { location: "https://elsewhere.invalid/" },
    body: page("301 Moved Permanently"),
  },
  "portal-page": { status: 200, body: SIGN_IN },
  "portal-needed": { status: 511, body: SIGN_IN },
  "ok-text": { status: 200, body: plain("OK\n") },
  "other-json": { status: 200, body: json({ status: "UP" }) },
  "page-as-json": { status: 200, body: { mediaType: "application/json", text: SIGN_IN.text } },
  "cut-json": {
    status: 200,
    body: { mediaType: "application/json", text: '{"entries":[{"kind":' },
  },
  empty: { status: 200 },
  "no-content": { status: 204 },
} as const satisfies Readonly<Record<string, ForeignAnswer>>;

/** One of {@link FOREIGN_ANSWERS}. */
export type ForeignAnswerName = keyof typeof FOREIGN_ANSWERS;

/** The names of {@link FOREIGN_ANSWERS}. */
export const FOREIGN_ANSWER_NAMES: readonly ForeignAnswerName[] = Object.keys(
  FOREIGN_ANSWERS,
) as ForeignAnswerName[];
