import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { onTestFinished } from "vitest";

import { runCli } from "../../../src/agent/cli/run-cli.ts";
import { fakeCliIo } from "../../../src/agent/cli/testing/fake-cli-io.ts";
import {
  createStorageService,
  type StorageService,
} from "../../../src/sim-server/storage/service/storage-service.ts";
import { AgentProcess, type CommandInput } from "./agent-process.ts";
import { EndedCommand } from "./ended-command.ts";

/** A password that would be found wherever it leaked to. */
export const PASSWORD: string = `pa55-wörd-${randomBytes(8).toString("hex")}`;

/** What a person has in front of them: a service, a folder, and the agent's commands. */
export interface AgentWorld {
  readonly service: StorageService;
  readonly serviceUrl: string;
  readonly home: string;
  readonly source: string;
  /** Starts a command in a process of its own, for whatever two processes do to each other. */
  start(args: readonly string[], input?: CommandInput): AgentProcess;
  /** Runs a command in this process, which is much quicker; all but the launcher is the same. */
  run(args: readonly string[], input?: CommandInput): Promise<EndedCommand>;
  /** Logs in and adds the source. */
  prepare(): Promise<void>;
  /** Writes files (path below the source -> content; null is a folder). */
  write(tree: Readonly<Record<string, string | null>>): void;
}

/** A world of its own for one test, on a real port and a real disk; gone when the test is over. */
export async function agentWorld(): Promise<AgentWorld> {
  const service = createStorageService({
    clock: { nowMs: () => Date.now() },
    entropy: { randomHex: (byteCount) => randomBytes(byteCount).toString("hex") },
    accounts: [{ loginId: "taro", password: PASSWORD, nickname: "太郎" }],
    checkContract: true,
  });
  const server = service.createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const serviceUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const folder = mkdtempSync(join(tmpdir(), "agent-cli-"));
  const [home, source] = [join(folder, "home"), join(folder, "資料")];
  mkdirSync(source);
  const processes: AgentProcess[] = [];
  onTestFinished(async () => {
    for (const { child } of processes) child.kill("SIGKILL");
    await Promise.all(processes.map(({ ended }) => ended));
    server.closeAllConnections();
    server.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const run: AgentWorld["run"] = async (args, { stdin = "", env = {} } = {}) => {
    const io = fakeCliIo({ stdin, env: { LANG: "C.UTF-8", ...env } });
    const exitCode = await runCli(["--home", home, ...args], io);
    return new EndedCommand(exitCode, io.out(), io.err());
  };
  return {
    service,
    serviceUrl,
    home,
    source,
    run,
    start(args, input): AgentProcess {
      const started = new AgentProcess(["--home", home, ...args], input);
      processes.push(started);
      return started;
    },
    async prepare(): Promise<void> {
      const login = ["login", "--service", serviceUrl, "--login-id", "taro", "--device-name", "pc"];
      const steps = [
        await run(login, { env: { AZUKERU_PASSWORD: PASSWORD } }),
        await run(["source", "add", source]),
      ];
      for (const { exit, err } of steps) if (exit !== 0) throw new Error(err);
    },
    write(tree): void {
      for (const [path, content] of Object.entries(tree)) {
        const full = join(source, path);
        mkdirSync(content === null ? full : dirname(full), { recursive: true });
        if (content !== null) writeFileSync(full, content);
      }
    },
  };
}
