import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import type { AddressInfo } from "node:net";
import type { Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  createStorageService,
  type StorageService,
} from "../../src/sim-server/storage/service/storage-service.ts";
import { AgentHome, type OutputLine } from "../e2e/support/agent-home.ts";
import { readTree, type FileState } from "./read-tree.ts";

/** The folders of a person's PC that are backed up; `extra` comes and goes as a source. */
export const SOURCE_NAMES = ["main", "second", "extra"] as const;

/** One of {@link SOURCE_NAMES}. */
export type SourceName = (typeof SOURCE_NAMES)[number];

/** A moment of an exchange with the service. */
export type Exchange = "request" | "answer";

const LOGIN_ID = "taro";

/** Longest wait for the service to notice that a client is gone. */
const REST_MS_MAX = 10_000;

/**
 * What is tortured: the shipped command on real folders, and the simulated service on a real port in
 * this very process, so that a command can be killed at the moment of a request.
 */
export class TortureWorld implements AsyncDisposable {
  readonly folder: string = mkdtempSync(join(tmpdir(), "azukeru-torture-"));
  readonly service: StorageService;
  readonly target: string;
  readonly homePath: string;
  /** Told each request when it arrives and when its answer has been handed over. */
  onExchange: (moment: Exchange) => void = () => undefined;
  readonly #server: Server;
  #home: AgentHome | undefined;

  private constructor() {
    this.homePath = join(this.folder, "home");
    this.target = join(this.folder, "restored");
    for (const name of SOURCE_NAMES) mkdirSync(this.source(name));
    mkdirSync(this.target);
    this.service = createStorageService({
      clock: { nowMs: () => Date.now() },
      entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
      accounts: [{ loginId: LOGIN_ID, password: "open-sesame" }],
    });
    this.#server = this.service.createServer();
    this.#server.prependListener("request", (_request, response) => {
      this.onExchange("request");
      response.once("finish", () => this.onExchange("answer"));
    });
  }

  /** A world with a logged-in agent that has two sources, 差分比較削除 on, and files to back up. */
  static async create(plant: (world: TortureWorld) => void): Promise<TortureWorld> {
    const world = new TortureWorld();
    plant(world);
    world.#server.listen(0, "127.0.0.1");
    await once(world.#server, "listening");
    const service = `http://127.0.0.1:${(world.#server.address() as AddressInfo).port}`;
    const account = { loginId: LOGIN_ID, password: "open-sesame" };
    const sources = [world.source("main"), world.source("second")];
    world.#home = await AgentHome.create(
      world.homePath,
      { service, control: service, account },
      sources,
      // An OS task of whoever runs this is none of ours to follow a schedule.
      { HOME: world.folder, XDG_CONFIG_HOME: world.folder },
    );
    await world.home.mustRun(["settings", "--compare-delete", "on"]);
    // The log names the files of a batch only while a fault looks for paths: one that never strikes.
    const never = { kind: "delay", delayMs: 0, path: "**", nth: 1_000_000_000 } as const;
    world.service.faults.add(never);
    return world;
  }

  /** The agent's commands. */
  get home(): AgentHome {
    if (this.#home === undefined) throw new Error("the world is not ready yet");
    return this.#home;
  }

  source(name: SourceName): string {
    return join(this.folder, name);
  }

  /** A source as it stands on the disk. */
  onDisk(name: SourceName): Map<string, FileState> {
    return readTree(this.source(name));
  }

  /** The files of a destination as the service has them. */
  stored(destination: string): Map<string, FileState> {
    const explorer = this.service.explorer(LOGIN_ID);
    const path = destination.split("/");
    if (!explorer.folderExists(path)) return new Map();
    return new Map(
      explorer.list(path).flatMap((entry) => {
        if (entry.kind !== "file") return [];
        const { sha256, modifiedAtNs } = entry;
        const below = entry.path.slice(destination.length + 1);
        return [[below, { sha256, modifiedAtNs: BigInt(modifiedAtNs) }] as const];
      }),
    );
  }

  /** Folders of a destination, as the service has them. */
  storedFolders(destination: string): string[] {
    return this.service
      .explorer(LOGIN_ID)
      .list(destination.split("/"))
      .filter(({ kind }) => kind === "folder")
      .map(({ path }) => path.slice(destination.length + 1));
  }

  /** Where the sources go, by their paths. */
  async destinations(): Promise<ReadonlyMap<string, string>> {
    const lines: readonly OutputLine[] = await this.home.mustRun(["source", "list"]);
    return new Map(lines.map((line) => [String(line["path"]), String(line["destination"])]));
  }

  /** Resolves once the service has seen that a killed client is gone. */
  async rest(): Promise<void> {
    const deadline = performance.now() + REST_MS_MAX;
    while (this.service.requestLog.find().some(({ outcome }) => outcome === "pending")) {
      if (performance.now() > deadline) throw new Error("a request of a killed client never ended");
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
