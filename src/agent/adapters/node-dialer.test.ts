import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  Agent,
  createServer as createHttpServer,
  request as httpRequest,
  type IncomingMessage,
} from "node:http";
import { connect, createServer, type AddressInfo, type Server } from "node:net";
import type { Duplex } from "node:stream";
import { createServer as createTlsServer } from "node:tls";
import { fileURLToPath } from "node:url";
import { text } from "node:stream/consumers";
import { readFileSync } from "node:fs";

import { afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";

import { NodeDialer } from "./node-dialer.ts";

const TLS = new URL("../../../fixtures/tls/", import.meta.url);
const SELF_SIGNED = {
  key: readFileSync(new URL("self-signed-key.pem", TLS)),
  cert: readFileSync(new URL("self-signed-cert.pem", TLS)),
};

async function portOf(server: Server): Promise<number> {
  server.listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  return (server.address() as AddressInfo).port;
}

/** A proxy that leads every tunnel to `port`, whatever host it was asked for. */
async function proxyTo(
  port: number,
  answer = "HTTP/1.1 200 OK\r\n\r\n",
): Promise<{ readonly port: number; readonly asked: IncomingMessage[] }> {
  const asked: IncomingMessage[] = [];
  const proxy = createHttpServer();
  proxy.on("connect", (request: IncomingMessage, client: Duplex) => {
    asked.push(request);
    client.write(answer);
    if (!answer.startsWith("HTTP/1.1 200")) return client.end();
    const way = connect(port, "127.0.0.1");
    client.on("error", () => way.destroy());
    way.on("error", () => client.destroy());
    way.pipe(client).pipe(way);
    return undefined;
  });
  return { port: await portOf(proxy), asked };
}

const VARIABLES = ["http_proxy", "https_proxy", "all_proxy", "no_proxy"];

beforeEach(() => {
  for (const name of VARIABLES) {
    vi.stubEnv(name, "");
    vi.stubEnv(name.toUpperCase(), "");
  }
});

afterEach(() => vi.unstubAllEnvs());

describe("through the proxy of the environment", () => {
  async function echoPort(): Promise<number> {
    return portOf(createServer((socket) => socket.pipe(socket)));
  }

  async function said(host: string, port: number): Promise<string> {
    const stream = new NodeDialer().dial({ host, port, secure: false, mayUseProxy: true });
    stream.end("hello");
    return text(stream);
  }

  test.each([
    ["HTTP_PROXY", "http://"],
    ["http_proxy", ""],
    ["ALL_PROXY", "http://"],
  ])("goes what %s says, with user and password", async (variable, scheme) => {
    const port = await echoPort();
    const proxy = await proxyTo(port);
    vi.stubEnv(variable, `${scheme}ta%40ro:s%3Acret@127.0.0.1:${proxy.port}`);

    expect(await said("service.example", 80)).toBe("hello");
    const [asked] = proxy.asked;
    expect(asked?.url).toBe("service.example:80");
    const basic = Buffer.from("ta@ro:s:cret").toString("base64");
    expect(asked?.headers["proxy-authorization"]).toBe(`Basic ${basic}`);
  });

  test("goes TLS, which the proxy does not see into", async () => {
    const port = await portOf(createTlsServer(SELF_SIGNED, (socket) => socket.end("secret")));
    const proxy = await proxyTo(port);
    vi.stubEnv("HTTPS_PROXY", `http://127.0.0.1:${proxy.port}`);
    const target = { host: "service.example", port: 443, secure: true, mayUseProxy: true };

    const stream = new NodeDialer().dial(target);
    const [error] = (await once(stream, "error")) as [NodeJS.ErrnoException];

    expect(error.code).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
    expect(proxy.asked[0]?.url).toBe("service.example:443");
  });

  test("goes a plain connection that is kept for the next request", async () => {
    const service = createHttpServer((_, response) => response.end("well"));
    const proxy = await proxyTo(await portOf(service));
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${proxy.port}`);
    const agent = new Agent({ keepAlive: true });
    onTestFinished(() => agent.destroy());
    const target = { host: "service.example", port: 80, secure: false, mayUseProxy: true };
    Object.assign(agent, { createConnection: () => new NodeDialer().dial(target) });
    const ask = async (): Promise<string> => {
      const asking = httpRequest({ agent, host: target.host }).end();
      const [answer] = (await once(asking, "response")) as [IncomingMessage];
      return text(answer);
    };

    expect([await ask(), await ask()]).toEqual(["well", "well"]);
    expect(proxy.asked).toHaveLength(1);
  });

  test.each(["localhost", "127.0.0.1"])("never goes what is on this machine: %s", async (host) => {
    const port = await echoPort();
    vi.stubEnv("HTTP_PROXY", "http://127.0.0.1:9");

    expect(await said(host, port)).toBe("hello");
  });

  test("goes nothing that NO_PROXY names, and no mail", async () => {
    const proxy = await proxyTo(await echoPort());
    vi.stubEnv("HTTP_PROXY", `http://127.0.0.1:${proxy.port}`);
    vi.stubEnv("NO_PROXY", "other.example,.invalid");
    const dialer = new NodeDialer();

    const direct = dialer.dial({ host: "a.invalid", port: 80, secure: false, mayUseProxy: true });
    await once(direct, "error");
    const mail = dialer.dial({ host: "b.invalid", port: 25, secure: false });
    await once(mail, "error");

    expect(proxy.asked).toEqual([]);
  });

  test.each([
    ["refuses", "HTTP/1.1 407 Give s%3Acret\r\n\r\n", "ERR_PROXY_REFUSED (HTTP 407)"],
    ["forbids", "HTTP/1.1 403 Forbidden\r\n\r\n", "ERR_PROXY_REFUSED (HTTP 403)"],
  ])("that %s fails with the proxy's status and none of its words", async (_, answer, message) => {
    const proxy = await proxyTo(0, answer);
    vi.stubEnv("HTTP_PROXY", `http://taro:s%3Acret@127.0.0.1:${proxy.port}`);

    await expect(said("service.example", 80)).rejects.toThrow(message);
  });

  test.each(["socks5://127.0.0.1:1080", "http://"])(
    "%s is no way: nothing goes past it unasked",
    async (given) => {
      vi.stubEnv("HTTP_PROXY", given);

      await expect(said("service.example", 80)).rejects.toThrow("ERR_PROXY_INVALID");
    },
  );
});

async function runNode(code: string, env: NodeJS.ProcessEnv): Promise<string> {
  const child = spawn(process.execPath, ["--input-type=module", "-e", code], { env });
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return output + errors;
}

test("the roots of the operating system's store are trusted", async () => {
  const port = await portOf(createTlsServer(SELF_SIGNED, (socket) => socket.end("trusted")));
  // The store is read once per process, so that the test needs one of its own.
  const script = `
    import { text } from "node:stream/consumers";
    import { NodeDialer } from ${JSON.stringify(new URL("./node-dialer.ts", import.meta.url).href)};
    const stream = new NodeDialer().dial({ host: "localhost", port: ${port}, secure: true });
    console.log(await text(stream));
  `;
  const dial = (env: Record<string, string>): Promise<string> =>
    runNode(script, { ...process.env, ...env });

  expect(
    await dial({ SSL_CERT_FILE: fileURLToPath(new URL("self-signed-cert.pem", TLS)) }),
  ).toContain("trusted");
  expect(await dial({})).toContain("DEPTH_ZERO_SELF_SIGNED_CERT");
});
