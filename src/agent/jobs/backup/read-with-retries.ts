import { DiskError } from "../../ports/source-disk.ts";
import { pause } from "../pause.ts";
import { StoppedError } from "../job-stop.ts";
import type { BackupContext } from "./backup-context.ts";
import { readStableFile, type StableFile } from "./read-stable-file.ts";

/**
 * Reads a file whole and tries again a few times when it changed while it was read, when another
 * application holds it, or when it was replaced at that very moment (D8). What the last try came to
 * is the result; a job that is to stop rejects with `StoppedError`.
 */
export async function readWithRetries(
  context: BackupContext,
  path: string,
  sizeBytesMax: number,
): Promise<StableFile> {
  const { tuning } = context;
  for (let triesLeft = tuning.unstableFileRetryCount; ; triesLeft -= 1) {
    if (context.stop.reason !== undefined) throw new StoppedError();
    try {
      const file = await readStableFile(context.disk, path, sizeBytesMax);
      if (file.kind !== "changed" || triesLeft === 0) return file;
    } catch (error) {
      const isPassing = error instanceof DiskError && error.kind === "locked";
      if (!isPassing || triesLeft === 0) throw error;
    }
    await pause(context.clock, tuning.unstableFileRetryDelayMs, context.stop);
  }
}
