import type { AgentErrorCode } from "../../../agent/agent-error.ts";
import { CaptchaRequiredError } from "../../../agent/captcha-required-error.ts";
import type { CaptchaAnswer } from "../../../protocol/http/schemas.ts";
import type { LoginFact } from "../../observation/login-fact.ts";
import type { SourceWish } from "../../observation/source-wish.ts";
import { kindAt } from "../disk/kind-at.ts";
import type { World } from "../../../sim-server/world.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { PcFacts } from "../observe/pc-facts.ts";
import type { ExternalActors } from "./external-actors.ts";
import type { SimulatedDevice } from "../process/simulated-device.ts";
import { ACCOUNT } from "../world/account.ts";
import type { Refusals } from "../observe/refusals.ts";

const SETTING_NAMES = ["includeHidden", "compareUpload", "compareDelete"] as const;
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
  /** Of the PC, where the scenario has one. */
  readonly facts: PcFacts | undefined;
  readonly actors: ExternalActors;
  readonly refusals: Refusals;
  /** Records what the person does about a login. */
  readonly noteLogin: (fact: LoginFact) => void;
}

const PLAIN_KINDS: ReadonlySet<string> = new Set(["file", "folder", "symbolic-link"]);

/** What a person types when the characters of an image are asked for; `none`: nothing. */
export type TypedCaptcha = "right" | "wrong" | "none";

/** No character of it is in any image. */
const WRONG_ANSWER = "101010";

/** The commands of the person at the PC to the tool about the account, the sources and the settings. */
export class ToolCommands {
  readonly #options: ToolCommandsOptions;
  /** What the person was told, by the setting's name. */
  readonly #acknowledged = new Map<string, boolean | string>();

  #isPersonLoggingIn = false;

  constructor(options: ToolCommandsOptions) {
    this.#options = options;
  }

  /** Whether it is the person who logs in at this moment. */
  get isPersonLoggingIn(): boolean {
    return this.#isPersonLoggingIn;
  }

  /** Each folder that somebody wanted to be a source, in order. */
  readonly sourceWishes: SourceWish[] = [];

  /** What was typed and was right; secrets. */
  readonly answers: string[] = [];

  /** Logs in with the right password, and with the characters of an image when they are asked for. */
  async login(captcha: TypedCaptcha = "right"): Promise<void> {
    this.#isPersonLoggingIn = true;
    try {
      await this.#logIn("typed");
    } catch (error) {
      if (!(error instanceof CaptchaRequiredError) || captcha === "none") throw error;
      const { challengeId } = error.captcha;
      if (captcha === "wrong") {
        await this.#logIn("mistyped", { challengeId, answer: WRONG_ANSWER });
      } else {
        const { world } = this.#options;
        const asked = world.service.captchas().find((each) => each.challengeId === challengeId);
        const answer = asked?.answer ?? "";
        this.answers.push(answer);
        await this.#logIn("answered", { challengeId, answer });
      }
    } finally {
      this.#isPersonLoggingIn = false;
    }
  }

  async #logIn(fact: LoginFact, captcha?: CaptchaAnswer): Promise<void> {
    const { world, device, facts, noteLogin } = this.#options;
    noteLogin(fact);
    await device.agent.account.login({
      serviceUrl: world.serviceUrl,
      loginId: ACCOUNT.loginId,
      password: world.service.accounts.passwordOf(ACCOUNT.loginId),
      captcha,
    });
    facts?.note({ what: "account", isLoggedIn: true });
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
      await device.agent.sources.add(paths.toHost(path));
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
    device.agent.sources.remove(paths.toHost(path));
    facts?.note({ what: "source-removed", path });
  }

  /** The names of settings that a person was told are changed and that are others now. */
  lostSettings(): readonly string[] {
    const settings = new Map(Object.entries(this.#options.device.agent.settings.read()));
    return [...this.#acknowledged].flatMap(([name, value]) =>
      settings.get(name) === value ? [] : [name],
    );
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
    settings.change(Object.fromEntries(changes));
    for (const [name, value] of changes) this.#acknowledged.set(name, value);
    return changes.some(([name, value]) => before.get(name) !== value);
  }
}
