import { execFile, type ExecFileException } from "node:child_process";
import { win32 } from "node:path";

import type { ProgramCall, ProgramEnd, Programs } from "../ports/programs.ts";
import { message, type Message } from "../../messages/message.ts";

const TIME_LIMIT_MS = 30_000;
const OUTPUT_BYTES_MAX = 16 * 1024 * 1024;

/** Programs of Windows that do not lie in `System32` itself. */
const WINDOWS_FOLDERS: Readonly<Record<string, string>> = {
  powershell: "WindowsPowerShell\\v1.0",
};

/** What the programs are run with; the process's own by default. */
export interface NodeProgramsOptions {
  readonly platform?: NodeJS.Platform;
  /** The programs' environment; its `PATH` says where they are, but on Windows. */
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Programs by `child_process.execFile`. On Windows they are taken from the system's folder alone: by
 * a bare name Windows would first look into the current folder, where anybody may have put one.
 */
export class NodePrograms implements Programs {
  readonly #platform: NodeJS.Platform;
  readonly #env: Readonly<Record<string, string | undefined>>;

  constructor({ platform = process.platform, env = process.env }: NodeProgramsOptions = {}) {
    this.#platform = platform;
    this.#env = env;
  }

  run(call: ProgramCall): Promise<ProgramEnd> {
    const { program, args, stdin = "", timeLimitMs = TIME_LIMIT_MS } = call;
    return new Promise((resolve) => {
      const child = execFile(
        this.#pathOf(program),
        args,
        {
          encoding: "buffer",
          timeout: timeLimitMs,
          killSignal: "SIGKILL",
          maxBuffer: call.outputBytesMax ?? OUTPUT_BYTES_MAX,
          windowsHide: true,
          // The words of some programs are read; those of the user's language could not be.
          env: { ...this.#env, LC_ALL: "C.UTF-8" },
        },
        (error, stdout, stderr) => resolve(endOf(error, stdout, stderr)),
      );
      // A program that does not read its input closes it early, which is its own affair.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(stdin);
    });
  }

  #pathOf(program: string): string {
    if (this.#platform !== "win32") return program;
    const root = this.#env["SystemRoot"] ?? this.#env["SYSTEMROOT"] ?? "C:\\Windows";
    return win32.join(root, "System32", WINDOWS_FOLDERS[program] ?? "", `${program}.exe`);
  }
}

function endOf(error: ExecFileException | null, stdout: Buffer, stderr: Buffer): ProgramEnd {
  if (error !== null && typeof error.code !== "number") {
    if (error.code === "ENOENT" || error.code === "EACCES") return { kind: "missing" };
    return { kind: "cut-off", reason: cutOffReason(error) };
  }
  return {
    kind: "ended",
    exitCode: typeof error?.code === "number" ? error.code : 0,
    stdout: textOf(stdout),
    stderr: textOf(stderr),
  };
}

/** Not the message of the error: it repeats the arguments. */
function cutOffReason({ code, killed, signal }: ExecFileException): Message {
  if (code === "ERR_CHILD_PROCESS_STDIO_MAXBUFFER") return message("task.wrote-too-much");
  if (killed === true) return message("task.took-too-long");
  return message("task.ended-by", { by: String(signal ?? code ?? "-") });
}

/** Programs of Windows write UTF-16 here and there, with a byte order mark or without. */
function textOf(bytes: Buffer): string {
  if (bytes.length >= 2 && bytes[0] === 0xff && bytes[1] === 0xfe) {
    return bytes.subarray(2).toString("utf16le");
  }
  if (bytes.length >= 2 && bytes[0] !== 0 && bytes[1] === 0) return bytes.toString("utf16le");
  const text = bytes.toString("utf8");
  if (!text.includes("\uFFFD")) return text;
  // The Japanese code page, in which the programs of a Japanese Windows write to a pipe.
  return new TextDecoder("shift_jis").decode(bytes);
}
