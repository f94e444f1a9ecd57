import { AgentError } from "../../../agent/agent-error.ts";
import type { World } from "../../../sim-server/world.ts";
import type { RefusalFact } from "../../observation/run-record.ts";

/** The commands that the agent refused. */
export class Refusals {
  readonly facts: RefusalFact[] = [];
  readonly #world: World;

  constructor(world: World) {
    this.#world = world;
  }

  /** Puts a refusal down; throws what is none. */
  note(step: number, action: string, error: unknown): void {
    if (!(error instanceof AgentError)) throw error;
    this.#world.trace.add("agent", "refused", `${action} ${error.code}`);
    this.facts.push({ step, action, code: error.code });
  }
}
