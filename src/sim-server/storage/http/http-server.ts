import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerOptions,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer, type Server as TlsServer } from "node:https";
import type { Duplex } from "node:stream";

import { message } from "../../../messages/message.ts";
import { PROBLEM_MEDIA_TYPE, PROBLEMS, type ProblemCode } from "../../../protocol/http/problem.ts";
import { LIMITS } from "../../../protocol/limits.ts";
import { acceptedLanguage } from "./accepted-language.ts";
import { expectContinue } from "./interim-responses.ts";
import { ProblemError } from "./problem-error.ts";

/** A key and its certificate, PEM. */
export interface TlsIdentity {
  readonly key: string | Buffer;
  readonly cert: string | Buffer;
}

const SERVER_OPTIONS: ServerOptions = {
  maxHeaderSize: LIMITS.requestHeaderBytesMax,
  // A missing Host is answered by the service, as a problem.
  requireHostHeader: false,
  // A large file over a slow line takes as long as it takes.
  requestTimeout: 0,
  headersTimeout: 60_000,
  keepAliveTimeout: 60_000,
};

/** Connections at a time; further ones are closed at once, since each takes memory and a descriptor. */
const CONNECTION_COUNT_MAX = 10_000;

/**
 * A server, not yet listening, that brings every request to `listener` and answers what is no HTTP
 * with a problem. Works as well on connections that are handed to it by `emit("connection", duplex)`.
 */
export function createHttpServer(listener: RequestListener, tls?: TlsIdentity): Server | TlsServer {
  const whenDecoded: RequestListener = (request, response) => {
    // Node undoes `chunked` alone: of any other coding the service would keep the coded bytes.
    const coding = request.headers["transfer-encoding"]?.trim().toLowerCase() ?? "chunked";
    if (coding === "chunked") listener(request, response);
    else refuseCoding(request, response);
  };
  const server =
    tls === undefined
      ? createServer(SERVER_OPTIONS, whenDecoded)
      : createTlsServer({ ...SERVER_OPTIONS, ...tls }, whenDecoded);
  server.maxConnections = CONNECTION_COUNT_MAX;
  const whenRead = (request: IncomingMessage, response: ServerResponse): void => {
    // 100 Continue is sent when somebody reads the body: a request that is refused need not send it.
    expectContinue(request);
    whenDecoded(request, response);
  };
  server.on("checkContinue", whenRead);
  // An expectation nobody knows is ignored, as RFC 9110 section 10.1.1 allows.
  server.on("checkExpectation", whenDecoded);
  server.on("clientError", (error: ClientError, socket: Duplex) => {
    if (error.code === "ECONNRESET" || !socket.writable || isOwedAnother(socket)) socket.destroy();
    else refuse(socket, codeOf(error), acceptLanguageIn(error.rawPacket));
  });
  server.on("connect", ({ headers }, socket: Duplex) =>
    refuse(socket, "method-not-allowed", headers["accept-language"]),
  );
  return server;
}

/** What Node's parser tells of a request it cannot read. */
interface ClientError extends NodeJS.ErrnoException {
  /** What came last, where it was the parser that failed. */
  readonly rawPacket?: Buffer;
}

/** The field `Accept-Language` of a head that was not parsed, where it is among what came last. */
function acceptLanguageIn(rawPacket: Buffer | undefined): string | undefined {
  return /^accept-language:([^\r\n]*)/im.exec(rawPacket?.toString("latin1") ?? "")?.[1];
}

function codeOf(error: NodeJS.ErrnoException): ProblemCode {
  return error.code === "HPE_HEADER_OVERFLOW" ? "request-header-too-large" : "invalid-request";
}

/**
 * Whether the next answer on a connection is another request's: that of one that arrived whole before
 * the broken one, or one whose head is out already. A refusal would be taken for that answer.
 */
function isOwedAnother(socket: Duplex): boolean {
  const { _httpMessage: answer } = socket as Duplex & {
    readonly _httpMessage?: ServerResponse | null;
  };
  return answer ? answer.headersSent || answer.req.complete : false;
}

/** Answers a request whose body cannot be read to its end, and closes the connection behind it. */
function refuseCoding({ headers }: IncomingMessage, response: ServerResponse): void {
  const language = acceptedLanguage(headers["accept-language"]);
  const refusal = new ProblemError("not-implemented", message("request.transfer-coding"));
  response.writeHead(PROBLEMS["not-implemented"].status, {
    "content-type": PROBLEM_MEDIA_TYPE,
    "content-language": language,
    connection: "close",
  });
  response.end(JSON.stringify(refusal.problemIn(language)));
}

function refuse(socket: Duplex, code: ProblemCode, acceptLanguage: string | undefined): void {
  const language = acceptedLanguage(acceptLanguage);
  const refusal = new ProblemError(code, message("request.no-http"));
  const body = JSON.stringify(refusal.problemIn(language));
  const head = [
    `HTTP/1.1 ${PROBLEMS[code].status} Refused`,
    `content-type: ${PROBLEM_MEDIA_TYPE}`,
    `content-language: ${language}`,
    `content-length: ${Buffer.byteLength(body)}`,
    ...(code === "method-not-allowed"
      ? ["allow: GET, HEAD, PUT, POST, PATCH, DELETE, OPTIONS"]
      : []),
    "connection: close",
  ];
  socket.on("error", () => socket.destroy());
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
}
