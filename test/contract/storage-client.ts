import { hash, randomBytes } from "node:crypto";
import { request as httpRequest, type Server } from "node:http";
import { duplexPair, type Duplex } from "node:stream";

import { expect } from "vitest";

import { formatDigestHeader } from "../../src/protocol/digest-header.ts";
import { contractViolation } from "../../src/protocol/http/contract-violation.ts";
import type { CaptchaAnswer } from "../../src/protocol/http/schemas.ts";
import type { OperationId } from "../../src/protocol/http/operation-ids.ts";
import {
  destinationPath,
  encodeServicePath,
  type ServicePath,
} from "../../src/protocol/service-path.ts";
import {
  createStorageService,
  type StorageService,
  type StorageServiceOptions,
} from "../../src/sim-server/storage/service/storage-service.ts";

/** A clock that a test moves. */
export class TestClock {
  ms = Date.UTC(2026, 10, 21, 3);

  nowMs(): number {
    return this.ms;
  }
}

/** A service with one account, `demo`, every option a default but those that are given. */
export function makeService(
  options: Partial<StorageServiceOptions> = {},
): StorageService & { readonly clock: TestClock } {
  const clock = new TestClock();
  const service = createStorageService({
    clock,
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [{ loginId: "demo", password: "correct" }],
    checkContract: true,
    ...options,
  });
  return Object.assign(service, { clock });
}

/** What a test sends. */
export interface TestRequest {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer | string;
}

/** What came back. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly body: Buffer;
  /** The interim responses before it. */
  readonly interim: readonly { status: number; headers: Record<string, unknown> }[];
}

/** Asserts that an answer is one the table of operations knows; returns it. */
function expectContract(operationId: OperationId, answer: Answer): Answer {
  expect(contractViolation(operationId, answer)).toBeNull();
  return answer;
}

/** The body as JSON. */
// oxlint-disable-next-line typescript/no-explicit-any -- tests look into bodies whose schema was checked
export function json(answer: Answer): any {
  return JSON.parse(answer.body.toString());
}

/** Opens an in-memory connection to a server. */
export function connect(server: Server): Duplex {
  const [client, other] = duplexPair();
  server.emit("connection", other);
  return client;
}

/** Talks HTTP to a service in memory, one connection a request. */
export class StorageClient {
  readonly #server: Server;
  token: string | null = null;

  constructor(service: { createServer(): Server }) {
    this.#server = service.createServer();
  }

  /** A client that is logged in. */
  static async loggedIn(service: StorageService, loginId = "demo"): Promise<StorageClient> {
    const client = new StorageClient(service);
    await client.login(loginId, "correct");
    return client;
  }

  /** Logs in and keeps the token. */
  async login(loginId: string, password: string, captcha?: CaptchaAnswer): Promise<Answer> {
    const body = JSON.stringify({ loginId, password, deviceName: "pc", captcha });
    const headers = { "content-type": "application/json" };
    const answer = await this.call("createSession", "POST", "/v1/sessions", { headers, body });
    if (answer.status === 201) this.token = json(answer).token;
    return answer;
  }

  /** Sends a request and asserts that the answer is within the contract. */
  async call(
    operationId: OperationId,
    method: string,
    target: string,
    request: TestRequest = {},
  ): Promise<Answer> {
    return expectContract(operationId, await this.send(method, target, request));
  }

  /** Sends a request. Rejects when the connection breaks before the whole answer is here. */
  send(method: string, target: string, { headers = {}, body }: TestRequest = {}): Promise<Answer> {
    return new Promise((resolve, reject) => {
      const interim: { status: number; headers: Record<string, unknown> }[] = [];
      const chunked = headers["transfer-encoding"] !== undefined;
      const session = this.token === null ? {} : { authorization: `Bearer ${this.token}` };
      const request = httpRequest({
        method,
        path: target,
        headers: {
          ...session,
          ...(body === undefined || chunked ? {} : { "content-length": Buffer.byteLength(body) }),
          ...headers,
        },
        createConnection: () => connect(this.#server),
      });
      request.on("information", (info) =>
        interim.push({ status: info.statusCode, headers: info.headers }),
      );
      request.on("error", reject);
      request.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers as Record<string, string>,
            body: Buffer.concat(chunks),
            interim,
          }),
        );
      });
      request.end(body);
    });
  }

  /** Puts a file with its digest; `at` is its modification time. */
  put(
    path: ServicePath,
    content: Buffer | string,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    return this.call("putFile", "PUT", fileUrl(path), {
      headers: {
        "azukeru-modified-at-ns": "1000",
        "repr-digest": digestOf(content),
        ...headers,
      },
      body: content,
    });
  }

  /** Reads a file. */
  get(path: ServicePath, headers: Record<string, string> = {}): Promise<Answer> {
    return this.call("getFile", "GET", fileUrl(path), { headers });
  }

  /** Creates a folder. */
  putFolder(path: ServicePath): Promise<Answer> {
    return this.call("putFolder", "PUT", folderUrl(path));
  }
}

/** The digest field of a content. */
export function digestOf(content: Buffer | string): string {
  return formatDigestHeader(hash("sha256", content));
}

/** Where a file is. */
export function fileUrl(path: ServicePath): string {
  return `/v1/files/${encodeServicePath(path)}`;
}

/** Where a folder is. */
export function folderUrl(path: ServicePath): string {
  return `/v1/folders/${encodeServicePath(path)}`;
}

/** The destination folder most tests write to. */
export const DESTINATION: ServicePath = destinationPath("demo", "pc", "書類");

/** A path in it. */
export function inDestination(...names: string[]): ServicePath {
  return [...DESTINATION, ...names];
}

/** One part of a batch. */
export function batchPart(path: string, content: Buffer | string, fields: object = {}): Buffer {
  const bytes = Buffer.from(content);
  const header = {
    kind: "file",
    path,
    sizeBytes: bytes.length,
    modifiedAtNs: "1000",
    sha256: hash("sha256", bytes),
    ...fields,
  };
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), bytes]);
}

/** The media type of a batch, as a header. */
export const BATCH_HEADERS = { "content-type": "application/vnd.azukeru.batch-upload" };
