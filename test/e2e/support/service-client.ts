import { sessionSchema, type Entry, type Generation } from "../../../src/protocol/http/schemas.ts";
import { encodeServicePath, type ServicePath } from "../../../src/protocol/service-path.ts";
import type { ServiceAccess } from "./service-process.ts";

/** Looks at what is on a service with plain HTTP, as somebody would who does not trust the agent. */
export class ServiceClient {
  readonly #url: string;
  readonly #token: string;

  private constructor(url: string, token: string) {
    this.#url = url;
    this.#token = token;
  }

  static async logIn({ service, account }: ServiceAccess): Promise<ServiceClient> {
    const { loginId, password } = account;
    const response = await fetch(`${service}/v1/sessions`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ loginId, password, deviceName: "somebody" }),
    });
    const { token } = sessionSchema.parse(await response.json());
    return new ServiceClient(service, token);
  }

  /** A file with its bytes; any status. */
  file(path: ServicePath): Promise<Response> {
    return this.#get(`/v1/files/${encodeServicePath(path)}`);
  }

  /** Everything below a folder. */
  async entriesBelow(path: ServicePath): Promise<readonly Entry[]> {
    const accept = { accept: "application/x-ndjson" };
    const target = `/v1/folders/${encodeServicePath(path)}?recursive=true`;
    const text = await (await this.#get(target, accept)).text();
    return text
      .split("\n")
      .filter(Boolean)
      .map((line) => JSON.parse(line) as Entry);
  }

  /** The generations of a file, newest first. */
  async generations(path: ServicePath): Promise<readonly Generation[]> {
    const response = await this.#get(`/v1/generations/${encodeServicePath(path)}`);
    return ((await response.json()) as { generations: Generation[] }).generations;
  }

  #get(target: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> {
    const authorization = `Bearer ${this.#token}`;
    return fetch(this.#url + target, { headers: { authorization, ...headers } });
  }
}
