import { hostname } from "node:os";
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { NodeClock } from "../adapters/node-clock.ts";
import { NodeDialer } from "../adapters/node-dialer.ts";
import { NodeDisk } from "../adapters/node-disk.ts";
import { NodeEntropy } from "../adapters/node-entropy.ts";
import { NodeMachine } from "../adapters/node-machine.ts";
import { NodeMemory } from "../adapters/node-memory.ts";
import { NodeTargetDisk } from "../adapters/node-target-disk.ts";
import { PinoLog } from "../adapters/pino-log.ts";
import type { SmtpMailerOptions } from "../adapters/smtp-mailer.ts";
import { Agent, type AgentOptions } from "../agent.ts";
import type { AgentApi } from "./agent-api.ts";
import { openState } from "./state-file.ts";
import type { Redactor } from "../../messages/redactor.ts";
import type { AgentPorts } from "../ports/agent-ports.ts";
import type { SqlDatabase } from "../ports/database.ts";
import type { Host } from "../schedule/os-task-registration.ts";
import { DEFAULT_TUNING } from "../tuning.ts";

/** An agent on the real world, and how to let go of it. */
export interface ComposedAgent {
  readonly agent: AgentApi;
  /** Another number whenever another process has changed the database. */
  readonly dataVersion: () => number;
  /** Closes the tool and its files. */
  readonly close: () => Promise<void>;
}

interface ComposeOptions {
  /** The agent's own folder, which exists. */
  readonly homePath: string;
  /** The PC; only for commands about the schedule, since what asks it takes a while to load. */
  readonly host?: Host | undefined;
  /** As `AgentOptions` has it. */
  readonly redactor?: Redactor | undefined;
  readonly exclusively?: NonNullable<AgentOptions["exclusively"]>;
}

/** Puts the agent together with this machine's disk, clock, network, memory and state. */
export function composeAgent(options: ComposeOptions): ComposedAgent {
  const database = openState(options.homePath);
  let log: PinoLog | undefined;
  try {
    // The log makes its folder as the umask says.
    mkdirSync(join(options.homePath, "logs"), { recursive: true, mode: 0o700 });
    log = PinoLog.open(join(options.homePath, "logs", "agent.log"));
    return composed(options, database, log);
  } catch (error) {
    log?.close();
    database.close();
    throw error;
  }
}

function composed(
  { homePath, host, redactor, exclusively }: ComposeOptions,
  database: SqlDatabase,
  log: PinoLog,
): ComposedAgent {
  const clock = new NodeClock();
  const dialer = new NodeDialer();
  const agent = Agent.open(
    {
      clock,
      entropy: new NodeEntropy(),
      disk: new NodeDisk(),
      targetDisk: new NodeTargetDisk(),
      memory: new NodeMemory(),
      machine: new NodeMachine(),
      dialer,
      mailer: smtpMailer({ clock, dialer, tuning: DEFAULT_TUNING }),
      log,
      database,
      ...(host && { host }),
    },
    {
      homePath,
      defaultDeviceName: hostname(),
      ...(redactor && { redactor }),
      ...(exclusively && { exclusively }),
    },
  );
  const version = database.prepare("PRAGMA data_version");
  return {
    agent,
    dataVersion: () => Number(version.get()?.["data_version"]),
    async close(): Promise<void> {
      await agent.close();
      database.close();
      log.close();
    },
  };
}

/** Loads the mail library with the first mail: it takes a while, and few commands send any. */
function smtpMailer(options: SmtpMailerOptions): NonNullable<AgentPorts["mailer"]> {
  return {
    async send(server, mail, stop) {
      const { SmtpMailer } = await import("../adapters/smtp-mailer.ts");
      return new SmtpMailer(options).send(server, mail, stop);
    },
  };
}
