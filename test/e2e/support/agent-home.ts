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

  private constructor(homePath: string, password: string) {
    this.homePath = homePath;
    this.#env = { AZUKERU_HOME: homePath, AZUKERU_PASSWORD: password };
  }

  /** A new home, logged in, with these source folders. */
  static async create(
    homePath: string,
    access: ServiceAccess,
    sourcePaths: readonly string[],
  ): Promise<AgentHome> {
    await mkdir(homePath, { recursive: true });
    const { loginId, password } = access.account;
    const home = new AgentHome(homePath, password);
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
  start(args: readonly string[]): RunningCommand {
    return startCommand("azukeru-agent", args, this.#env);
  }

  /** Runs a command to its end. */
  run(args: readonly string[]): Promise<CommandEnd> {
    return this.start(args).ended;
  }

  /** Runs a command with `--json` that has to end with 0; its lines. */
  async mustRun(args: readonly string[]): Promise<readonly OutputLine[]> {
    const { exitCode, stdout, stderr } = await this.run([...args, "--json"]);
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
