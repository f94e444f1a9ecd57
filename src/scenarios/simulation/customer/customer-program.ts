import type { World } from "../../../sim-server/world.ts";
import type { ClientAnswer, ClientEvent, ClientFacts } from "../../observation/client-event.ts";
import { contentBytes } from "../../scenario/content.ts";
import type { ServiceAct } from "../../scenario/service-act.ts";
import { CUSTOMER } from "../world/account.ts";
import {
  conditionsOf,
  CUSTOMER_HOME,
  digestHeader,
  encodedPath,
  fileTarget,
  folderTarget,
  fullPath,
  JSON_HEADERS,
  requestOf,
} from "./act-requests.ts";
import { jsonOf, Told, type ToldImage } from "./told.ts";
import { WireClient, type WireRequest } from "./wire-client.ts";

/** The area, from which everything can be looked at. */
const TOP = "セキュリティ領域";

/** Entries of the pages at which somebody looks who looks at everything. */
const PAGE_SIZES = [1, 2, 3] as const;

type Act<Name extends ServiceAct["do"]> = Extract<ServiceAct, { do: Name }>;

interface Begun {
  readonly target: string;
  readonly bytes: Buffer;
  readonly isDigestTold: boolean;
  offset: number;
}

interface CustomerProgramOptions {
  readonly world: World;
  /** Milliseconds since 1970 on the service's clock. */
  readonly nowMs: () => number;
  /** The operator stops the service and starts it again. */
  readonly restartService: () => Promise<void>;
}

/**
 * A program of another customer that speaks the service's HTTP. It knows what it was told and nothing else, decides
 * nothing, and puts down all that crosses the wire.
 */
export class CustomerProgram {
  readonly #events: ClientEvent[] = [];
  readonly #options: CustomerProgramOptions;
  readonly #wire: WireClient;
  readonly #told = new Told();
  readonly #images: ToldImage[] = [];
  /** The newest first. */
  readonly #uploads: Begun[] = [];
  #token: string | undefined;
  #isLoggingIn = false;
  /** Whether what was asked last was refused for want of a session. */
  #isShutOut = false;
  #listing: { readonly target: string; readonly path: string; token: string } | undefined;

  constructor(options: CustomerProgramOptions) {
    this.#options = options;
    const { world, nowMs } = options;
    const { hostname: host, protocol } = new URL(world.serviceUrl);
    const secure = protocol === "https:";
    this.#wire = new WireClient({
      dial: () => world.network.dial({ host, port: secure ? 443 : 80, secure }, "customer"),
      nowMs,
      wait: (ms) => world.clock.wait(ms),
      note: (event) => this.#events.push(event),
    });
  }

  /** Whether it is this program that logs in at this moment. */
  get isLoggingIn(): boolean {
    return this.#isLoggingIn;
  }

  /** All that happened, for the checkers. */
  get facts(): ClientFacts {
    const { loginId, password } = CUSTOMER;
    return { loginId, password, events: this.#events };
  }

  /** What was typed and was right; secrets. */
  get answers(): readonly string[] {
    return this.#images.map(({ characters }) => characters);
  }

  /** The operator kept what the service has, put it back, or started it again. */
  note(what: "kept" | "put-back" | "restarted"): void {
    this.#events.push({ what, atMs: this.#options.nowMs() });
  }

  /** Does one thing after another. */
  async take(acts: readonly ServiceAct[]): Promise<void> {
    for (const act of acts) {
      const isAboutLogin = WITHOUT_LOGIN.has(act.do);
      if (this.#token === undefined && !isAboutLogin) await this.#arrive();
      this.#isShutOut = false;
      await this.#do(act);
      if (!this.#isShutOut) continue;
      // Whose session ended meanwhile logs in and does it once more.
      this.#isShutOut = false;
      await this.#arrive();
      await this.#do(act);
    }
  }

  /** Logs in, with what is asked for, and sees to it that its folder is there. */
  async #arrive(): Promise<void> {
    await this.#logIn({ do: "log-in", password: "right", captcha: "right" });
    if (this.#token === undefined)
      await this.#logIn({ do: "log-in", password: "right", captcha: "right" });
    await this.#send({ method: "PUT", target: folderTarget(CUSTOMER_HOME) });
  }

  async #do(act: ServiceAct): Promise<void> {
    const { world } = this.#options;
    switch (act.do) {
      case "wait":
        return world.clock.wait(act.ms);
      case "restart-service":
        return this.#options.restartService();
      case "set-free": {
        const { contract } = world.service.accounts.get(CUSTOMER.loginId);
        const quotaBytes = contract.storage.usedBytes + act.bytes;
        world.service.accounts.setQuotaBytes(CUSTOMER.loginId, quotaBytes);
        this.#events.push({ what: "quota", bytes: quotaBytes });
        return;
      }
      case "log-in":
        return this.#logIn(act);
      case "log-out":
        await this.#send({ method: "DELETE", target: "/v1/sessions/current" });
        return;
      case "usage":
        await this.#send({ method: "GET", target: "/v1/contract" });
        return;
      case "look-at-all":
        return this.#lookAtAll();
      case "list":
        return this.#list(act);
      case "list-on":
        return this.#turnPages(Number.POSITIVE_INFINITY);
      case "begin-upload":
        return this.#beginUpload(act);
      case "append":
        return this.#append(act);
      case "look-at-upload":
      case "cancel-upload": {
        const upload = this.#uploads[act.upload];
        const method = act.do === "look-at-upload" ? "HEAD" : "DELETE";
        if (upload !== undefined) await this.#ask(method, upload);
        return;
      }
      default:
        await this.#send(requestOf(act, this.#told));
    }
  }

  async #logIn({ password, captcha, imagesBack }: Act<"log-in">): Promise<void> {
    const shown = this.#images.at(-1 - (imagesBack ?? (captcha === "earlier" ? 1 : 0)));
    const typed = {
      right: shown?.characters,
      earlier: shown?.characters,
      small: shown?.characters.toLowerCase(),
      // No character of it is in any image.
      wrong: "101010",
      none: undefined,
    }[captcha];
    const answer =
      shown === undefined || typed === undefined
        ? undefined
        : { challengeId: shown.challengeId, answer: typed };
    const said = {
      loginId: CUSTOMER.loginId,
      password: password === "right" ? CUSTOMER.password : `${CUSTOMER.password}?`,
      deviceName: "pc",
      captcha: answer,
    };
    const body = Buffer.from(JSON.stringify(said));
    this.#isLoggingIn = true;
    const request = { method: "POST", target: "/v1/sessions", headers: JSON_HEADERS, body };
    const told = await this.#wire.send(request);
    this.#isLoggingIn = false;
    const { token, challengeId } = jsonOf(told) as {
      readonly token?: string;
      readonly challengeId?: string;
    };
    if (told?.status === 201) this.#token = token;
    const { service } = this.#options.world;
    const image = service.captchas().find((each) => each.challengeId === challengeId);
    if (image === undefined) return;
    const seen = { challengeId: image.challengeId, characters: image.answer };
    this.#images.push(seen);
    this.#events.push({ what: "image", ...seen });
  }

  async #list({ path, isRecursive, limit, isStream, pageCount }: Act<"list">): Promise<void> {
    const at = fullPath(path);
    const query = new URLSearchParams({
      ...(isRecursive === true && { recursive: "true" }),
      ...(limit !== undefined && { limit: String(limit) }),
    }).toString();
    const target = `${folderTarget(at)}?${query}`;
    const headers = { accept: isStream === true ? "application/x-ndjson" : "application/json" };
    const answer = await this.#send({ method: "GET", target, headers });
    this.#keepToken(target, at, answer);
    await this.#turnPages((pageCount ?? Number.POSITIVE_INFINITY) - 1);
  }

  #keepToken(target: string, path: string, answer: ClientAnswer | undefined): void {
    const { nextPageToken } = jsonOf(answer) as { readonly nextPageToken?: string | null };
    const token = nextPageToken ?? undefined;
    this.#listing = token === undefined ? undefined : { target, path, token };
  }

  async #turnPages(countMax: number): Promise<void> {
    // A listing that never ends is cut off: what was answered by then is wrong.
    for (let page = 0; page < Math.min(countMax, PAGE_COUNT_MAX); page += 1) {
      if (this.#listing === undefined || this.#token === undefined) return;
      const { target, path, token } = this.#listing;
      const query = `pageToken=${encodeURIComponent(token)}`;
      const answer = await this.#send({ method: "GET", target: `${target}&${query}` });
      this.#keepToken(target, path, answer);
    }
  }

  async #beginUpload(act: Act<"begin-upload">): Promise<void> {
    const path = fullPath(act.path);
    const bytes = contentBytes(act.content);
    const isWhole = act.isWhole === true;
    const isDigestTold = act.isDigestTold === true || isWhole;
    const query = new URLSearchParams({
      path,
      modifiedAtNs: act.modifiedAtNs,
      ...(act.mode !== undefined && { mode: act.mode }),
    }).toString();
    const first = isWhole ? bytes : bytes.subarray(0, act.firstBytes);
    const headers = {
      "upload-complete": isWhole ? "?1" : "?0",
      ...(act.isLengthTold === true && { "upload-length": String(bytes.length) }),
      ...(isDigestTold && digestHeader("repr-digest", bytes, "right")),
      ...conditionsOf(this.#told, act),
    };
    const target = `/v1/uploads?${query}`;
    const answer = await this.#send({ method: "POST", target, headers, body: first });
    const location = answer?.headers["location"];
    if (location === undefined) return;
    this.#uploads.unshift({ target: location, bytes, isDigestTold, offset: first.length });
  }

  async #append(act: Act<"append">): Promise<void> {
    const upload = this.#uploads[act.upload];
    if (upload === undefined) return;
    const { bytes, offset } = upload;
    const isLast = act.isLast === true;
    const part = bytes.subarray(offset, isLast ? undefined : offset + (act.bytes ?? bytes.length));
    const request = {
      method: "PATCH",
      target: upload.target,
      headers: {
        ...this.#session(),
        "content-type": "application/partial-upload",
        "upload-offset": String(Math.max(0, offset + (act.offsetBy ?? 0))),
        "upload-complete": isLast ? "?1" : "?0",
        ...digestHeader("content-digest", part, act.digest ?? "none"),
        ...(isLast && !upload.isDigestTold && digestHeader("repr-digest", bytes, "right")),
      },
      body: part,
    };
    const { cut } = act;
    if (cut !== undefined && cut.afterBytes < part.length) {
      const ask = async (): Promise<void> => {
        if (cut.asksFirst) await this.#ask("HEAD", upload);
      };
      await this.#wire.sendPart(request, cut.afterBytes, ask);
      await this.#ask("HEAD", upload);
      return;
    }
    const answer = await this.#send(request);
    this.#keepOffset(upload, answer);
  }

  /** Asks where an upload stands, or gives it up. */
  async #ask(method: "HEAD" | "DELETE", upload: Begun): Promise<void> {
    this.#keepOffset(upload, await this.#send({ method, target: upload.target }));
  }

  #keepOffset(upload: Begun, answer: ClientAnswer | undefined): void {
    const told = answer?.headers["upload-offset"];
    if (told !== undefined) upload.offset = Math.min(Number(told), upload.bytes.length);
  }

  async #lookAtAll(): Promise<void> {
    await this.#do({ do: "usage" });
    const top = folderTarget(TOP);
    const headers = { accept: "application/x-ndjson" };
    const all = await this.#send({ method: "GET", target: `${top}?recursive=true`, headers });
    const entries = this.#told.entries(all);
    for (const limit of PAGE_SIZES)
      await this.#list({ do: "list", path: `/${TOP}`, isRecursive: true, limit });
    for (const { kind, path } of entries) {
      if (this.#token === undefined) return;
      if (kind === "folder") {
        await this.#list({ do: "list", path: `/${path}`, limit: 2 });
        continue;
      }
      await this.#readAll(path);
    }
  }

  /** Reads every generation of a file. */
  async #readAll(path: string): Promise<void> {
    await this.#send({ method: "GET", target: `/v1/generations/${encodedPath(path)}` });
    for (const generation of this.#told.generations(path)) {
      const target = `${fileTarget(path)}?generation=${generation}`;
      await this.#send({ method: "GET", target });
    }
  }

  /** Sends a request of the session and keeps what is told of entries, and of the session's end. */
  async #send(request: WireRequest): Promise<ClientAnswer | undefined> {
    const headers: Readonly<Record<string, string>> = { ...this.#session(), ...request.headers };
    const answer = await this.#wire.send({ ...request, headers });
    this.#told.entries(answer);
    const [, kind, at] = /^\/v1\/(folders|generations)\/([^?]*)/.exec(request.target) ?? [];
    if (at !== undefined && kind === "generations")
      this.#told.noteGenerations(decodeURIComponent(at), answer);
    // Whose request names a folder is told the tag of that one.
    if (at !== undefined && kind === "folders" && headers["azukeru-if-place"] === undefined)
      this.#told.place(decodeURIComponent(at), answer);
    this.#isShutOut ||= answer?.status === 401;
    if (this.#isShutOut || request.target === "/v1/sessions/current") this.#token = undefined;
    return answer;
  }

  #session(): Readonly<Record<string, string>> {
    return this.#token === undefined ? {} : { authorization: `Bearer ${this.#token}` };
  }
}

/** What is done without a session. */
const WITHOUT_LOGIN: ReadonlySet<ServiceAct["do"]> = new Set([
  "log-in",
  "wait",
  "set-free",
  "restart-service",
]);

/** More pages than any listing of a scenario has. */
const PAGE_COUNT_MAX = 500;
