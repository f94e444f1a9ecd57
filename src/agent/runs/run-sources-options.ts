import type { AgentPorts } from "../ports/agent-ports.ts";
import type { BackupRequest } from "../jobs/requests.ts";
import type { RunStop } from "../jobs/run-stop.ts";
import type { Service } from "../ports/service.ts";
import type { Settings, SourceFolder } from "../state/records.ts";
import type { StateDatabase } from "../state/state-database.ts";
import type { Tuning } from "../tuning.ts";

/** What a run of backups works with. */
export interface RunSourcesOptions {
  readonly ports: Pick<AgentPorts, "clock" | "entropy" | "disk" | "memory" | "log">;
  readonly database: StateDatabase;
  readonly tuning: Tuning;
  readonly settings: Settings;
  readonly sources: readonly SourceFolder[];
  readonly service: () => Service;
  readonly request: BackupRequest;
  readonly stop: RunStop;
}
