import type { AgentApi } from "./agent-api.ts";
import type { Host } from "../schedule/os-task-registration.ts";
import type { Redactor } from "../../messages/redactor.ts";
import { composeAgent } from "./compose-agent.ts";
import { usingHome } from "./home-error.ts";
import { heldError, takeHome } from "./home-lock.ts";
import { readHolder, removeHolder, thisHolder, writeHolder, type RunKind } from "./lock-holder.ts";

/** What a command needs the agent for. */
export interface OpenRequest {
  /** The command, for those who find the lock taken. */
  readonly command: string;
  /** What the command runs that takes long: it watches for requests of other processes. Default null. */
  readonly runs?: RunKind | null;
  /** The PC, for commands about the schedule. */
  readonly host?: Host;
  /** Learns the agent's secrets. */
  readonly redactor?: Redactor;
  /** How long to wait for a short command of another process. Default 2 s. */
  readonly waitMs?: number;
}

/** The agent as one command uses it; disposing of it closes the tool and lets others work. */
export interface OpenedAgent extends AsyncDisposable {
  readonly agent: AgentApi;
  /** Names this process in the request box; `undefined` where there is none. */
  readonly instanceId: string | undefined;
}

/**
 * Opens the agent of `homePath` as the one process that works there. Throws `CliError` when the folder
 * is unusable or taken, `AgentError` when its state file is.
 */
export function openAgent(homePath: string, request: OpenRequest): OpenedAgent {
  const { command, runs = null, host, redactor, waitMs = 2_000 } = request;
  const lock = takeHome(homePath, waitMs);
  if (lock === undefined) throw heldError(homePath, readHolder(homePath));
  const holder = thisHolder(command, runs);
  try {
    const { agent, close } = usingHome(homePath, () => {
      writeHolder(homePath, holder);
      return composeAgent({ homePath, host, redactor });
    });
    return {
      agent,
      instanceId: holder.instanceId,
      async [Symbol.asyncDispose](): Promise<void> {
        await close();
        removeHolder(homePath);
        lock.release();
      },
    };
  } catch (error) {
    lock.release();
    throw error;
  }
}
