import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A command of this project, as a person starts it. */
export type OwnCommand = "azukeru-agent" | "azukeru-sim";

/** How a command ended. */
export interface CommandEnd {
  /** Null when a signal ended it. */
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A command that runs in a process of its own. */
export interface RunningCommand {
  readonly process: ChildProcess;
  readonly ended: Promise<CommandEnd>;
  /** `kill -9`, for it and whatever it started; resolves when it is gone. */
  kill(): Promise<void>;
}

/** The file behind a command. */
export function commandFile(command: OwnCommand): string {
  return fileURLToPath(new URL(`../../../bin/${command}.js`, import.meta.url));
}

/** Starts a command with this very Node; `env` is added to the environment. */
export function startCommand(
  command: OwnCommand,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningCommand {
  return startProgram(process.execPath, [commandFile(command), ...args], env);
}

/** Starts any program; `env` is added to the environment. */
export function startProgram(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): RunningCommand {
  const child = spawn(program, args, {
    env: { ...process.env, ...env },
    stdio: ["ignore", "pipe", "pipe"],
    // A process group of its own, so that all of it can be killed at once.
    detached: true,
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const killGroup = (): void => {
    const isRunning = child.exitCode === null && child.signalCode === null;
    if (child.pid !== undefined && isRunning) process.kill(-child.pid, "SIGKILL");
  };
  // In its own group, it would outlive whoever started it.
  process.once("exit", killGroup);
  const ended = new Promise<CommandEnd>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (exitCode) => {
      process.off("exit", killGroup);
      resolve({ exitCode, stdout, stderr });
    });
  });
  return {
    process: child,
    ended,
    async kill(): Promise<void> {
      killGroup();
      await ended;
    },
  };
}
