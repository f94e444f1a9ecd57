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
}

/** Runs a command to its end and measures it. Rejects when it ends with anything but 0. */
export async function runTimed({ command, args, env }: CommandLine): Promise<TimedRun> {
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
    if (code !== 0) {
      throw new Error(`${command} ${args.join(" ")} ended with ${code}:\n${stderr}${stdout}`);
    }
  } finally {
    memory?.stop();
  }
  const wallSeconds = (endedAtMs - startedAtMs) / 1000;
  return { wallSeconds, peakMemoryBytes: memory?.peakBytes ?? null, stdout, stderr };
}
