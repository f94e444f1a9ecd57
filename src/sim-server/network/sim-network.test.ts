import http from "node:http";
import { afterEach, describe, expect, test } from "vitest";
import { Activity } from "../kernel/activity.ts";
import { Driver } from "../kernel/driver.ts";
import { assertDone, type Verdict } from "../kernel/verdict.ts";
import { VirtualClock } from "../kernel/virtual-clock.ts";
import type { NetworkFaultInput } from "../faults/network-fault.ts";
import { SimNetwork, type NetworkEvent } from "./sim-network.ts";
import type { SimSocket } from "./sim-socket.ts";

let clock: VirtualClock | undefined;
afterEach(() => clock?.uninstall());

interface Exchange {
  readonly status: number;
  readonly body: string;
}

interface World {
  readonly network: SimNetwork;
  readonly clock: VirtualClock;
  readonly events: NetworkEvent[];
  /** What the server saw of each request. */
  readonly seen: string[];
  readonly request: (options?: {
    body?: string;
    path?: string;
    timeoutMs?: number;
  }) => Promise<Exchange>;
  readonly run: <Value>(task: () => Promise<Value>) => Promise<Verdict<Value>>;
}

function world(faults: readonly NetworkFaultInput[] = [], secure = false): World {
  clock = VirtualClock.install(Date.UTC(2026, 0, 1));
  const activity = new Activity();
  const events: NetworkEvent[] = [];
  const seen: string[] = [];
  const observe = (event: NetworkEvent): void => void events.push(event);
  const network = new SimNetwork({ timers: clock, activity, faults, observe });
  const server = http.createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("error", (error: NodeJS.ErrnoException) => seen.push(`error ${error.code}`));
    request.on("end", () => {
      seen.push(`${request.method} ${request.url} ${body.length}`);
      response.end(request.url === "/large" ? "x".repeat(100_000) : `got ${body.length}`);
    });
  });
  network.listen({ host: "service.test", port: 443, secure }, (socket) => {
    server.emit("connection", socket);
  });
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  agent.createConnection = () => network.dial({ host: "service.test", port: 443, secure });
  const driver = new Driver(clock, activity);
  return {
    network,
    clock,
    events,
    seen,
    run: (task) => driver.run(task, { virtualLimitMs: 3_600_000 }),
    request: ({ body = "", path = "/", timeoutMs } = {}) =>
      new Promise((resolve, reject) => {
        const request = http.request({ agent, path, method: "PUT" }, (response) => {
          let answer = "";
          response.on("data", (chunk: Buffer) => (answer += chunk.toString()));
          response.on("end", () => resolve({ status: response.statusCode ?? 0, body: answer }));
          response.on("error", reject);
        });
        if (timeoutMs !== undefined) {
          request.setTimeout(timeoutMs, () => request.destroy(new Error("client timeout")));
        }
        request.on("error", reject);
        request.end(body);
      }),
  };
}

/** The code (or message) a request fails with, and the virtual milliseconds until then. */
async function failureOf(faults: readonly NetworkFaultInput[], secure = false, timeoutMs = 60_000) {
  const { run, request, clock: time, network } = world(faults, secure);
  const verdict = await run(async () => {
    try {
      return (await request({ body: "y".repeat(50_000), path: "/large", timeoutMs })).status;
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      return [
        code ?? message,
        time.elapsedMs(),
        network.faults.list().map(({ hitCount }) => hitCount),
      ];
    }
  });
  return assertDone(verdict);
}

describe("faults of a connection", () => {
  const at = "connect" as const;
  test.each<[string, NetworkFaultInput, string, number]>([
    ["refused", { at, kind: "refused" }, "ECONNREFUSED", 0],
    ["unresolved", { at, kind: "unresolved" }, "ENOTFOUND", 0],
    ["unreachable", { at, kind: "unreachable" }, "EHOSTUNREACH", 0],
    ["timeout", { at, kind: "timeout" }, "ETIMEDOUT", 21_000],
    ["reset on the way up", { at, kind: "reset-after", bytesUp: 700 }, "ECONNRESET", 0],
    ["reset on the way down", { at, kind: "reset-after", bytesDown: 70_000 }, "ECONNRESET", 0],
    ["blackhole up", { at, kind: "blackhole-after", bytesUp: 0 }, "client timeout", 60_000],
    ["blackhole down", { at, kind: "blackhole-after", bytesDown: 9 }, "client timeout", 60_000],
    ["truncated answer", { at, kind: "truncate-after", bytesDown: 5000 }, "ECONNRESET", 0],
  ])("%s arrives as Node would report it", async (_title, fault, code, elapsedMs) => {
    expect(await failureOf([fault])).toEqual([code, elapsedMs, [1]]);
  });

  test.each([
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "CERT_HAS_EXPIRED",
    "EPROTO",
  ] as const)("TLS failure %s arrives by its code, and only where TLS is spoken", async (code) => {
    expect(await failureOf([{ at: "connect", kind: "tls-failure", code }], true)).toEqual([
      code,
      0,
      [1],
    ]);
    expect(await failureOf([{ at: "connect", kind: "tls-failure", code }])).toBe(200);
  });

  test("a handshake that never ends is ended by the client's own timeout only", async () => {
    const {
      run,
      network,
      clock: time,
    } = world([{ at: "connect", kind: "silent", times: "forever" }]);
    const dial = (): SimSocket => network.dial({ host: "service.test", port: 443, secure: false });
    const verdict = await run(
      () => new Promise((resolve) => dial().setTimeout(60_000, () => resolve(0))),
    );
    expect([verdict.kind, time.elapsedMs()]).toEqual(["done", 60_000]);
    expect((await run(() => new Promise((resolve) => dial().on("error", resolve)))).kind).toBe(
      "deadlock",
    );
  });

  test("a security product in between answers in place of the server", async () => {
    const answer =
      "HTTP/1.1 403 Forbidden\r\nContent-Length: 7\r\nConnection: close\r\n\r\nblocked";
    const { run, request, seen } = world([{ at: "connect", kind: "intercepted", answer }]);
    const both = assertDone(await run(async () => [await request(), await request()]));
    expect(both).toEqual([
      { status: 403, body: "blocked" },
      { status: 200, body: "got 0" },
    ]);
    expect(seen).toEqual(["PUT / 0"]);
  });

  test("strikes the nth connection so many times, and counts", async () => {
    const { run, network } = world([
      { at: "connect", host: "service.test", nth: 2, times: 2, kind: "refused" },
    ]);
    const dial = (): Promise<string> =>
      new Promise((resolve) => {
        const socket = network.dial({ host: "service.test", port: 443, secure: false });
        socket.on("connect", () => resolve("connected"));
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
      });
    const outcomes = await run(async () => [
      await dial(),
      await dial(),
      await dial(),
      await dial(),
    ]);
    expect(assertDone(outcomes)).toEqual([
      "connected",
      "ECONNREFUSED",
      "ECONNREFUSED",
      "connected",
    ]);
    expect(network.faults.list().map(({ hitCount }) => hitCount)).toEqual([2]);
  });

  test("mending takes from a kept connection what has yet to strike", async () => {
    const cut = { at: "connect", kind: "reset-after", bytesDown: 600 } as const;
    const statuses = async (isMended: boolean): Promise<readonly number[]> => {
      const { run, request, network } = world([cut]);
      const all = await run(async () => {
        const first = await request();
        if (isMended) network.mend();
        const others: number[] = [];
        for (let count = 0; count < 5; count += 1) {
          others.push(
            await request().then(
              ({ status }) => status,
              () => 0,
            ),
          );
        }
        return [first.status, ...others];
      });
      return assertDone(all);
    };

    expect(await statuses(true)).toEqual([200, 200, 200, 200, 200, 200]);
    expect(await statuses(false)).toContain(0);
  });

  test("latency and throttling take their virtual time", async () => {
    const {
      run,
      request,
      clock: time,
    } = world([
      { at: "connect", kind: "latency", latencyMs: 100 },
      { at: "connect", nth: 2, kind: "throttle", bytesPerSecond: 10_000 },
    ]);
    const slow = await run(async () => (await request()).status);
    expect([assertDone(slow), time.elapsedMs()]).toEqual([200, 400]);
    const {
      run: run2,
      request: request2,
      clock: time2,
    } = world([{ at: "connect", kind: "throttle", bytesPerSecond: 10_000 }]);
    assertDone(await run2(() => request2({ body: "z".repeat(100_000), timeoutMs: 5000 })));
    expect(Math.round(time2.elapsedMs() / 1000)).toBe(10);
  });
});

describe("the network", () => {
  test("serves many requests over one kept connection", async () => {
    const { run, request, events } = world();
    const verdict = await run(async () => {
      for (let count = 0; count < 10; count += 1) await request({ body: "x".repeat(count) });
    });
    assertDone(verdict);
    expect(events.map(({ kind }) => kind)).toEqual(["connected"]);
  });

  test("knows who listens: unknown names, closed ports, TLS against none", async () => {
    const { run, network } = world();
    network.addName("idle.test");
    const dial = (host: string, secure = false): Promise<string> =>
      new Promise((resolve) => {
        const socket = network.dial({ host, port: 443, secure });
        socket.on("connect", () => resolve("connected"));
        socket.on("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? ""));
      });
    const outcomes = await run(async () => [
      await dial("nowhere.test"),
      await dial("idle.test"),
      await dial("SERVICE.test", true),
      await dial("Service.Test"),
    ]);
    expect(assertDone(outcomes)).toEqual(["ENOTFOUND", "ECONNREFUSED", "EPROTO", "connected"]);
  });

  test("stands still while the cable is out, and goes on where it was", async () => {
    const {
      run,
      request,
      network,
      clock: time,
      seen,
    } = world([{ at: "connect", kind: "latency", latencyMs: 1000 }]);
    time.setTimer(2500, () => network.down());
    time.setTimer(60_000, () => network.up());
    const verdict = await run(() => request({ body: "through" }));
    expect(assertDone(verdict)).toEqual({ status: 200, body: "got 7" });
    expect([seen, time.elapsedMs()]).toEqual([["PUT / 7"], 61_000]);
    network.down("unresolved");
    const socket = network.dial({ host: "service.test", port: 443, secure: false });
    const refused = await run(() => new Promise((resolve) => socket.on("error", resolve)));
    expect(refused).toMatchObject({ value: { code: "ENOTFOUND" } });
  });

  test.each([
    ["killed", ["data", "error ECONNRESET", "close"]],
    ["power-lost", ["data"]],
  ] as const)("severs an owner that is %s: its end says nothing more", async (how, expected) => {
    const { network, clock: time, run } = world();
    const seen: string[] = [];
    const tell = (name: string, socket: SimSocket): void => {
      for (const event of ["data", "end", "close"]) socket.on(event, () => seen.push(name + event));
      socket.on("error", (error: NodeJS.ErrnoException) => seen.push(`${name}error ${error.code}`));
    };
    network.listen({ host: "peer.test", port: 1 }, (socket) => tell("", socket));
    const socket = network.dial({ host: "peer.test", port: 1, secure: false }, "pc");
    tell("own ", socket);
    socket.write("hello");
    time.setTimer(10, () => network.sever("pc", how));
    assertDone(await run(() => time.wait(100)));
    expect(seen).toEqual(expected);
  });

  test("does the same in the same order every time", async () => {
    const once = async (): Promise<unknown> => {
      const {
        run,
        request,
        events,
        clock: time,
      } = world([
        { at: "connect", nth: 2, kind: "reset-after", bytesUp: 100 },
        { at: "connect", kind: "latency", latencyMs: 7, times: "forever" },
      ]);
      const log: unknown[] = [];
      await run(async () => {
        for (let count = 0; count < 5; count += 1) {
          const answer = await request({ body: "b".repeat(count * 1000) }).catch(
            (error) => error.code,
          );
          log.push([time.elapsedMs(), answer]);
        }
      });
      return [log, events];
    };
    expect(await once()).toEqual(await once());
  });
});
