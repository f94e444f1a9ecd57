import { hostname } from "node:os";
import { join } from "node:path";

import { NodeClock } from "../adapters/node-clock.ts";
import { openNodeDatabase } from "../adapters/node-database.ts";
import type { AgentRecordsApi } from "./agent-api.ts";
import { AgentRecords } from "../agent-records.ts";
import { closeOrphanedJobs } from "../runs/close-orphaned-jobs.ts";
import type { Host } from "../schedule/os-task-registration.ts";
import { StateDatabase } from "../state/state-database.ts";
import { takeHome, usingHome } from "./home-lock.ts";
import { removeHolder, thisHolder, writeHolder } from "./lock-holder.ts";

/** What the agent of a home folder wrote down, as one command reads it. */
export interface OpenedRecords extends Disposable {
  readonly records: AgentRecordsApi;
}

/** What a command looks at the records for. */
export interface LookRequest {
  readonly command: string;
  /** The PC, for commands about the schedule. */
  readonly host?: Host | undefined;
}

/**
 * Opens the records of `homePath` for a command that only looks. As the one process that works there
 * when there is no other, because jobs that a killed process left are to be closed first; else
 * read-only. Loads nothing of what works with the records, which takes longer than to read them.
 */
export async function openRecords(
  homePath: string,
  { command, host }: LookRequest,
): Promise<OpenedRecords> {
  const lock = takeHome(homePath, 0);
  const readOnly = lock === undefined;
  try {
    if (!readOnly) writeHolder(homePath, thisHolder(command, null));
    const file = usingHome(homePath, () =>
      openNodeDatabase(join(homePath, "agent.db"), { readOnly }),
    );
    const database = usingHome(homePath, () => new StateDatabase(file));
    if (!readOnly) await closeOrphans(homePath, database);
    return {
      records: new AgentRecords(database, {
        defaultDeviceName: hostname(),
        clock: new NodeClock(),
        host,
      }),
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

async function closeOrphans(homePath: string, database: StateDatabase): Promise<void> {
  const orphans = closeOrphanedJobs(database);
  if (orphans.length === 0) return;
  const { PinoLog } = await import("../adapters/pino-log.ts");
  const log = PinoLog.open(join(homePath, "logs", "agent.log"));
  for (const { id } of orphans) log.write("warn", "job was cut off", { job: id });
  log.close();
}
