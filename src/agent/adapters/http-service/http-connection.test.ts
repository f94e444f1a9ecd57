import { readFileSync } from "node:fs";
import type { Socket } from "node:net";
import {
  createServer as createTlsServer,
  getCACertificates,
  setDefaultCACertificates,
} from "node:tls";

import { afterEach, describe, expect, test, vi } from "vitest";
import { FakeClock } from "../../testing/fake-clock.ts";
import {
  tinyHttpServer,
  tinyServer,
  tinySocketServer,
  type TinyServer,
} from "../../testing/tiny-server.ts";
import { NodeDialer } from "../node-dialer.ts";
import { HttpConnection, type HttpRequest } from "./http-connection.ts";
import type { HttpAnswer } from "./reception.ts";
import { message } from "../../../messages/message.ts";

/** What has not come by then does not come. */
const PATIENCE_MS = 600_000;

const ASKING = message("exchange.asking-contract");

const SILENCE_MS_MAX = 60_000;
const GET: HttpRequest = { method: "GET", path: "/a", headers: {} };

const opened: HttpConnection[] = [];

afterEach(() => {
  for (const connection of opened.splice(0)) connection.close();
});

function connect(serviceUrl: string, clock = new FakeClock()): HttpConnection {
  const connection = new HttpConnection({
    serviceUrl,
    clock,
    dialer: new NodeDialer(),
    silenceMsMax: SILENCE_MS_MAX,
  });
  opened.push(connection);
  return connection;
}

function ask(
  url: string,
  request: HttpRequest = GET,
  clock = new FakeClock(),
): Promise<HttpAnswer> {
  return connect(url, clock).exchange(request, ASKING);
}

/** Answers the first bytes of every connection with a text, then does what is given. */
function rawServer(
  text: string,
  then: (socket: Socket) => void,
): ReturnType<typeof tinySocketServer> {
  return tinySocketServer((socket) => {
    socket.once("data", () => {
      socket.write(text);
      then(socket);
    });
  });
}

function body(byteCount: number): Pick<HttpRequest, "body" | "headers"> {
  return { body: [Buffer.alloc(byteCount)], headers: { "content-length": String(byteCount) } };
}

const SELF_SIGNED = {
  key: readFileSync("fixtures/tls/self-signed-key.pem", "utf8"),
  cert: readFileSync("fixtures/tls/self-signed-cert.pem", "utf8"),
};

/** Answers every request over TLS on all of the machine's own addresses. */
function tlsServer(onData: (bytes: string) => void = () => undefined): Promise<TinyServer> {
  const server = createTlsServer(SELF_SIGNED, (socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (bytes) => {
      onData(bytes.toString("latin1"));
      socket.write("HTTP/1.1 204 No Content\r\n\r\n");
    });
  });
  server.on("tlsClientError", () => undefined);
  return tinyServer(server, "https");
}

/** Does something while the process trusts one more certificate. */
async function trusting(cert: string, act: () => Promise<void>): Promise<void> {
  const before = getCACertificates();
  setDefaultCACertificates([...before, cert]);
  try {
    await act();
  } finally {
    setDefaultCACertificates(before);
  }
}

describe("an exchange", () => {
  test("carries method, path, header fields and body, and brings the answer back", async () => {
    await using server = await tinyHttpServer(async (incoming, outgoing) => {
      const pieces = await Array.fromAsync<Buffer>(incoming);
      outgoing.setHeader(
        "x-seen",
        `${incoming.method} ${incoming.url} ${String(incoming.headers["x-a"])}`,
      );
      outgoing.end(Buffer.concat(pieces));
    });

    const answer = await ask(server.url, {
      method: "PUT",
      path: "/a%20b?c=d",
      headers: { "x-a": "1", "content-length": "6" },
      body: [Buffer.from("abc"), Buffer.from("def")],
    });

    expect(answer.status).toBe(200);
    expect(answer.headers["x-seen"]).toBe("PUT /a%20b?c=d 1");
    expect(answer.body.toString()).toBe("abcdef");
  });

  test("uses a kept connection again, with nothing left on the clock", async () => {
    let connectionCount = 0;
    const clock = new FakeClock();
    await using server = await tinyHttpServer((_, outgoing) => void outgoing.end("ok"));
    const connection = new HttpConnection({
      serviceUrl: server.url,
      clock,
      silenceMsMax: SILENCE_MS_MAX,
      dialer: {
        dial: (target) => {
          connectionCount += 1;
          return new NodeDialer().dial(target);
        },
      },
    });
    opened.push(connection);

    for (let count = 0; count < 3; count += 1) await connection.exchange(GET, ASKING);

    expect(connectionCount).toBe(1);
    expect(clock.timerCount).toBe(0);
  });

  test("passes over interim answers", async () => {
    const interim = "HTTP/1.1 104 Upload Resumption Supported\r\nLocation: /x\r\n\r\n";
    await using server = await rawServer(
      `${interim}HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\nok`,
      () => undefined,
    );

    expect(await ask(server.url)).toMatchObject({ status: 201, body: Buffer.from("ok") });
  });

  test("takes an answer that comes before the whole body was sent", async () => {
    await using server = await tinyHttpServer((_, outgoing) => {
      outgoing.writeHead(413, { connection: "close" });
      outgoing.end();
    });

    const answer = await ask(server.url, { method: "PUT", path: "/", ...body(100_000) });

    expect(answer.status).toBe(413);
  });

  test("sends a body of many pieces without piling up listeners", async () => {
    const warn = vi.spyOn(process, "emitWarning");
    await using server = await tinyHttpServer((incoming, outgoing) => {
      incoming.resume().on("end", () => outgoing.end());
    });
    const pieces = Array.from({ length: 50 }, () => Buffer.alloc(200_000));

    await ask(server.url, {
      method: "PUT",
      path: "/",
      headers: { "content-length": String(50 * 200_000) },
      body: pieces,
    });

    expect(warn).not.toHaveBeenCalled();
    warn.mockRestore();
  });
});

describe("an exchange fails as", () => {
  test("unreachable where nobody listens", async () => {
    const server = await tinyHttpServer(() => undefined);
    await server[Symbol.asyncDispose]();

    await expect(ask(server.url)).rejects.toMatchObject({
      failure: { kind: "communication", way: "unreachable", transient: true },
    });
  });

  test("unresolved when the name is not known", async () => {
    await expect(ask("http://no-such-host.invalid")).rejects.toMatchObject({
      failure: { way: "unresolved", transient: true },
    });
  });

  test("reset when the connection is reset before an answer", async () => {
    await using server = await tinySocketServer((socket) => {
      socket.once("data", () => socket.resetAndDestroy());
    });

    await expect(ask(server.url)).rejects.toMatchObject({
      failure: { way: "reset", transient: true },
    });
  });

  test("reset when the connection is reset in the middle of the body", async () => {
    await using server = await tinySocketServer((socket) => {
      socket.once("data", () => setTimeout(() => socket.resetAndDestroy(), 5));
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    });

    const sending = ask(server.url, { method: "PUT", path: "/", ...body(20_000_000) });

    await expect(sending).rejects.toMatchObject({ failure: { way: "reset" } });
  });

  test.each([
    ["is no HTTP", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["has a broken header", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n"],
    ["stops short of its length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"],
    ["stops within a chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"],
  ])("corrupt when the answer %s", async (_, text) => {
    await using server = await rawServer(text, (socket) => socket.end());

    await expect(ask(server.url)).rejects.toMatchObject({
      failure: { way: "corrupt", transient: true },
    });
  });

  test("corrupt when the answer does not end", async () => {
    await using server = await tinyHttpServer((_, outgoing) => {
      const megabyte = Buffer.alloc(1024 * 1024);
      const pour = (): void => {
        while (!outgoing.destroyed && outgoing.write(megabyte));
      };
      outgoing.on("drain", pour);
      pour();
    });

    await expect(ask(server.url)).rejects.toMatchObject({ failure: { way: "corrupt" } });
  });

  test("tls, for good, when the certificate is nobody's", async () => {
    let received = "";
    await using server = await tlsServer((bytes) => (received += bytes));

    for (const host of ["localhost", "127.0.0.1"]) {
      await expect(ask(`https://${host}:${server.port}`)).rejects.toMatchObject({
        failure: { way: "tls", transient: false },
      });
    }
    expect(received).toBe("");
  });

  test("tls when the certificate is trusted but another's", async () => {
    await using server = await tlsServer();

    await trusting(SELF_SIGNED.cert, async () => {
      for (const host of ["localhost", "127.0.0.1"]) {
        expect(await ask(`https://${host}:${server.port}`)).toMatchObject({ status: 204 });
      }
      await expect(ask(`https://127.0.0.2:${server.port}`)).rejects.toMatchObject({
        failure: { way: "tls", transient: false },
      });
    });
  });

  test("tls when what answers speaks no TLS", async () => {
    await using server = await rawServer("HTTP/1.1 400 Bad Request\r\n\r\n", (socket) =>
      socket.end(),
    );

    await expect(ask(`https://localhost:${server.port}`)).rejects.toMatchObject({
      failure: { way: "tls" },
    });
  });
});

describe("silence", () => {
  const silent = expect.objectContaining({
    failure: expect.objectContaining({ way: "timeout", transient: true }),
  });

  /** Waits in real time until something is so, since what is waited for crosses real sockets. */
  async function until(isSo: () => boolean): Promise<void> {
    await vi.waitFor(() => expect(isSo()).toBe(true), { interval: 1, timeout: PATIENCE_MS });
  }

  test("before the answer ends the exchange at its time limit, not before", async () => {
    const clock = new FakeClock();
    let requestCount = 0;
    await using server = await tinyHttpServer(() => void (requestCount += 1));
    let outcome: unknown;
    void ask(server.url, GET, clock).catch((error: unknown) => (outcome = error));
    await until(() => requestCount === 1);

    await clock.advance(SILENCE_MS_MAX - 1);
    expect(outcome).toBeUndefined();
    await clock.advance(1);

    expect(outcome).toEqual(silent);
  });

  test("is counted anew from each piece of the answer", async () => {
    const clock = new FakeClock();
    let send: (text: string) => void = () => undefined;
    await using server = await tinyHttpServer((_, outgoing) => {
      send = (text) => void outgoing.write(text);
      send("a");
    });
    let outcome: unknown;
    let timerSetCount = 0;
    const setTimer = clock.setTimer.bind(clock);
    clock.setTimer = (delayMs, callback) => {
      timerSetCount += 1;
      return setTimer(delayMs, callback);
    };
    void ask(server.url, GET, clock).catch((error: unknown) => (outcome = error));

    await until(() => timerSetCount === 3);
    await clock.advance(SILENCE_MS_MAX - 1);
    const setBefore = timerSetCount;
    send("b");
    await until(() => timerSetCount > setBefore);
    await clock.advance(SILENCE_MS_MAX - 1);
    expect(outcome).toBeUndefined();
    await clock.advance(1);

    expect(outcome).toEqual(silent);
  });

  test("while the body goes out ends the exchange too, and leaves nothing on the clock", async () => {
    const clock = new FakeClock();
    let isConnected = false;
    await using server = await tinySocketServer((socket) => {
      socket.pause();
      isConnected = true;
    });
    let outcome: unknown;
    const sending = ask(server.url, { method: "PUT", path: "/", ...body(50_000_000) }, clock);
    void sending.catch((error: unknown) => (outcome = error));
    await until(() => isConnected);
    await new Promise((resolve) => setTimeout(resolve, 50));

    await clock.advance(SILENCE_MS_MAX);
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(outcome).toEqual(silent);
    expect(clock.timerCount).toBe(0);
  });

  test("is not counted while a body of one large piece goes out slowly", async () => {
    const clock = new FakeClock();
    let timerSetCount = 0;
    const setTimer = clock.setTimer.bind(clock);
    clock.setTimer = (delayMs, callback) => {
      timerSetCount += 1;
      return setTimer(delayMs, callback);
    };
    await using server = await tinyHttpServer((incoming, outgoing) => {
      incoming.resume().on("end", () => outgoing.end());
    });

    await ask(server.url, { method: "PUT", path: "/", ...body(16_000_000) }, clock);

    expect(timerSetCount).toBeGreaterThan(10);
  });
});

describe("closing", () => {
  test("cuts the exchanges under way, and a later one starts afresh", async () => {
    let requestCount = 0;
    await using server = await tinyHttpServer((_, outgoing) => {
      requestCount += 1;
      if (requestCount > 2) outgoing.end("ok");
    });
    const connection = connect(server.url);
    const waiting = [connection.exchange(GET, ASKING), connection.exchange(GET, ASKING)];
    const outcomes = Promise.allSettled(waiting);
    await vi.waitFor(() => expect(requestCount).toBe(2), PATIENCE_MS);

    connection.close();

    const cut = { status: "rejected", reason: { failure: { way: "reset" } } };
    expect(await outcomes).toMatchObject([cut, cut]);
    expect((await connection.exchange(GET, ASKING)).body.toString()).toBe("ok");
  });

  test("leaves nothing on the clock, however much of a body was still to be sent", async () => {
    const clock = new FakeClock();
    let isConnected = false;
    await using server = await tinySocketServer((socket) => {
      socket.pause();
      isConnected = true;
    });
    const connection = connect(server.url, clock);
    const request = { method: "PUT", path: "/", ...body(50_000_000) };
    const outcome = connection.exchange(request, ASKING).catch((error: unknown) => error);
    await vi.waitFor(() => expect(isConnected).toBe(true), PATIENCE_MS);

    connection.close();
    await outcome;
    await new Promise((resolve) => setTimeout(resolve, 20));

    expect(clock.timerCount).toBe(0);
  });
});
