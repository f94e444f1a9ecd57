import { rename, rm, writeFile } from "node:fs/promises";

import { CliError } from "./cli-error.ts";
import type { RunningService } from "./serve.ts";
import { message } from "../../messages/message.ts";
import { reasonOf } from "../../messages/reason-of.ts";

/** Where a service is and who may log in there, as a line of JSON. */
export function readyLine(running: RunningService): string {
  const { url, controlUrl, openApiUrl, account, mail } = running;
  const line = {
    event: "listening",
    service: url,
    control: controlUrl,
    openapi: openApiUrl,
    account,
    ...(mail === null ? {} : { mail }),
  };
  return `${JSON.stringify(line)}\n`;
}

/**
 * Writes that line into a file that nobody else may read, since a password stands in it. Who sees the file
 * sees it whole. Rejects with `CliError` when it cannot be written.
 */
export async function writeReadyFile(file: string, running: RunningService): Promise<void> {
  const partFile = `${file}.part-${process.pid}`;
  try {
    await writeFile(partFile, readyLine(running), { mode: 0o600, flag: "wx" });
    await rename(partFile, file);
  } catch (error) {
    await rm(partFile, { force: true });
    throw new CliError(message("input.unwritable", { file, why: reasonOf(error) }), error);
  }
}

/** Takes the file away, if it is there. Rejects with `CliError` when it cannot be. */
export async function removeReadyFile(file: string): Promise<void> {
  try {
    await rm(file, { force: true });
  } catch (error) {
    throw new CliError(message("input.unremovable", { file, why: reasonOf(error) }), error);
  }
}
