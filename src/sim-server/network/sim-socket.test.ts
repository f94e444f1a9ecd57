import { once } from "node:events";
import http from "node:http";
import { finished } from "node:stream/promises";
import express from "express";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { createSocketPair } from "./socket-pair.ts";

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe("a socket pair", () => {
  test("delivers every byte in order, whatever the buffers", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 }),
        fc.integer({ min: 1, max: 500 }),
        async (chunks, highWaterMark) => {
          const { client, server } = createSocketPair({ highWaterMark });
          const received: Buffer[] = [];
          server.on("data", (chunk: Buffer) => received.push(chunk));
          for (const chunk of chunks) {
            if (!client.write(chunk)) await once(client, "drain");
          }
          client.end();
          await once(server, "end");
          expect(Buffer.concat(received)).toEqual(Buffer.concat(chunks));
          expect([client.bytesWritten, server.bytesRead]).toEqual([
            Buffer.concat(chunks).length,
            Buffer.concat(chunks).length,
          ]);
        },
      ),
    );
  });

  test("gives the writer its buffer back", async () => {
    const { client, server } = createSocketPair();
    const buffer = Buffer.from("first");
    await new Promise<void>((resolve) => client.write(buffer, () => resolve()));
    buffer.write("other");
    const [chunk] = await once(server, "data");
    expect(String(chunk)).toBe("first");
  });

  test("delivers nothing inside the call that sends", async () => {
    const { client, server } = createSocketPair();
    let seen = false;
    server.on("data", () => (seen = true));
    client.write("x");
    expect(seen).toBe(false);
    await nextTurn();
    expect(seen).toBe(true);
  });

  test("can be half closed: the end arrives, the answer still goes through", async () => {
    const { client, server } = createSocketPair();
    client.end("question");
    server.resume();
    await once(server, "end");
    expect([server.readyState, client.readyState]).toEqual(["writeOnly", "readOnly"]);
    server.end("answer");
    const [chunk] = await once(client, "data");
    expect(String(chunk)).toBe("answer");
    await Promise.all([finished(client), finished(server)]);
    expect([server.readyState, client.readyState]).toEqual(["closed", "closed"]);
  });

  test("destroying one end ends the other, whose writes fail with EPIPE", async () => {
    const { client, server } = createSocketPair();
    client.write("last words");
    client.destroy();
    const [chunk] = await once(server, "data");
    expect(String(chunk)).toBe("last words");
    server.write("too late");
    const [error] = await once(server, "error");
    expect(error).toMatchObject({ code: "EPIPE", syscall: "write", errno: -32 });
  });

  test("resetting one end gives the other ECONNRESET; so does closing over unread data", async () => {
    const first = createSocketPair();
    first.client.resetAndDestroy();
    expect((await once(first.server, "error"))[0]).toMatchObject({
      code: "ECONNRESET",
      syscall: "read",
    });
    const second = createSocketPair();
    second.client.write("never read");
    await nextTurn();
    second.server.end("answer");
    second.server.destroySoon();
    const seen: unknown[] = [];
    second.client.on("data", (chunk: Buffer) => seen.push(chunk.toString()));
    second.client.on("error", (error: NodeJS.ErrnoException) => seen.push(error.code));
    await new Promise((resolve) => second.client.on("close", resolve));
    expect(seen).toEqual(["answer", "ECONNRESET"]);
  });

  test("holds back a writer whose reader does not read", async () => {
    const { client, server } = createSocketPair();
    let written = 0;
    while (client.write(Buffer.alloc(16_384))) written += 1;
    await nextTurn();
    while (!client.writableNeedDrain && written < 1000) {
      client.write(Buffer.alloc(16_384));
      written += 1;
      await nextTurn();
    }
    expect(written).toBeLessThan(30);
    server.resume();
    await once(client, "drain");
    client.destroy();
  });

  test("emits timeout only after silence", async () => {
    const { client, server } = createSocketPair();
    server.resume();
    const began = performance.now();
    let timedOutAfterMs = 0;
    client.setTimeout(60, () => (timedOutAfterMs = performance.now() - began));
    for (let beat = 0; beat < 4; beat += 1) {
      await new Promise((resolve) => setTimeout(resolve, 25));
      client.write("beat");
    }
    await once(client, "timeout");
    expect(timedOutAfterMs).toBeGreaterThan(130);
  });

  test("says who is at the other end", () => {
    const { client, server } = createSocketPair();
    expect([client.remoteAddress, client.remotePort]).toEqual(["203.0.113.1", 80]);
    expect(server.remoteAddress).toBe("192.0.2.10");
    expect(client.address()).toEqual({ address: "192.0.2.10", port: 49_152, family: "IPv4" });
  });
});

describe("node:http and Express over a socket pair", () => {
  const app = express();
  app.put("/count", (incoming, response) => {
    let bytes = 0;
    incoming.on("data", (chunk: Buffer) => (bytes += chunk.length));
    incoming.on("end", () => response.json({ bytes }));
  });
  app.put("/refuse", (_request, response) => {
    response.status(413).set("connection", "close").end("too large");
  });
  app.put("/reset", (incoming) => {
    incoming.once("data", () => incoming.socket.resetAndDestroy());
  });

  function request(path: string, headers: http.OutgoingHttpHeaders = {}): http.ClientRequest {
    const { client, server } = createSocketPair();
    http.createServer(app).emit("connection", server);
    return http.request({ path, method: "PUT", headers, createConnection: () => client });
  }

  test("streams 512 MiB with bounded memory", async () => {
    const MIB = 2 ** 20;
    const sizeBytes = 512 * MIB;
    const upload = request("/count", { "content-length": sizeBytes });
    const answered = once(upload, "response");
    const before = process.memoryUsage().rss;
    let peak = before;
    const chunk = Buffer.alloc(MIB / 4);
    for (let sent = 0; sent < sizeBytes; sent += chunk.length) {
      if (!upload.write(chunk)) await once(upload, "drain");
      if (sent % (32 * MIB) === 0) peak = Math.max(peak, process.memoryUsage().rss);
    }
    upload.end();
    const [response] = (await answered) as [http.IncomingMessage];
    expect(JSON.parse(String((await once(response, "data"))[0]))).toEqual({ bytes: sizeBytes });
    expect((peak - before) / MIB).toBeLessThan(256);
  });

  test("delivers an answer that comes before the body was read", async () => {
    const upload = request("/refuse", { "content-length": 10_000_000 });
    upload.on("error", () => undefined);
    upload.write(Buffer.alloc(1_000_000));
    const [response] = (await once(upload, "response")) as [http.IncomingMessage];
    expect(response.statusCode).toBe(413);
    upload.destroy();
  });

  test("a reset in the middle of the body reaches the client", async () => {
    const upload = request("/reset", { "content-length": 10_000_000 });
    upload.write(Buffer.alloc(1_000_000));
    const [error] = await once(upload, "error");
    expect(["ECONNRESET", "EPIPE"]).toContain(error.code);
  });

  test("a client that vanishes in the middle of the body reaches the server", async () => {
    const { client, server } = createSocketPair();
    const aborted = new Promise((resolve) => {
      const httpServer = http.createServer((incoming) => {
        incoming.on("error", (error: NodeJS.ErrnoException) => resolve(error.code));
        incoming.resume();
      });
      httpServer.emit("connection", server);
    });
    const upload = http.request({
      method: "PUT",
      headers: { "content-length": 1000 },
      createConnection: () => client,
    });
    upload.on("error", () => undefined);
    upload.write("half");
    await nextTurn();
    client.resetAndDestroy();
    expect(await aborted).toBe("ECONNRESET");
  });
});
