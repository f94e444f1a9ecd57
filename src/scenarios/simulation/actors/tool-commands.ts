import type { World } from "../../../sim-server/world.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { PcLife } from "../pc/pc-life.ts";
import type { People } from "./people.ts";
import type { AgentHost } from "../process/agent-host.ts";
import { ACCOUNT } from "../world/account.ts";
import type { Refusals } from "../observe/refusals.ts";

const SETTING_NAMES = ["includeHidden", "compareUpload", "compareDelete"] as const;
type SettingName = (typeof SETTING_NAMES)[number];

/** What the person's commands work with. */
export interface ToolCommandsOptions {
  readonly world: World;
  readonly paths: HostPaths;
  readonly pc: AgentHost;
  readonly around: PcLife | undefined;
  readonly people: People;
  readonly refusals: Refusals;
}

/** What the person at the PC tells the tool about the account, the sources and the settings. */
export class ToolCommands {
  readonly #options: ToolCommandsOptions;

  constructor(options: ToolCommandsOptions) {
    this.#options = options;
  }

  /** Logs in with the right password. */
  async login(): Promise<void> {
    const { world, pc, around } = this.#options;
    await pc.agent.login({ serviceUrl: world.serviceUrl, ...ACCOUNT });
    around?.facts.note({ what: "account", isLoggedIn: true });
  }

  /** Logs out. */
  async logout(): Promise<void> {
    const { pc, around } = this.#options;
    await pc.agent.logout();
    around?.facts.note({ what: "account", isLoggedIn: false });
  }

  /** Adds a source; a refusal is noted. */
  async addSource(path: string): Promise<void> {
    const { paths, pc, around, people, refusals } = this.#options;
    try {
      await pc.agent.addSource(paths.toHost(path));
      people.destinationLosses.delete(path);
      around?.facts.note({ what: "source", path });
    } catch (error) {
      refusals.note(-1, "add-source", error);
    }
  }

  /** Changes the settings that are given. */
  changeSettings(wish: Partial<Record<SettingName, boolean | undefined>>): void {
    const changes = SETTING_NAMES.flatMap((name) => {
      const value = wish[name];
      return value === undefined ? [] : [[name, value] as const];
    });
    if (changes.length > 0) this.#options.pc.agent.changeSettings(Object.fromEntries(changes));
  }
}
