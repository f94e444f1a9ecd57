import type { NetworkShares } from "../../../sim-server/host/network-shares.ts";
import type { PcSession } from "../../../sim-server/host/sim-host.ts";
import type { Pc } from "../../scenario/pc.ts";
import type { HostPaths } from "../disk/host-path.ts";
import type { ExternalActors } from "../actors/external-actors.ts";

interface NetworkDrivesOptions {
  readonly pc: Pc;
  /** Of the scenario; which of them are on network drives, the PC says. */
  readonly sources: readonly string[];
  readonly paths: HostPaths;
  readonly actors: () => ExternalActors;
}

/** The sources on network drives, each a drive of its own: there only while somebody is signed in. */
export class NetworkDrives implements NetworkShares {
  /** Sources on them. */
  readonly sources: ReadonlySet<string>;
  readonly #options: NetworkDrivesOptions;
  #areHere = true;

  constructor(options: NetworkDrivesOptions) {
    const { pc, sources } = options;
    this.#options = options;
    this.sources = new Set(
      (pc.networkSources ?? []).map((index) => sources[index % sources.length] ?? ""),
    );
  }

  /** Whether a path of the PC is a source on one of them. */
  has(hostPath: string): boolean {
    return this.sources.has(this.#options.paths.fromHost(hostPath));
  }

  /** Whether a tool in that session reaches a path of the PC. */
  isReached(hostPath: string, session: PcSession): boolean {
    const isConnected = session === "person" || this.#options.pc.kind === "linux";
    return isConnected || !this.has(hostPath);
  }

  connect(): void {
    this.move(true);
  }

  disconnect(): void {
    this.move(false);
  }

  /**
   * Connects them, or disconnects them: what is on a drive that is not connected is nowhere on the disk. Says
   * whether any of them is another way now.
   */
  move(isHere: boolean): boolean {
    if (this.#areHere === isHere) return false;
    this.#areHere = isHere;
    const actors = this.#options.actors();
    for (const path of this.sources) {
      const away = `${path} (away)`;
      const [from, to] = isHere ? [away, path] : [path, away];
      actors.change({ do: "rename", path: from, to });
      if (isHere) actors.sourceLosses.delete(path);
    }
    return this.sources.size > 0;
  }
}
