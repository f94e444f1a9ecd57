import { AgentError, type AgentErrorCode } from "../../../agent/agent-error.ts";
import { CaptchaRequiredError } from "../../../agent/captcha-required-error.ts";
import type { CaptchaAnswer } from "../../../protocol/http/schemas.ts";
import type { DeviceNameFact } from "../../observation/pc-record.ts";
import type { LoginFact } from "../../observation/login-fact.ts";
import type { SourceWish } from "../../observation/source-wish.ts";
import { kindAt } from "../disk/kind-at.ts";
import type { World } from "../../../sim-server/world.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { PcFacts } from "../observe/pc-facts.ts";
import type { ExternalActors } from "./external-actors.ts";
import type { ServiceAddress, TypedCaptcha } from "../../scenario/step.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { ACCOUNT } from "../world/account.ts";
import type { Refusals } from "../observe/refusals.ts";

const SETTING_NAMES = ["includeHidden", "compareUpload", "compareDelete", "usageNotice"] as const;
type SettingName = (typeof SETTING_NAMES)[number];
type SettingsWish = Partial<Record<SettingName, boolean | undefined>> & {
  readonly deviceName?: string | undefined;
};

interface ToolCommandsOptions {
  readonly world: World;
  readonly paths: HostPaths;
  readonly device: SimulatedDevice;
  /** The folder that the tool keeps for itself, as a scenario writes its path. */
  readonly homePath: string;
  /** What the PC is called while no person calls it otherwise. */
  readonly deviceName: string;
  /** Of the PC, where the scenario has one. */
  readonly facts: PcFacts | undefined;
  readonly actors: ExternalActors;
  readonly refusals: Refusals;
  /** Records what the person does about a login. */
  readonly noteLogin: (fact: LoginFact) => void;
}

const PLAIN_KINDS: ReadonlySet<string> = new Set(["file", "folder", "symbolic-link"]);

/** No account has it. */
const WRONG_PASSWORD = "never a password of any account";

/** How long the characters of an image can be typed, and something: longer than the service says. */
const TOO_LATE_MS = 11 * 60_000;

/** What a person can do with the characters of an image. */
type CaptchaActs = Readonly<
  Record<
    Exclude<TypedCaptcha, "none">,
    (challengeId: string, characters: string, password: TypedPassword) => Promise<void>
  >
>;

type TypedPassword = "right" | "wrong";

/** No character of it is in any image. */
const WRONG_ANSWER = "101010";

/** The commands of the person at the PC to the tool about the account, the sources and the settings. */
export class ToolCommands {
  readonly #options: ToolCommandsOptions;
  /** What each setting has to be, by its name; undefined where a change of it was cut off. */
  readonly #wanted: Map<string, boolean | string | undefined>;
  /** The sources that were added and not taken out, by their paths on the PC; `doubtful` where that was cut off. */
  readonly #sources = new Map<string, "there" | "doubtful">();

  /** What the person called the PC, oldest first. */
  readonly deviceNames: DeviceNameFact[] = [];
  #isPersonLoggingIn = false;

  constructor(options: ToolCommandsOptions) {
    this.#options = options;
    this.#wanted = new Map<string, boolean | string>([
      ["includeHidden", true],
      ["compareUpload", false],
      ["compareDelete", false],
      ["usageNotice", true],
      ["deviceName", options.deviceName],
    ]);
  }

  /** Whether it is the person who logs in at this moment. */
  get isPersonLoggingIn(): boolean {
    return this.#isPersonLoggingIn;
  }

  /** Each folder that somebody wanted to be a source, in order. */
  readonly sourceWishes: SourceWish[] = [];

  /** What was typed and was right; secrets. */
  readonly answers: string[] = [];

  /** Logs in, by default with the right password, and with the characters of an image when they are asked for. */
  async login(
    captcha: TypedCaptcha = "right",
    password: TypedPassword = "right",
    address: ServiceAddress = this.#addressOfLogin,
  ): Promise<void> {
    this.#isPersonLoggingIn = true;
    this.#addressTyped = address;
    try {
      await this.#logIn("typed", password);
    } catch (error) {
      if (!(error instanceof CaptchaRequiredError) || captcha === "none") throw error;
      const { challengeId } = error.captcha;
      const { world } = this.#options;
      const asked = world.service.captchas().find((each) => each.challengeId === challengeId);
      const characters = asked?.answer ?? "";
      this.answers.push(characters, characters.toLowerCase());
      await this.#captchaActs[captcha](challengeId, characters, password);
    } finally {
      this.#isPersonLoggingIn = false;
    }
  }

  readonly #captchaActs: CaptchaActs = {
    right: (challengeId, answer, password) =>
      this.#logIn("answered", password, { challengeId, answer }),
    "right-in-small-letters": (challengeId, answer, password) =>
      this.#logIn("answered", password, { challengeId, answer: answer.toLowerCase() }),
    nearly: (challengeId, answer, password) => {
      const last = answer.endsWith("2") ? "3" : "2";
      return this.#logIn("mistyped", password, { challengeId, answer: answer.slice(0, -1) + last });
    },
    late: async (challengeId, answer, password) => {
      await this.#options.world.clock.wait(TOO_LATE_MS);
      await this.#logIn("mistyped", password, { challengeId, answer });
    },
    used: async (challengeId, answer, password) => {
      await this.#logIn("answered", "wrong", { challengeId, answer }).catch(ignoreRefusal);
      await this.#logIn("mistyped", password, { challengeId, answer });
    },
    wrong: (challengeId, _, password) =>
      this.#logIn("mistyped", password, { challengeId, answer: WRONG_ANSWER }),
  };

  async #logIn(fact: LoginFact, typed: TypedPassword, captcha?: CaptchaAnswer): Promise<void> {
    const { world, device, facts, noteLogin } = this.#options;
    const right = world.service.accounts.passwordOf(ACCOUNT.loginId);
    noteLogin(fact);
    await device.agent.account.login({
      serviceUrl: this.#addressTyped === "first" ? world.serviceUrl : world.otherServiceUrl,
      loginId: ACCOUNT.loginId,
      password: typed === "right" ? right : WRONG_PASSWORD,
      captcha,
    });
    this.#passwordOfLogin = right;
    this.#addressOfLogin = this.#addressTyped;
    facts?.note({ what: "account", isLoggedIn: true });
  }

  /** Whether the tool knows the password that the account has now. */
  get knowsPassword(): boolean {
    const { world, device } = this.#options;
    const isLoggedIn = device.agent.account.info() !== undefined;
    const now = world.service.accounts.passwordOf(ACCOUNT.loginId);
    return isLoggedIn && this.#passwordOfLogin === now;
  }

  #passwordOfLogin: string | undefined;
  #addressOfLogin: ServiceAddress = "first";
  #addressTyped: ServiceAddress = "first";

  /** Where the tool may go: the address of its login, and the one that a person logs in at just now. */
  get serviceAddresses(): readonly ServiceAddress[] {
    const typed = this.#isPersonLoggingIn ? [this.#addressTyped] : [];
    return [...new Set([this.#addressOfLogin, ...typed])].toSorted();
  }

  /** Logs out; says whether anybody was logged in. */
  async logout(): Promise<boolean> {
    const { device, facts } = this.#options;
    const isLoggedIn = device.agent.account.info() !== undefined;
    await device.agent.account.logout();
    facts?.note({ what: "account", isLoggedIn: false });
    return isLoggedIn;
  }

  /** Adds a source; a refusal is noted, and its code given. */
  async addSource(path: string): Promise<AgentErrorCode | undefined> {
    const { paths, device, facts, actors, refusals } = this.#options;
    const wish = this.#sourceWish(path);
    try {
      const host = paths.toHost(path);
      if (!this.#sources.has(host)) this.#sources.set(host, "doubtful");
      await device.agent.sources.add(host).catch((error: unknown) => {
        if (this.#sources.get(host) === "doubtful") this.#sources.delete(host);
        throw error;
      });
      this.#sources.set(host, "there");
      actors.destinationLosses.delete(path);
      facts?.note({ what: "source", path });
      this.sourceWishes.push({ ...wish, code: undefined });
      return undefined;
    } catch (error) {
      const code = refusals.note(-1, "add-source", error);
      this.sourceWishes.push({ ...wish, code });
      return code;
    }
  }

  /** What stands where somebody wants a source, and what it may not overlap. */
  #sourceWish(path: string): Omit<SourceWish, "code"> {
    const { world, paths, device, homePath } = this.#options;
    const isThere = (at: string): boolean => world.disk.exists(paths.toHost(at));
    const kind = isThere(path) ? kindAt(world.disk, paths.toHost(path)) : undefined;
    const sources = device.agent.sources.list().map((source) => paths.fromHost(source.path));
    return {
      path,
      kind: kind === undefined || PLAIN_KINDS.has(kind) ? (kind as SourceWish["kind"]) : "other",
      sources: sources.filter(isThere),
      home: isThere(homePath) ? homePath : undefined,
    };
  }

  /** Takes a source out of the list for good. */
  removeSource(path: string): void {
    const { paths, device, facts } = this.#options;
    const host = paths.toHost(path);
    device.agent.sources.remove(host);
    this.#sources.delete(host);
    facts?.note({ what: "source-removed", path });
  }

  /** Whether the person has the usage notice on; undefined where a change of it was cut off. */
  get wantsNotice(): boolean {
    return this.#wanted.get("usageNotice") !== false;
  }

  /** The names of settings that are shown as others than a person made them, or left them. */
  wrongSettings(): readonly string[] {
    const { agent } = this.#options.device;
    const settings = new Map(Object.entries(agent.settings.read()));
    const shown = new Set(agent.sources.list().map(({ path }) => path));
    const isLacking = [...this.#sources].some(([path, is]) => is === "there" && !shown.has(path));
    const isSurplus = [...shown].some((path) => !this.#sources.has(path));
    return [
      ...[...this.#wanted].flatMap(([name, value]) =>
        value === undefined || settings.get(name) === value ? [] : [name],
      ),
      ...(isLacking || isSurplus ? ["sources"] : []),
    ];
  }

  /** Changes the settings that are given; says whether any of them was another one before. */
  changeSettings({ deviceName, ...wish }: SettingsWish): boolean {
    const changes: (readonly [string, boolean | string])[] = SETTING_NAMES.flatMap((name) => {
      const value = wish[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    if (deviceName !== undefined) changes.push(["deviceName", deviceName]);
    if (changes.length === 0) return false;
    const { settings } = this.#options.device.agent;
    const before = new Map(Object.entries(settings.read()));
    for (const [name] of changes) this.#wanted.set(name, undefined);
    settings.change(Object.fromEntries(changes));
    for (const [name, value] of changes) this.#wanted.set(name, value);
    if (deviceName !== undefined) this.#noteName(deviceName);
    return changes.some(([name, value]) => before.get(name) !== value);
  }

  #noteName(name: string): void {
    this.deviceNames.push({ elapsedMs: this.#options.world.clock.elapsedMs(), name });
  }
}

function ignoreRefusal(error: unknown): void {
  if (!(error instanceof AgentError)) throw error;
}
