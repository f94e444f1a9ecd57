import type { AgentApi } from "./agent-api.ts";
import type { Host } from "../schedule/os-task-registration.ts";
import type { Redactor } from "../../messages/redactor.ts";
import { composeAgent } from "./compose-agent.ts";
import { usingHome } from "./home-error.ts";
import { takeDaemonRight } from "./home-lock.ts";
import { HomeTurns } from "./home-turns.ts";
import type { RequestKind } from "./request-box.ts";

/** What the daemon is opened with. */
export interface DaemonRequest {
  readonly host: Host;
  /** Told that another process asked for something, before it is done. */
  readonly onRequest: (kind: RequestKind) => void;
  /** Told that a turn has to wait for another process. */
  readonly onWait: () => void;
  /** Learns the agent's secrets. */
  readonly redactor?: Redactor;
  /** Ends the waiting for the first turn. */
  readonly ending: AbortSignal;
}

/** The agent as the daemon uses it: it works in the home folder only while it deals with slots. */
export interface OpenedDaemon extends AsyncDisposable {
  readonly agent: AgentApi;
  /** Another number whenever another process has changed the database. */
  readonly dataVersion: () => number;
  /** Lets other processes reach the backup that runs now. */
  readonly announceBackup: () => void;
  /** Waits for no further turn to work; the agent is still to be closed. */
  readonly endTurns: () => void;
}

/**
 * Opens the agent of `homePath` as its one daemon; undefined when another process is that. Waits for a
 * process that works there. Throws `CliError` when the folder is unusable.
 */
export async function openDaemon(
  homePath: string,
  { host, redactor, onRequest, onWait, ending }: DaemonRequest,
): Promise<OpenedDaemon | undefined> {
  const right = takeDaemonRight(homePath);
  if (right === undefined) return undefined;
  let agent: AgentApi | undefined;
  const turns = new HomeTurns({
    homePath,
    command: "daemon",
    onWait,
    handlers: {
      interrupt(): void {
        onRequest("interrupt");
        agent?.runs.interrupt();
      },
      async logout(): Promise<void> {
        onRequest("logout");
        await agent?.account.logout();
      },
    },
  });
  const endTurns = (): void => turns.end();
  ending.addEventListener("abort", endTurns);
  if (ending.aborted) endTurns();
  try {
    const composed = await turns.take(async () =>
      usingHome(homePath, () =>
        composeAgent({ homePath, host, redactor, exclusively: (work) => turns.take(work) }),
      ),
    );
    agent = composed.agent;
    return {
      agent,
      dataVersion: composed.dataVersion,
      announceBackup: () => turns.announceBackup(),
      endTurns,
      async [Symbol.asyncDispose](): Promise<void> {
        endTurns();
        await composed.close();
        right.release();
      },
    };
  } catch (error) {
    right.release();
    throw error;
  }
}
