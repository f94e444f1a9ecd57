import type { IncomingMessage, ServerResponse } from "node:http";

import { afterEach, describe, expect, test } from "vitest";
import { formatDigestHeader } from "../../../protocol/digest-header.ts";
import { problem, PROBLEM_MEDIA_TYPE } from "../../../protocol/http/problem.ts";
import { sha256Hex } from "../../core/sha256.ts";
import type { DownloadHead, DownloadSink, DownloadWish } from "../../ports/service.ts";
import { FakeClock } from "../../testing/fake-clock.ts";
import { tinyHttpServer, type TinyServer } from "../../testing/tiny-server.ts";
import { NodeDialer } from "../node-dialer.ts";
import { HttpConnection } from "./http-connection.ts";
import { HttpService } from "./http-service.ts";

const CONTENT = Buffer.from("the content of one file");
const SIZE = CONTENT.length;
const ETAG = '"1"';
const HEAD: DownloadHead = {
  offsetBytes: 0,
  etag: ETAG,
  sizeBytes: SIZE,
  sha256: sha256Hex(CONTENT),
  modifiedAtNs: 1_000n,
  mode: undefined,
};
const PATH = ["領域", "a?.txt"];

type Headers = Readonly<Record<string, string | undefined>>;

/** The header fields of an answer with the file from `offset` on. */
function fileHeaders(offset = 0, more: Headers = {}): Record<string, string> {
  const piece = CONTENT.subarray(offset);
  const headers: Headers = {
    etag: ETAG,
    "content-type": "application/octet-stream",
    "content-length": String(piece.length),
    "repr-digest": formatDigestHeader(sha256Hex(CONTENT)),
    "content-digest": formatDigestHeader(sha256Hex(piece)),
    "azukeru-modified-at-ns": "1000",
    ...(offset === 0 ? {} : { "content-range": `bytes ${offset}-${SIZE - 1}/${SIZE}` }),
    ...more,
  };
  const given = Object.entries(headers).filter(
    (one): one is [string, string] => one[1] !== undefined,
  );
  return Object.fromEntries(given);
}

/** Keeps what it is given. */
class KeepingSink implements DownloadSink {
  readonly heads: DownloadHead[] = [];
  readonly pieces: Uint8Array[] = [];
  onWrite: (piece: Uint8Array) => Promise<void> = () => Promise.resolve();

  async begin(head: DownloadHead): Promise<void> {
    this.heads.push(head);
  }

  async write(piece: Uint8Array): Promise<void> {
    await this.onWrite(piece);
    this.pieces.push(piece);
  }

  get text(): string {
    return Buffer.concat(this.pieces).toString();
  }
}

const opened: TinyServer[] = [];

afterEach(async () => {
  for (const one of opened.splice(0)) await one[Symbol.asyncDispose]();
});

/** A service before a server that does this with each request. */
class DownloadBench {
  readonly clock = new FakeClock();
  readonly sink = new KeepingSink();
  readonly requests: IncomingMessage[] = [];
  readonly service: HttpService;
  renewCount = 0;

  private constructor(serviceUrl: string, requests: IncomingMessage[]) {
    this.requests = requests;
    const connection = new HttpConnection({
      serviceUrl,
      dialer: new NodeDialer(),
      clock: this.clock,
      silenceMsMax: 60_000,
    });
    this.service = new HttpService(connection, {
      token: () => `token-${this.renewCount}`,
      renew: async () => `token-${++this.renewCount}`,
    });
  }

  static async of(
    answer: (response: ServerResponse, request: IncomingMessage) => void,
  ): Promise<DownloadBench> {
    const requests: IncomingMessage[] = [];
    const server = await tinyHttpServer((request, response) => {
      requests.push(request);
      answer(response, request);
    });
    opened.push(server);
    return new DownloadBench(server.url, requests);
  }

  /** A service that answers everything with this. */
  static answering(
    status: number,
    headers: Record<string, string>,
    body: Uint8Array | string = "",
  ): Promise<DownloadBench> {
    return DownloadBench.of((response) => response.writeHead(status, headers).end(body));
  }

  download(wish: Partial<DownloadWish> = {}): Promise<DownloadHead | undefined> {
    return this.service.download({ path: PATH, ...wish }, this.sink);
  }
}

function failure(way: string): unknown {
  return expect.objectContaining({
    name: "ServiceError",
    failure: expect.objectContaining({ kind: "communication", way, transient: true }),
  });
}

const UNKNOWN = expect.objectContaining({
  failure: expect.objectContaining({ way: "off-contract", transient: true }),
});

describe("a download", () => {
  test("streams the file and says what it is", async () => {
    const bench = await DownloadBench.answering(200, fileHeaders(), CONTENT);

    expect(await bench.download()).toEqual(HEAD);

    expect(bench.sink.heads).toEqual([HEAD]);
    expect(bench.sink.text).toBe(CONTENT.toString());
    expect(bench.requests[0]?.url).toBe("/v1/files/%E9%A0%98%E5%9F%9F/a%3F.txt");
    expect(bench.requests[0]?.headers).not.toHaveProperty("range");
  });

  test("asks for a generation by its number", async () => {
    const bench = await DownloadBench.answering(200, fileHeaders(), CONTENT);

    await bench.download({ generation: 3 });

    expect(bench.requests[0]?.url).toMatch(/\?generation=3$/);
  });

  test("of an empty file begins, and has no pieces", async () => {
    const digest = formatDigestHeader(sha256Hex(Buffer.alloc(0)));
    const headers = { "content-length": "0", "repr-digest": digest, "content-digest": digest };
    const bench = await DownloadBench.answering(200, fileHeaders(0, headers));

    expect(await bench.download()).toMatchObject({ sizeBytes: 0 });
    expect(bench.sink.heads).toHaveLength(1);
    expect(bench.sink.pieces).toEqual([]);
  });

  test("goes on from an offset while the file carries the tag", async () => {
    const bench = await DownloadBench.answering(206, fileHeaders(5), CONTENT.subarray(5));

    const head = await bench.download({ from: { offsetBytes: 5, etag: ETAG } });

    expect(head).toEqual({ ...HEAD, offsetBytes: 5 });
    expect(bench.sink.text).toBe(CONTENT.subarray(5).toString());
    expect(bench.requests[0]?.headers).toMatchObject({ range: "bytes=5-", "if-range": ETAG });
  });

  test("starts over when the whole file comes for a range: it is another one by now", async () => {
    const bench = await DownloadBench.answering(200, fileHeaders(0, { etag: '"2"' }), CONTENT);

    const head = await bench.download({ from: { offsetBytes: 5, etag: ETAG } });

    expect(head).toEqual({ ...HEAD, etag: '"2"' });
    expect(bench.sink.text).toBe(CONTENT.toString());
  });

  test("of a file that is not there is nothing", async () => {
    const body = JSON.stringify(problem("not-found", "gone"));
    const bench = await DownloadBench.answering(404, { "content-type": PROBLEM_MEDIA_TYPE }, body);

    expect(await bench.download()).toBeUndefined();
    expect(bench.sink.heads).toEqual([]);
  });

  test("is not taken for nothing when a 404 comes from something in between", async () => {
    const bench = await DownloadBench.answering(404, { "content-type": "text/html" }, "<h1>");

    await expect(bench.download()).rejects.toMatchObject({ failure: { way: "foreign" } });
  });

  test("renews a session that is over, and begins once", async () => {
    const bench = await DownloadBench.of((response, request) => {
      if (request.headers.authorization === "Bearer token-0") {
        const body = JSON.stringify(problem("session-expired", "over"));
        response.writeHead(401, { "content-type": PROBLEM_MEDIA_TYPE }).end(body);
      } else {
        response.writeHead(200, fileHeaders()).end(CONTENT);
      }
    });

    expect(await bench.download()).toEqual(HEAD);
    expect(bench.sink.heads).toHaveLength(1);
  });

  test("needs no digest of the very answer, and passes over one of another kind", async () => {
    for (const digest of [undefined, "md5=:AAAA:", "no dictionary ("]) {
      const headers = fileHeaders(0, { "content-digest": digest });
      const bench = await DownloadBench.answering(200, headers, CONTENT);
      expect(await bench.download()).toEqual(HEAD);
    }
  });
});

describe("a download that is cut", () => {
  test.each(Array.from({ length: SIZE }, (_, index) => index))(
    "after %i bytes hands them out and says that the rest is missing",
    async (byteCount) => {
      for (const [end, way] of [
        [(response: ServerResponse) => response.socket?.end(), "corrupt"],
        [(response: ServerResponse) => response.socket?.resetAndDestroy(), "reset"],
      ] as const) {
        const bench = await DownloadBench.of((response) => {
          response.writeHead(200, fileHeaders());
          response.flushHeaders();
          response.write(CONTENT.subarray(0, byteCount));
          // A reset overtakes what the other side has not read yet.
          setTimeout(() => end(response), 15);
        });

        await expect(bench.download()).rejects.toEqual(failure(way));
        expect(bench.sink.heads).toHaveLength(1);
        expect(bench.sink.text).toBe(CONTENT.subarray(0, byteCount).toString());
      }
    },
  );

  test("by the agent itself rejects", async () => {
    const bench = await DownloadBench.of((response) => {
      response.writeHead(200, fileHeaders());
      response.write(CONTENT.subarray(0, 4));
    });
    bench.sink.onWrite = async () => bench.service.cut();

    await expect(bench.download()).rejects.toMatchObject({ name: "ServiceError" });
    expect(bench.sink.text).toBe("the ");
  });

  test("by silence between two pieces is given up after the time limit", async () => {
    const bench = await DownloadBench.of((response) => {
      response.writeHead(200, fileHeaders());
      response.write(CONTENT.subarray(0, 4));
    });
    const written = new Promise<void>((resolve) => {
      bench.sink.onWrite = async () => resolve();
    });
    const outcome = bench.download().catch((error: unknown) => error);
    await written;
    await bench.clock.advance(59_999);
    expect(bench.clock.timerCount).toBe(1);
    await bench.clock.advance(1);

    expect(await outcome).toEqual(failure("timeout"));
  });

  test("is no matter of how long the disk takes", async () => {
    const bench = await DownloadBench.answering(200, fileHeaders(), CONTENT);
    bench.sink.onWrite = () => bench.clock.advance(10 * 60_000);

    expect(await bench.download()).toEqual(HEAD);
    expect(bench.clock.timerCount).toBe(0);
  });
});

describe("an answer that cannot be true", () => {
  const from = { offsetBytes: 5, etag: ETAG };
  const rest = CONTENT.subarray(5);

  test.each([
    ["more", Buffer.concat([rest, rest])],
    ["less", rest.subarray(1)],
  ])("%s bytes than the range announces are damaged", async (_, body) => {
    const headers = fileHeaders(5, { "content-length": undefined, "content-digest": undefined });
    const bench = await DownloadBench.answering(206, headers, body);

    await expect(bench.download({ from })).rejects.toEqual(failure("corrupt"));
  });

  test("bytes that do not have the digest of the answer are damaged", async () => {
    for (const [status, offset, wish] of [
      [200, 0, {}],
      [206, 5, { from }],
    ] as const) {
      const spoilt = Buffer.alloc(SIZE - offset, "x");
      const bench = await DownloadBench.answering(status, fileHeaders(offset), spoilt);
      await expect(bench.download(wish)).rejects.toEqual(failure("corrupt"));
    }
  });

  test.each(["etag", "repr-digest", "azukeru-modified-at-ns", "content-length"])(
    "without %s is not known",
    async (name) => {
      const bench = await DownloadBench.answering(
        200,
        fileHeaders(0, { [name]: undefined }),
        CONTENT,
      );

      await expect(bench.download()).rejects.toEqual(UNKNOWN);
      expect(bench.sink.heads).toEqual([]);
    },
  );

  test.each([
    ["a weak tag", { etag: 'W/"1"' }],
    ["another tag", { etag: '"2"' }],
    ["no range", { "content-range": undefined }],
    ["another beginning", { "content-range": `bytes 4-${SIZE - 1}/${SIZE}` }],
    ["another end", { "content-range": `bytes 5-${SIZE - 2}/${SIZE}` }],
    ["no size", { "content-range": `bytes 5-${SIZE - 1}/*` }],
    ["nothing in it", { "content-range": "bytes 5-4/5" }],
    ["another unit", { "content-range": `lines 5-${SIZE - 1}/${SIZE}` }],
    ["bytes that are packed", { "content-encoding": "gzip" }],
  ])("for a range with %s is not known", async (_, headers) => {
    const bench = await DownloadBench.answering(206, fileHeaders(5, headers), rest);

    await expect(bench.download({ from })).rejects.toEqual(UNKNOWN);
    expect(bench.sink.heads).toEqual([]);
  });

  test("a range that nobody asked for is not known", async () => {
    const bench = await DownloadBench.answering(206, fileHeaders(5), rest);

    await expect(bench.download()).rejects.toEqual(UNKNOWN);
  });

  test("a page in place of the file is not known", async () => {
    const bench = await DownloadBench.answering(200, { "content-type": "text/html" }, "<h1>");

    await expect(bench.download()).rejects.toMatchObject({ failure: { way: "foreign" } });
  });
});

describe("one who takes", () => {
  test("and fails ends the download, its error unchanged and the connection cut", async () => {
    const closed = Promise.withResolvers<void>();
    const bench = await DownloadBench.of((response) => {
      response.on("close", () => closed.resolve());
      response.writeHead(200, fileHeaders());
      response.write(CONTENT.subarray(0, 4));
    });
    const own = new Error("the disk is full");
    bench.sink.onWrite = () => Promise.reject(own);

    await expect(bench.download()).rejects.toBe(own);
    await closed.promise;
  });

  test("and cannot begin ends it as well", async () => {
    const bench = await DownloadBench.answering(200, fileHeaders(), CONTENT);
    const own = new Error("no");
    const sink: DownloadSink = { begin: () => Promise.reject(own), write: () => Promise.resolve() };

    await expect(bench.service.download({ path: PATH }, sink)).rejects.toBe(own);
  });

  test("slowly holds the service back: what waits is bounded, whatever the size", async () => {
    const sizeBytes = 64 * 1024 * 1024;
    const piece = Buffer.alloc(64 * 1024);
    let sentBytes = 0;
    const headers = fileHeaders(0, {
      "content-length": String(sizeBytes),
      "content-digest": undefined,
    });
    const bench = await DownloadBench.of((response) => {
      response.writeHead(200, headers);
      const send = (): void => {
        while (sentBytes < sizeBytes) {
          sentBytes += piece.length;
          if (!response.write(piece)) return void response.once("drain", send);
        }
        response.end();
      };
      send();
    });
    let takenBytes = 0;
    let aheadBytesMax = 0;
    bench.sink.onWrite = async (taken) => {
      takenBytes += taken.length;
      bench.sink.pieces.length = 0;
      if (takenBytes < sizeBytes / 2) await new Promise((resolve) => setTimeout(resolve, 1));
      aheadBytesMax = Math.max(aheadBytesMax, sentBytes - takenBytes);
    };

    expect(await bench.download()).toMatchObject({ sizeBytes });
    expect(takenBytes).toBe(sizeBytes);
    // What the machine's own sockets hold between the two comes on top.
    expect(aheadBytesMax).toBeLessThan(16 * 1024 * 1024);
  });
});
