import type { RequestHandler } from "express";

import { HEADERS } from "../../../protocol/http/headers.ts";

/** Fields of answers that a page may read, beside those that every page may. */
const EXPOSED = [...Object.values(HEADERS), "etag", "location", "retry-after"].join(", ");

/** Seconds for which a browser need not ask again. */
const MAX_AGE_SECONDS = 600;

/**
 * Lets pages of these origins use the service (CORS, Fetch standard section 3.2): says so in answers,
 * and answers the question a browser asks before. Every other page is left to the browser, which does
 * not show it the answer. An origin is as a browser writes it, `https://app.example:8080`.
 */
export function allowOrigins(origins: readonly string[]): RequestHandler {
  return (request, response, next) => {
    const { origin } = request.headers;
    response.vary("origin");
    if (origin === undefined || !origins.includes(origin)) return next();
    response.set("access-control-allow-origin", origin);
    response.set("access-control-expose-headers", EXPOSED);
    if (request.method !== "OPTIONS") return next();
    if (request.get("access-control-request-method") === undefined) return next();
    response.set({
      "access-control-allow-methods": "GET, HEAD, PUT, POST, PATCH, DELETE",
      "access-control-allow-headers": request.get("access-control-request-headers") ?? "",
      "access-control-max-age": String(MAX_AGE_SECONDS),
    });
    response.status(204).end();
  };
}
