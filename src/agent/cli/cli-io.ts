import type { ReadStream } from "node:tty";

import type { OutputStream } from "../../terminal/output-stream.ts";

/** What a command has of its process. */
export interface CliIo {
  readonly stdin: NodeJS.ReadableStream & Partial<Pick<ReadStream, "isTTY">>;
  readonly stdout: OutputStream;
  readonly stderr: OutputStream;
  readonly env: Record<string, string | undefined>;
}

/**
 * The real process's streams. A reader that went away (`| head`, a closed terminal) does not end
 * the command: a backup goes on without being watched.
 */
export function processIo(): CliIo {
  for (const stream of [process.stdout, process.stderr]) stream.on("error", ignoreLostReader);
  return {
    stdin: process.stdin,
    stdout: process.stdout,
    stderr: process.stderr,
    env: process.env,
  };
}

function ignoreLostReader(error: NodeJS.ErrnoException): void {
  if (error.code !== "EPIPE" && error.code !== "EIO") throw error;
}
