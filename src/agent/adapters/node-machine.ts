import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";

import type { Machine } from "../ports/machine.ts";
import type { Programs } from "../ports/programs.ts";

/** What `NodeMachine` asks; by default the machine it runs on. */
export interface NodeMachineOptions {
  readonly platform?: NodeJS.Platform;
  /** Where Linux keeps what it calls itself (machine-id(5)), the first that is there. */
  readonly idPaths?: readonly string[];
  /** The programs of the system; loaded only where they are needed. */
  readonly programs?: () => Promise<Programs>;
}

const ID_PATHS = ["/etc/machine-id", "/var/lib/dbus/machine-id"];

/**
 * The machine's own ID, as its system keeps it: of Linux `machine-id`, of macOS the UUID of its platform, of Windows
 * `MachineGuid`. None of them leaves the tool: what it gives out is a digest of its own.
 */
export class NodeMachine implements Machine {
  readonly #options: NodeMachineOptions;
  #id: Promise<string | null> | undefined;

  constructor(options: NodeMachineOptions = {}) {
    this.#options = options;
  }

  id(): Promise<string | null> {
    this.#id ??= this.#ask();
    return this.#id;
  }

  async #ask(): Promise<string | null> {
    const own = await this.#own().catch(() => undefined);
    if (own === undefined || own === "") return null;
    return createHash("sha256").update(`azukeru-agent ${own}`).digest("hex");
  }

  async #own(): Promise<string | undefined> {
    const { platform = process.platform } = this.#options;
    if (platform === "linux") return this.#firstText();
    if (platform === "darwin") {
      const said = await this.#run("ioreg", ["-rd1", "-c", "IOPlatformExpertDevice"]);
      return /"IOPlatformUUID" = "([^"]+)"/.exec(said)?.[1];
    }
    if (platform !== "win32") return undefined;
    const key = String.raw`HKLM\SOFTWARE\Microsoft\Cryptography`;
    const said = await this.#run("reg", ["query", key, "/v", "MachineGuid", "/reg:64"]);
    return /MachineGuid\s+REG_SZ\s+(\S+)/.exec(said)?.[1];
  }

  async #firstText(): Promise<string | undefined> {
    for (const path of this.#options.idPaths ?? ID_PATHS) {
      const text = await readFile(path, "utf8").catch(() => "");
      // What is yet to be made is "uninitialized" there.
      if (/^[0-9a-f]{32}\s*$/.test(text)) return text.trim();
    }
    return undefined;
  }

  async #run(program: string, args: readonly string[]): Promise<string> {
    const programs = await (this.#options.programs ?? realPrograms)();
    const end = await programs.run({ program, args });
    return end.kind === "ended" ? end.stdout : "";
  }
}

async function realPrograms(): Promise<Programs> {
  const { NodePrograms } = await import("./node-programs.ts");
  return new NodePrograms();
}
