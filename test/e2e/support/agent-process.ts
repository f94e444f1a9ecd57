import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

import { EndedCommand } from "./ended-command.ts";

const COMMAND = fileURLToPath(new URL("../../../bin/azukeru-agent.js", import.meta.url));
const CACHE = fileURLToPath(new URL("../../../node_modules/.cache/agent-e2e", import.meta.url));

/** What a command is given besides its arguments. */
export interface CommandInput {
  readonly stdin?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** A command of the agent in a process of its own, as a person or a scheduler starts it. */
export class AgentProcess {
  readonly child: ChildProcess;
  readonly ended: Promise<EndedCommand>;
  #out = "";
  #err = "";

  constructor(args: readonly string[], { stdin = "", env = {} }: CommandInput = {}) {
    this.child = spawn(process.execPath, [COMMAND, ...args], {
      env: { HOME: "/nonexistent", LANG: "C.UTF-8", NODE_COMPILE_CACHE: CACHE, ...env },
    });
    this.child.stdout?.setEncoding("utf8").on("data", (text: string) => (this.#out += text));
    this.child.stderr?.setEncoding("utf8").on("data", (text: string) => (this.#err += text));
    // A command that needs no input may be gone before it is written.
    this.child.stdin?.on("error", () => undefined).end(stdin);
    this.ended = new Promise((resolve) => {
      this.child.on("close", (code, signal) => {
        resolve(new EndedCommand(code ?? signal ?? "unknown", this.#out, this.#err));
      });
    });
  }

  /** Resolves when standard output holds a text; rejects when the process ended without. */
  async untilPrinted(text: string): Promise<void> {
    const pause = (): Promise<undefined> =>
      new Promise((resolve) => setTimeout(resolve, 20, undefined));
    while (!this.#out.includes(text)) {
      const ended = await Promise.race([this.ended, pause()]);
      if (ended !== undefined && !ended.out.includes(text)) {
        throw new Error(`ended with ${ended.exit} before ${text}: ${ended.out}${ended.err}`);
      }
    }
  }
}
