import type { World } from "../../../sim-server/world.ts";
import type { Stop } from "../../scenario/step.ts";
import type { PcLife } from "../pc/pc-life.ts";
import type { AgentHost } from "./agent-host.ts";
import type { Recorders } from "../observe/recorders.ts";
import type { SlotRuns } from "../observe/slot-runs.ts";

/** What stops work with. */
export interface StopsOptions {
  readonly world: World;
  readonly pc: AgentHost;
  readonly around: PcLife | undefined;
  readonly recorders: Recorders;
  readonly slots: SlotRuns;
}

/** What ends a running job before its time, and how the tool comes back from it. */
export class Stops {
  readonly #options: StopsOptions;
  /** What stops began and nobody has waited for yet. */
  readonly #underWay: Promise<unknown>[] = [];

  constructor(options: StopsOptions) {
    this.#options = options;
  }

  /** Something ends what runs on the PC; does nothing where nothing does. */
  stop({ do: kind }: Stop): void {
    const { pc, around, recorders } = this.#options;
    if (!recorders.stop(pc, kind)) return;
    switch (kind) {
      case "interrupt":
        return pc.agent.interrupt();
      case "logout":
        this.add(pc.orGone(pc.agent.logout()));
        around?.facts.note({ what: "account", isLoggedIn: false });
        return;
      case "close-tool":
        return this.add(this.#close());
      case "kill":
      case "power-loss":
        this.#crash(kind);
        return recorders.restores.crashed();
    }
  }

  /** Something is under way that has to be over before the step is. */
  add(work: Promise<unknown>): void {
    this.#underWay.push(work);
  }

  /** Waits for what stops began. */
  async settle(): Promise<void> {
    while (this.#underWay.length > 0) await Promise.all(this.#underWay.splice(0));
  }

  /** Waits for what stops began, and starts the tool again when it is gone and there is no PC to do it. */
  async recover(): Promise<void> {
    const { world, pc, around } = this.#options;
    await this.settle();
    if (!pc.isGone || around !== undefined) return;
    // What was under way to the service when the process ended still gets there.
    await world.clock.wait(1);
    pc.restart();
  }

  async #close(): Promise<void> {
    const { pc, around } = this.#options;
    if (around?.tool.isRunning === true) {
      await around.tool.close();
      return this.#started(around);
    }
    await pc.orGone(pc.agent.close().then(() => pc.leave()));
  }

  #crash(kind: "kill" | "power-loss"): void {
    const { pc, around } = this.#options;
    if (around === undefined) return pc.crash(kind);
    if (kind === "kill") around.tool.crash(kind);
    else around.power.lose();
    this.add(this.#started(around));
  }

  /** Somebody starts the tool again; what is known of the job that was cut off is put down then. */
  async #started(around: PcLife): Promise<void> {
    const { pc, recorders, slots } = this.#options;
    await around.recover();
    recorders.backups.end(pc);
    slots.end();
  }
}
