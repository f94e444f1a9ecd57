import { accessSync, mkdirSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";

import type { SqliteInstanceLock } from "../adapters/sqlite-instance-lock.ts";
import { NodeClock } from "../adapters/node-clock.ts";
import { AgentError } from "../agent-error.ts";
import type { AgentRecordsApi } from "./agent-api.ts";
import { AgentRecords } from "../agent-records.ts";
import type { SqlDatabase } from "../ports/database.ts";
import type { Redactor } from "../../messages/redactor.ts";
import { closeOrphanedJobs } from "../runs/close-orphaned-jobs.ts";
import type { Host } from "../schedule/os-task-registration.ts";
import { JobHistory } from "../state/job-history.ts";
import { StateDatabase } from "../state/state-database.ts";
import { usingHome } from "./home-error.ts";
import { takeHome } from "./home-lock.ts";
import { removeHolder, thisHolder, writeHolder } from "./lock-holder.ts";
import { CliError } from "./output/cli-error.ts";
import { isShortOfSpace, openState, openStateToLook } from "./state-file.ts";

/** What the agent of a home folder wrote down, as one command reads it. */
export interface OpenedRecords extends Disposable {
  readonly records: AgentRecordsApi;
  /** Whether the disk has no room for what the tool has to note: nothing can be run. Default: it has. */
  readonly isShortOfSpace?: boolean;
}

/** What a command looks at the records for. */
export interface LookRequest {
  readonly command: string;
  /** The PC, for commands about the schedule. */
  readonly host?: Host | undefined;
  /** Learns the secrets that are written down. */
  readonly redactor?: Redactor;
}

/**
 * Opens the records of `homePath` for a command that only looks. It reads and writes nothing, so that a full
 * or read-only disk is no hindrance; only where a killed process left jobs open, and nobody else works there,
 * it closes them first if it can. Loads nothing of what works with the records, which takes longer than to
 * read them.
 */
export async function openRecords(
  homePath: string,
  { command, host, redactor }: LookRequest,
): Promise<OpenedRecords> {
  const lock = takeHomeToLook(homePath);
  try {
    if (lock !== undefined) {
      noteHolder(homePath, command);
      await bringUpToDate(homePath);
    }
    const { file, database } = openedToLook(homePath);
    return {
      records: new AgentRecords(database, {
        defaultDeviceName: hostname(),
        clock: new NodeClock(),
        host,
        ...(redactor && { redactor }),
      }),
      isShortOfSpace: isShortOfSpace(homePath),
      [Symbol.dispose](): void {
        file.close();
        if (lock === undefined) return;
        removeHolder(homePath);
        lock.release();
      },
    };
  } catch (error) {
    lock?.release();
    throw error;
  }
}

/** Keeps others from writing meanwhile; undefined where somebody does, or where the lock cannot be had. */
function takeHomeToLook(homePath: string): SqliteInstanceLock | undefined {
  if (!usingHome(homePath, () => isThere(homePath))) return undefined;
  try {
    return takeHome(homePath, 0);
  } catch (error) {
    if (isUnwritable(error)) return undefined;
    throw error;
  }
}

/** False when there is no such folder yet; throws when there cannot be one. */
function isThere(homePath: string): boolean {
  try {
    accessSync(homePath);
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return false;
    throw error;
  }
}

/** For those who find the lock taken; they do without where nothing can be written. */
function noteHolder(homePath: string, command: string): void {
  try {
    writeHolder(homePath, thisHolder(command, null));
  } catch {
    // A look takes no time that anybody has to know about.
  }
}

function openedToLook(homePath: string): {
  readonly file: SqlDatabase;
  readonly database: StateDatabase;
} {
  return usingHome(homePath, () => {
    const file = openStateToLook(homePath);
    try {
      // What is in memory has no tables yet.
      const isEmpty = file.prepare("SELECT 1 FROM sqlite_schema LIMIT 1").get() === undefined;
      return { file, database: new StateDatabase(file, { readOnly: !isEmpty }) };
    } catch (error) {
      file.close();
      throw error;
    }
  });
}

/** Makes the tables those of this version and closes the jobs that a killed process left, where there is a need. */
async function bringUpToDate(homePath: string): Promise<void> {
  if (!isOutOfDate(homePath)) return;
  let file: SqlDatabase | undefined;
  try {
    const database = usingHome(homePath, () => {
      file = openState(homePath);
      return new StateDatabase(file);
    });
    await closeOrphans(homePath, database);
  } catch (error) {
    // Then it is looked at as it is.
    if (!isUnwritable(error)) throw error;
  } finally {
    file?.close();
  }
}

function isOutOfDate(homePath: string): boolean {
  try {
    const { file, database } = openedToLook(homePath);
    try {
      const history = new JobHistory(database);
      return history.running().length + history.waiting().length > 0;
    } finally {
      file.close();
    }
  } catch (error) {
    if (error instanceof AgentError && error.code === "state-read-only") return true;
    throw error;
  }
}

function isUnwritable(error: unknown): boolean {
  const isHome = error instanceof CliError || error instanceof AgentError;
  return isHome && ["state-full", "state-read-only", "home-forbidden"].includes(error.code);
}

async function closeOrphans(homePath: string, database: StateDatabase): Promise<void> {
  const orphans = closeOrphanedJobs(database);
  if (orphans.length === 0) return;
  const { PinoLog } = await import("../adapters/pino-log.ts");
  const log = usingHome(homePath, () => {
    // The log makes its folder as the umask says.
    mkdirSync(join(homePath, "logs"), { recursive: true, mode: 0o700 });
    return PinoLog.open(join(homePath, "logs", "agent.log"));
  });
  for (const { id } of orphans) log.write("warn", "job-was-cut-off", { job: id });
  log.close();
}
