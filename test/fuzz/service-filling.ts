import { randomBytes } from "node:crypto";
import { Agent, request as httpRequest } from "node:http";
import { connect } from "node:net";

import { encodeServicePath } from "../../src/protocol/service-path.ts";
import { DESTINATION, digestOf } from "../contract/storage-client.ts";
import { FUZZED_ACCOUNT, type Served } from "./fuzzed-world.ts";

/** More than there can be sessions, unfinished uploads, and login IDs of nobody with a wrong password. */
const BEYOND_COUNT = 10_500;
/** How many come when all is full already: enough to see whether they add anything. */
const AGAIN_COUNT = 2_000;
const LINE_COUNT = 2_000;
const FILE_BYTES = 4 * 2 ** 20;
const MAIL_BYTES = 5 * 2 ** 20;
/** Mails of this size that are beyond 256 MiB. */
const MAIL_COUNT = 60;
const AT_ONCE = 16;

/** What came back; a status of 0 for nothing. */
interface Answer {
  readonly status: number;
  readonly text: string;
}

/**
 * Fills every store of a served simulator beyond its end: files, unfinished uploads, sessions, wrong
 * passwords, the request log, the mailbox. What is over has to be refused, or to push the oldest out.
 */
export class ServiceFilling {
  readonly #service: URL;
  readonly #smtpPort: number;
  readonly #memoryBytesMax: number;
  readonly #fail: (what: string) => void;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  #authorization = "";

  private constructor(served: Served, memoryBytesMax: number, fail: (what: string) => void) {
    this.#service = new URL(served.service);
    this.#smtpPort = served.mail.smtpPort;
    this.#memoryBytesMax = memoryBytesMax;
    this.#fail = fail;
  }

  /** Logs in for it, as long as there is room. */
  static async begin(
    served: Served,
    memoryBytesMax: number,
    fail: (what: string) => void,
  ): Promise<ServiceFilling> {
    const filling = new ServiceFilling(served, memoryBytesMax, fail);
    const { status, text } = await filling.#login(FUZZED_ACCOUNT);
    if (status !== 201) throw new Error(`a login is answered with ${status}`);
    filling.#authorization = `Bearer ${(JSON.parse(text) as { token: string }).token}`;
    await filling.#send("PUT", `/v1/folders/${encodeServicePath(DESTINATION)}`, {
      authorization: filling.#authorization,
    });
    return filling;
  }

  /** Sends what has to fill everything, and then, a second time, what has to add nothing. */
  async fill(time: "once" | "twice"): Promise<void> {
    const count = time === "once" ? BEYOND_COUNT : AGAIN_COUNT;
    const uploads = await repeat(count, AT_ONCE, () =>
      this.#send("POST", "/v1/uploads", { "upload-complete": "?0" }, Buffer.from("a")),
    );
    this.#demand(429, uploads, "unfinished uploads");
    const sessions = await repeat(count, AT_ONCE, () => this.#login(FUZZED_ACCOUNT));
    this.#demand(429, sessions, "sessions");
    await repeat(count, AT_ONCE, (index) => {
      const loginId = `nobody ${time} ${index}`.padEnd(100);
      return this.#login({ loginId, password: "x" });
    });
    await repeat(LINE_COUNT, AT_ONCE, (index) =>
      this.#send("GET", `/v1/nothing/${index}/${"x".repeat(8_000)}`, {}),
    );
    const fileCount = Math.ceil(this.#memoryBytesMax / FILE_BYTES) + 2;
    const files = await repeat(fileCount, AT_ONCE, () => this.#putFile());
    this.#demand(507, files, "files");
    const mails = await repeat(MAIL_COUNT, 4, async () => ({ status: await this.#sendMail() }));
    this.#demand(452, mails, "mails");
  }

  #demand(status: number, statuses: ReadonlySet<number>, what: string): void {
    if (statuses.has(status)) return;
    this.#fail(`there was no end to ${what}, but ${[...statuses].join(", ")}`);
  }

  #putFile(): Promise<Answer> {
    const content = randomBytes(FILE_BYTES);
    const path = encodeServicePath([...DESTINATION, content.toString("hex", 0, 16)]);
    const headers = {
      authorization: this.#authorization,
      "repr-digest": digestOf(content),
      "azukeru-modified-at-ns": "1",
    };
    return this.#send("PUT", `/v1/files/${path}`, headers, content);
  }

  #login(account: { readonly loginId: string; readonly password: string }): Promise<Answer> {
    const body = Buffer.from(JSON.stringify({ ...account, deviceName: "pc" }));
    return this.#send("POST", "/v1/sessions", { "content-type": "application/json" }, body);
  }

  #send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>>,
    body: Buffer = Buffer.alloc(0),
  ): Promise<Answer> {
    const { hostname: host, port } = this.#service;
    return new Promise((resolve) => {
      const request = httpRequest({ agent: this.#agent, host, port, method, path, headers });
      request.on("error", () => resolve({ status: 0, text: "" }));
      request.on("response", (response) => {
        let text = "";
        response.on("data", (chunk: Buffer) => (text += chunk.toString()));
        response.on("end", () => resolve({ status: response.statusCode ?? 0, text }));
        response.on("error", () => resolve({ status: 0, text }));
      });
      request.end(body);
    });
  }

  /** Sends one large mail; the code that its content is answered with. */
  #sendMail(): Promise<number> {
    const lines = ["EHLO pc", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA"];
    const content = `Subject: large\r\n\r\n${`${"x".repeat(70)}\r\n`.repeat(MAIL_BYTES / 72)}.`;
    return new Promise((resolve) => {
      const socket = connect(this.#smtpPort, "127.0.0.1");
      const waiting = [...lines, content, "QUIT"];
      let code = 0;
      let received = "";
      socket.on("error", () => undefined).on("close", () => resolve(code));
      socket.on("data", (chunk: Buffer) => {
        received += chunk.toString();
        for (let end = received.indexOf("\r\n"); end !== -1; end = received.indexOf("\r\n")) {
          const line = received.slice(0, end);
          received = received.slice(end + 2);
          if (!/^\d{3} /.test(line)) continue;
          const next = waiting.shift();
          // QUIT is sent for the answer to the content.
          if (next === "QUIT") code = Number(line.slice(0, 3));
          if (next !== undefined) socket.write(`${next}\r\n`);
        }
      });
    });
  }
}

/** Does something so many times; which statuses it came to. */
async function repeat(
  count: number,
  atOnce: number,
  act: (index: number) => Promise<{ readonly status: number }>,
): Promise<ReadonlySet<number>> {
  const statuses = new Set<number>();
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < count) {
      next += 1;
      statuses.add((await act(next)).status);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return statuses;
}
