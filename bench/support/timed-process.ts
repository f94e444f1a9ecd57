import { spawn } from "node:child_process";

import { watchMemory } from "./peak-memory.ts";

/** One run of a command, from its start to its end. */
export interface TimedRun {
  readonly wallSeconds: number;
  /** Null where the system does not tell. */
  readonly peakMemoryBytes: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface CommandLine {
  readonly command: string;
  readonly args: readonly string[];
  /** Added to the environment. */
  readonly env?: Readonly<Record<string, string>>;
  /** Default: 0 only. */
  readonly acceptedExitCodes?: readonly number[];
}

/** Runs a command to its end and measures it. Rejects when it ends in a way that is not accepted. */
export async function runTimed(commandLine: CommandLine): Promise<TimedRun> {
  const { command, args, env, acceptedExitCodes = [0] } = commandLine;
  const startedAtMs = performance.now();
  const child = spawn(command, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const memory = child.pid === undefined ? undefined : watchMemory(child.pid);
  let endedAtMs = 0;
  child.once("exit", () => (endedAtMs = performance.now()));
  try {
    const code = await new Promise<number | NodeJS.Signals | null>((resolve, reject) => {
      child.once("error", reject);
      child.once("close", (exitCode, signal) => resolve(exitCode ?? signal));
    });
    if (typeof code !== "number" || !acceptedExitCodes.includes(code)) {
      throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stderr}${stdout}`);
    }
  } finally {
    memory?.stop();
  }
  const wallSeconds = (endedAtMs - startedAtMs) / 1000;
  return { wallSeconds, peakMemoryBytes: memory?.peakBytes ?? null, stdout, stderr };
}
