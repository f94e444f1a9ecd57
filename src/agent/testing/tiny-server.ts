import { once } from "node:events";
import {
  createServer as createHttpServer,
  type IncomingHttpHeaders,
  type RequestListener,
} from "node:http";
import {
  createServer as createTcpServer,
  type AddressInfo,
  type Server,
  type Socket,
} from "node:net";

import { HEADERS } from "../../protocol/http/headers.ts";
import { problem, PROBLEM_MEDIA_TYPE, type ProblemCode } from "../../protocol/http/problem.ts";

/** A server on a port of its own; disposing of it cuts its connections. */
export interface TinyServer extends AsyncDisposable {
  readonly url: string;
  readonly port: number;
}

async function listening(server: Server, protocol = "http"): Promise<TinyServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => undefined);
    socket.once("close", () => sockets.delete(socket));
  });
  server.listen(0);
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    port,
    url: `${protocol}://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}

/** Serves HTTP. */
export function tinyHttpServer(
  listener: (...given: Parameters<RequestListener>) => void | Promise<void>,
): Promise<TinyServer> {
  return listening(createHttpServer((incoming, outgoing) => void listener(incoming, outgoing)));
}

/** Hands every connection over raw, for answers that are no HTTP. */
export function tinySocketServer(onConnection: (socket: Socket) => void): Promise<TinyServer> {
  return listening(createTcpServer(onConnection));
}

/** Any server, of TLS for example. */
export function tinyServer(server: Server, protocol: string): Promise<TinyServer> {
  return listening(server, protocol);
}

/** A request as it arrived. */
interface ArrivedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** An answer to give. */
export interface ScriptedAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** A server that gives the answers of a script one after another, the last for ever. */
export interface ScriptedServer extends TinyServer {
  readonly requests: readonly ArrivedRequest[];
}

/** Serves a script. */
export async function scriptedServer(answers: readonly ScriptedAnswer[]): Promise<ScriptedServer> {
  const requests: ArrivedRequest[] = [];
  const server = await tinyHttpServer(async (incoming, outgoing) => {
    const body = Buffer.concat(await Array.fromAsync<Buffer>(incoming));
    const { method = "", url = "", headers } = incoming;
    requests.push({ method, url, headers, body });
    const answer = answers[Math.min(requests.length, answers.length) - 1];
    outgoing.writeHead(answer?.status ?? 500, answer?.headers);
    outgoing.end(method === "HEAD" ? undefined : answer?.body);
  });
  return Object.assign(server, { requests });
}

/** An answer in JSON. */
export function jsonAnswer(status: number, body: unknown): ScriptedAnswer {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

/** The service's refusal. */
export function problemAnswer(code: ProblemCode): ScriptedAnswer {
  const body = problem(code, `said ${code}`);
  return {
    status: body.status,
    headers: { "content-type": PROBLEM_MEDIA_TYPE, [HEADERS.requestId]: "1" },
    body: JSON.stringify(body),
  };
}
