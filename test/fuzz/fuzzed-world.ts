import { connect } from "node:net";

import { encodeServicePath } from "../../src/protocol/service-path.ts";
import type { ControlRequest } from "../contract/control-fuzz-arbitraries.ts";
import { writeRequest, type FuzzRequest } from "../contract/storage-fuzz-arbitraries.ts";
import { DESTINATION, digestOf } from "../contract/storage-client.ts";
import { OUTSIDER_SMTP_FAULTS, OUTSIDER_STORAGE_FAULTS } from "../outsiders/outsider-faults.ts";

const CONNECTION_COUNT = 16;
/** Requests after which session, folder and upload are made anew: some of them end each. */
const RENEWAL_REQUEST_COUNT = 20;
/** Longest that an answer on the way is waited for. */
const PATIENCE_MS = 10_000;
const KEEPER = { loginId: "keeper", password: "kept" };
const KEPT = Buffer.from("what somebody else keeps here");

/** Whose requests are sent; the password is the one that they have. */
export const FUZZED_ACCOUNT = { loginId: "demo", password: "correct" } as const;

/** Where a served simulator is. */
export interface Served {
  readonly service: string;
  readonly control: string;
  readonly mail: { readonly smtpPort: number };
}

/** A served simulator that is sent requests, and what of it has to stay. */
export class FuzzedWorld {
  isGone = false;
  /** Answers of the service, of its control interface and greetings of the mail server so far. */
  answerCount = 0;
  readonly #served: Served;
  readonly #fail: (what: string) => void;
  #token = "";
  #uploadUrl = "";

  constructor(served: Served, fail: (what: string) => void) {
    this.#served = served;
    this.#fail = fail;
  }

  /** Makes what the check looks for, and what requests refer to. */
  async plant(): Promise<void> {
    const { control } = this.#served;
    await fetch(`${control}/faults`, { method: "DELETE" });
    await fetch(`${control}/reset`, { method: "POST" });
    const trees = { keeper: { "セキュリティ領域/手動バックアップ/kept.txt": KEPT.toString() } };
    await this.#post(`${control}/seed`, {
      accounts: [KEEPER, { loginId: "other", password: "correct" }],
      trees,
    });
    await this.#renew();
  }

  async #renew(): Promise<void> {
    const { service } = this.#served;
    this.#token = await this.#logIn(FUZZED_ACCOUNT);
    const authorization = `Bearer ${this.#token}`;
    await fetch(`${service}/v1/folders/${encodeServicePath(DESTINATION)}`, {
      signal: patience(),
      method: "PUT",
      headers: { authorization },
    });
    const begun = await fetch(`${service}/v1/uploads`, {
      method: "POST",
      headers: { "upload-complete": "?0" },
      signal: patience(),
    });
    this.#uploadUrl = begun.headers.get("location") ?? "/v1/uploads/none";
  }

  /** Sends requests to the storage service, as bytes; each of its faults strikes one of them. */
  async send(requests: readonly FuzzRequest[]): Promise<void> {
    const { control, service } = this.#served;
    const { port } = new URL(service);
    await this.#plan("faults", spread(OUTSIDER_STORAGE_FAULTS, requests.length));
    await atOnce(requests, async (request, index) => {
      if (index % RENEWAL_REQUEST_COUNT === 0) await this.#renew().catch(() => undefined);
      const bytes = writeRequest(request, this.#token, this.#uploadUrl);
      const received = await exchange(Number(port), bytes);
      for (const [, status] of received.matchAll(/HTTP\/1\.1 (\d{3}) /g)) {
        this.#judge(Number(status), `${request.method} ${request.target}`);
      }
    });
    await fetch(`${control}/faults`, { method: "DELETE" });
    await this.#renew();
  }

  /** Sends requests to the control interface. What it plans or restores is undone after each thousand. */
  async control(requests: readonly ControlRequest[]): Promise<void> {
    const { control } = this.#served;
    const root = control.slice(0, control.lastIndexOf("/_sim"));
    await atOnce(requests, async ({ method, target, type, body }, index) => {
      const headers = { "content-type": type };
      const sent = method === "GET" ? {} : { body };
      const answer = await fetch(root + target, {
        method,
        headers,
        ...sent,
        signal: patience(),
      }).catch(() => undefined);
      if (answer === undefined) return;
      await answer.arrayBuffer().catch(() => undefined);
      // A planned fault may have said so.
      if (!target.startsWith("/_sim")) return;
      this.#judge(answer.status, `${method} ${target}`);
      // Others plan faults meanwhile.
      if (index % 1_000 === 999) await this.plant().catch(() => undefined);
    });
    await this.plant();
  }

  /** Says lines to the mail server; each of its faults strikes in the first half of the dialogues. */
  async talk(dialogues: readonly Buffer[]): Promise<void> {
    const { control, mail } = this.#served;
    const half = Math.floor(dialogues.length / 2);
    await this.#plan("smtp-faults", spread(OUTSIDER_SMTP_FAULTS, half));
    await this.#say(mail.smtpPort, dialogues.slice(0, half), () => true);
    await fetch(`${control}/smtp-faults`, { method: "DELETE" });
    await this.#say(mail.smtpPort, dialogues.slice(half), (received) => received.startsWith("220"));
  }

  async #say(
    smtpPort: number,
    dialogues: readonly Buffer[],
    isGreeting: (received: string) => boolean,
  ): Promise<void> {
    await atOnce(dialogues, async (bytes) => {
      const received = await exchange(smtpPort, bytes, "after the greeting");
      this.answerCount += 1;
      if (!isGreeting(received))
        this.#fail(`the mail server greeted with ${received.slice(0, 80)}`);
    });
  }

  /** Whether the service is there, and has what somebody keeps on it. */
  async check(): Promise<void> {
    const { service, control } = this.#served;
    try {
      const health = await fetch(`${control}/health`);
      if (health.status !== 200) this.#fail(`health answers ${health.status}`);
      const authorization = `Bearer ${await this.#logIn(KEEPER)}`;
      const path = encodeServicePath(["セキュリティ領域", "手動バックアップ", "kept.txt"]);
      const kept = await fetch(`${service}/v1/files/${path}`, { headers: { authorization } });
      const bytes = Buffer.from(await kept.arrayBuffer());
      if (digestOf(bytes) !== digestOf(KEPT))
        this.#fail(`what is kept is ${kept.status} ${bytes.toString()}`);
    } catch (error) {
      this.isGone = true;
      this.#fail(`the service does not answer: ${String(error)}`);
    }
  }

  async #plan(where: "faults" | "smtp-faults", faults: readonly object[]): Promise<void> {
    const { status } = await this.#post(`${this.#served.control}/${where}`, faults);
    if (status !== 201) this.#fail(`faults are answered with ${status}`);
  }

  #judge(status: number, what: string): void {
    this.answerCount += 1;
    if (status === 500) this.#fail(`500 for ${what.slice(0, 200)}`);
  }

  async #logIn(account: typeof FUZZED_ACCOUNT | typeof KEEPER): Promise<string> {
    const { service } = this.#served;
    const answer = await this.#post(`${service}/v1/sessions`, {
      ...account,
      deviceName: "pc",
    });
    if (answer.status !== 201) throw new Error(`a login is answered with ${answer.status}`);
    return ((await answer.json()) as { token: string }).token;
  }

  #post(url: string, value: unknown): Promise<Response> {
    const headers = { "content-type": "application/json" };
    return fetch(url, { method: "POST", headers, body: JSON.stringify(value), signal: patience() });
  }
}

/** What is asked on the way may meet a fault that never answers. */
function patience(): AbortSignal {
  return AbortSignal.timeout(PATIENCE_MS);
}

/** Each fault once, so that all of them strike one after the other among so many occasions. */
function spread(faults: readonly object[], occasionCount: number): readonly object[] {
  const step = Math.max(1, Math.floor(occasionCount / 4 / faults.length));
  return faults.map((fault, index) => ({ ...fault, nth: 1 + index * step, times: 1 }));
}

/** Sends bytes on a connection of their own; what came back until the other side closed or was silent. */
function exchange(
  port: number,
  bytes: Buffer,
  when: "at once" | "after the greeting" = "at once",
): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    let received = "";
    socket.on("data", (chunk: Buffer) => (received += chunk.toString("latin1")));
    socket.on("error", () => undefined);
    socket.on("close", () => resolve(received));
    socket.setTimeout(2_000, () => socket.destroy());
    if (when === "at once") socket.end(bytes);
    else socket.once("data", () => socket.end(bytes));
  });
}

async function atOnce<Item>(
  items: readonly Item[],
  act: (item: Item, index: number) => Promise<void>,
): Promise<void> {
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < items.length) {
      const index = next;
      next += 1;
      const item = items[index];
      if (item !== undefined) await act(item, index);
    }
  };
  await Promise.all(Array.from({ length: CONNECTION_COUNT }, work));
}
