import { mkdir } from "node:fs/promises";

import { startCommand, type CommandEnd, type RunningCommand } from "./own-command.ts";
import type { ServiceAccess } from "./service-process.ts";

/** What a line of `--json` output has at least. */
export interface OutputLine {
  readonly type: string;
  readonly [member: string]: unknown;
}

/** The agent's commands on one home folder. */
export class AgentHome {
  readonly homePath: string;
  readonly #env: Readonly<Record<string, string>>;

  private constructor(homePath: string, env: Readonly<Record<string, string>>) {
    this.homePath = homePath;
    this.#env = { ...env, AZUKERU_HOME: homePath };
  }

  /** A new home, logged in, with these source folders; `env` is for every command. */
  static async create(
    homePath: string,
    access: ServiceAccess,
    sourcePaths: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<AgentHome> {
    await mkdir(homePath, { recursive: true });
    const { loginId, password } = access.account;
    const home = new AgentHome(homePath, { ...env, AZUKERU_PASSWORD: password });
    const login = ["login", "--service", access.service, "--login-id", loginId];
    await home.mustRun([...login, "--device-name", "bench-pc"]);
    for (const path of sourcePaths) await home.mustRun(["source", "add", path]);
    return home;
  }

  /** What the commands need of the environment. */
  get env(): Readonly<Record<string, string>> {
    return this.#env;
  }

  /** Starts a command and lets it run. */
  start(args: readonly string[], env: Readonly<Record<string, string>> = {}): RunningCommand {
    return startCommand("azukeru-agent", args, { ...this.#env, ...env });
  }

  /** Runs a command to its end. */
  run(args: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<CommandEnd> {
    return this.start(args, env).ended;
  }

  /** Runs a command with `--json` that has to end with 0; its lines. */
  async mustRun(
    args: readonly string[],
    env: Readonly<Record<string, string>> = {},
  ): Promise<readonly OutputLine[]> {
    const { exitCode, stdout, stderr } = await this.run([...args, "--json"], env);
    // Every command has something to say; one that prints nothing did nothing.
    if (exitCode === 0 && stdout !== "") return outputLines(stdout);
    throw new Error(`azukeru-agent ${args.join(" ")} ended with ${exitCode}:\n${stderr}${stdout}`);
  }
}

/** The lines of `--json` output. */
export function outputLines(stdout: string): readonly OutputLine[] {
  return stdout
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line) as OutputLine);
}
