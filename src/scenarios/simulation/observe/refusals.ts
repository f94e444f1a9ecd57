import { AgentError, type AgentErrorCode } from "../../../agent/agent-error.ts";
import type { World } from "../../../sim-server/world.ts";
import type { RefusalFact } from "../../observation/run-record.ts";

/** The commands that the agent refused. */
export class Refusals {
  readonly facts: RefusalFact[] = [];
  readonly #world: World;
  readonly #stateNow: () => Pick<RefusalFact, "isLoggedIn" | "isStateDiskFull">;

  /** `stateNow` tells how it stands about the tool. */
  constructor(world: World, stateNow: () => Pick<RefusalFact, "isLoggedIn" | "isStateDiskFull">) {
    this.#world = world;
    this.#stateNow = stateNow;
  }

  /** Puts a refusal down and gives its code; throws what is none. */
  note(step: number, action: string, error: unknown): AgentErrorCode {
    if (!(error instanceof AgentError)) throw error;
    this.#world.trace.add("agent", "refused", `${action} ${error.code}`);
    this.facts.push({ step, action, code: error.code, ...this.#stateNow() });
    return error.code;
  }
}
