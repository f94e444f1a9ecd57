import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";

import { HEADERS } from "../../../protocol/http/headers.ts";
import { isContinueAwaited } from "./interim-responses.ts";
import { resetConnection } from "./reset-connection.ts";
import type { Outcome } from "./outcome.ts";
import { replyBytes, type Reply } from "./reply.ts";
import { wait } from "./wait.ts";

/** One request on its connection, with what every answer to it carries. */
export interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly requestNumber: number;
  readonly httpDate: string;
}

/** Lets the client see what became of its request. The only place that writes answers. */
export async function sendOutcome(exchange: Exchange, outcome: Outcome): Promise<void> {
  const { request, response } = exchange;
  if (request.socket.destroyed) return;
  switch (outcome.kind) {
    case "answer":
      if (outcome.reply.body.kind === "lines") await sendLines(exchange, outcome.reply);
      else if (outcome.bytesPerSecond === null) sendWhole(exchange, outcome.reply);
      else await sendSlowly(exchange, outcome.reply, outcome.bytesPerSecond);
      return;
    case "truncated":
      sendTruncated(exchange, outcome);
      return;
    case "garbage":
      request.socket.write("\0\0\0 no HTTP \r\n\r\n", () => request.socket.destroy());
      return;
    case "reset":
      resetConnection(request.socket);
      return;
    case "silent":
      // What still comes is taken in, so that the client is not held up sending.
      if (!response.destroyed) request.resume();
  }
}

function sendWhole(exchange: Exchange, reply: Reply): void {
  const { response } = exchange;
  const { body } = reply;
  if (body.kind === "json") {
    const text = JSON.stringify(body.value);
    writeHead(exchange, reply, Buffer.byteLength(text));
    finish(exchange, isHead(exchange) ? null : text);
    return;
  }
  writeHead(exchange, reply, body.kind === "bytes" ? body.sizeBytes : null);
  if (body.kind === "bytes" && !isHead(exchange)) {
    for (const chunk of body.chunks) response.write(chunk);
  }
  finish(exchange, null);
}

/**
 * Ends an answer. When it comes before the whole request did, as a refusal does, the client gets all
 * of it at once, but it is only ended, and the connection closed if it is to be closed, behind the
 * rest of the request: a client that is still sending would otherwise be cut off before it reads.
 */
function finish({ request, response }: Exchange, lastPiece: string | null): void {
  if (request.complete || isContinueAwaited(request)) {
    if (lastPiece === null) response.end();
    else response.end(lastPiece);
    return;
  }
  if (lastPiece === null) response.flushHeaders();
  else response.write(lastPiece);
  request.once("close", () => response.end()).once("end", () => response.end());
  request.resume();
}

async function sendLines(exchange: Exchange, reply: Reply): Promise<void> {
  const { response } = exchange;
  writeHead(exchange, reply, null);
  if (reply.body.kind === "lines" && !isHead(exchange)) {
    try {
      for (const piece of reply.body.pieces) {
        if (!response.write(piece) && !(await drained(response))) return;
      }
    } catch {
      // Cut short, so that the client does not take a part for the whole.
      resetConnection(exchange.request.socket);
      return;
    }
  }
  response.end();
}

/** Waits until more can be written; `false` when the client went away. */
async function drained(response: ServerResponse): Promise<boolean> {
  if (response.destroyed) return false;
  const ended = new AbortController();
  const close = once(response, "close", ended).then(() => false);
  const drain = once(response, "drain", ended).then(() => true);
  try {
    return await Promise.race([drain, close]);
  } finally {
    close.catch(() => null);
    drain.catch(() => null);
    ended.abort();
  }
}

async function sendSlowly(exchange: Exchange, reply: Reply, bytesPerSecond: number): Promise<void> {
  const { response } = exchange;
  const bytes = Buffer.concat(replyBytes(reply.body));
  const step = Math.max(1, Math.ceil(bytesPerSecond / 10));
  writeHead(exchange, reply, reply.body.kind === "none" ? null : bytes.length);
  for (let sent = 0; sent < bytes.length && !isHead(exchange); sent += step) {
    const piece = bytes.subarray(sent, sent + step);
    await wait((piece.length * 1000) / bytesPerSecond);
    if (response.destroyed) return;
    response.write(piece);
  }
  response.end();
}

/** Long enough for what was sent to arrive. */
const RESET_DELAY_MS = 10;

function sendTruncated(
  exchange: Exchange,
  { reply, bodyBytes, ending }: Extract<Outcome, { kind: "truncated" }>,
): void {
  const { request, response } = exchange;
  const destroy = (): void => {
    if (ending === "closed") request.socket.destroy();
    // A reset overtakes what was sent: it comes when that is there.
    else void wait(RESET_DELAY_MS).then(() => resetConnection(request.socket));
  };
  const bytes =
    reply.body.kind === "lines"
      ? Buffer.from([...reply.body.pieces].join(""))
      : Buffer.concat(replyBytes(reply.body));
  if (bytes.length === 0 || isHead(exchange)) {
    request.socket.write("HTTP/1.1 2", destroy);
    return;
  }
  writeHead(exchange, reply, reply.body.kind === "lines" ? null : bytes.length);
  const passed = bytes.subarray(0, Math.min(bodyBytes, bytes.length - 1));
  response.flushHeaders();
  if (passed.length === 0) request.socket.write("", destroy);
  else response.write(passed, destroy);
}

function writeHead(exchange: Exchange, reply: Reply, bodyBytes: number | null): void {
  const { response } = exchange;
  response.sendDate = false;
  // Beside what it may vary by already (CORS).
  if (reply.headers["content-language"] !== undefined)
    response.appendHeader("vary", "accept-language");
  const head = ["date", exchange.httpDate];
  if (reply.isForeign !== true) head.push(HEADERS.requestId, String(exchange.requestNumber));
  for (const [name, value] of Object.entries(reply.headers)) head.push(name, value);
  if (reply.body.kind !== "none") head.push("content-type", reply.body.mediaType);
  const hasLength = reply.headers["content-length"] !== undefined;
  const bodyless = reply.status === 204 || reply.status === 304;
  if (bodyBytes !== null) head.push("content-length", String(bodyBytes));
  else if (reply.body.kind === "none" && !bodyless && !hasLength && !isHead(exchange)) {
    head.push("content-length", "0");
  }
  response.writeHead(reply.status, head);
}

function isHead({ request }: Exchange): boolean {
  return request.method === "HEAD";
}
