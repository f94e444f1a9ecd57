import type { Agent } from "../../../agent/agent.ts";
import { registerOsTask } from "../../../agent/schedule/os-task-registration.ts";
import type { SimPc } from "../../../sim-server/host/sim-pc.ts";
import type { World } from "../../../sim-server/world.ts";
import type { PcFacts } from "../observe/pc-facts.ts";

/** The password of the person at the PC when the scenario begins. */
export const PC_PASSWORD = "a secret of the PC";

const OTHER_PASSWORD = "another secret of the PC";

/** The person's dealings with the task that starts the tool, and with the password it is registered by. */
export class TaskSchedulerActor {
  /** Passwords that may stand nowhere. */
  readonly secrets: readonly string[] = [PC_PASSWORD, OTHER_PASSWORD];
  readonly #world: World;
  readonly #pc: SimPc;
  readonly #facts: PcFacts;
  #hasOtherPassword = false;

  constructor(world: World, pc: SimPc, facts: PcFacts) {
    this.#world = world;
    this.#pc = pc;
    this.#facts = facts;
  }

  /** The person's account gets another password. */
  changePassword(): void {
    this.#hasOtherPassword = true;
    this.#pc.setUser({ password: OTHER_PASSWORD, isAdministrator: true });
  }

  /** Has the OS start the tool ahead of each slot; nothing where there is no schedule, or it refuses. */
  async register(agent: Agent, given: "right" | "wrong" | "none"): Promise<void> {
    const { schedule } = agent.schedule.status();
    if (schedule === null) return;
    const right = this.#hasOtherPassword ? OTHER_PASSWORD : PC_PASSWORD;
    const password = { right, wrong: `not ${right}`, none: undefined }[given];
    const host = this.#pc.host("person");
    const command = ["azukeru-agent", "daemon"];
    const result = await registerOsTask(host, { schedule, command, password });
    this.#world.trace.add("pc", "task", result.kind);
    if (result.kind === "refused") return;
    const { task, worksSignedOut } = await host.taskStatus();
    if (task !== null) this.#facts.note({ what: "task", task: { ...task, worksSignedOut } });
  }

  /** The OS starts the tool no more. */
  async remove(): Promise<void> {
    await this.#pc.host("person").removeTask();
    this.#facts.note({ what: "task", task: null });
  }
}
