import type { World } from "../../sim-server/world.ts";
import type { StopKind } from "../observation/stop-fact.ts";
import type { ScenarioPc } from "./pc/scenario-pc.ts";
import type { CrashKind, SimulatedDevice } from "./process/simulated-device.ts";
import type { Recorders } from "./observe/recorders.ts";
import type { SlotRuns } from "./observe/slot-runs.ts";

interface StopsOptions {
  readonly world: World;
  readonly device: SimulatedDevice;
  readonly pc: ScenarioPc | undefined;
  readonly recorders: Recorders;
  readonly slots: SlotRuns;
}

/** What ends a running job before its time, and how the tool comes back from it. */
export class Stops {
  readonly #options: StopsOptions;
  /** What stops began and nobody has waited for yet. */
  readonly #underWay: Promise<unknown>[] = [];
  /** Whether a logout has begun that has not ended. */
  #isLoggingOut = false;

  constructor(options: StopsOptions) {
    this.#options = options;
  }

  /** Something ends what runs on the PC; does nothing, and says so, where nothing does. */
  stop(kind: Exclude<StopKind, "login-lost">): boolean {
    const { device, pc, recorders } = this.#options;
    if (!this.#canEnd(kind) || !recorders.stop(device, kind)) return false;
    switch (kind) {
      case "interrupt":
        device.agent.runs.interrupt();
        break;
      case "logout":
        this.add(this.#logout());
        pc?.facts.note({ what: "account", isLoggedIn: false });
        break;
      case "close-tool":
        this.add(this.#close());
        break;
      case "fill-state-disk":
        device.fillStateDisk();
        break;
      case "kill":
      case "power-loss":
        this.#crash(kind);
        break;
    }
    return true;
  }

  /** The service refused the password that the tool remembers: whatever runs on the PC ends by that. */
  loginLost(): void {
    const { device, pc, recorders } = this.#options;
    recorders.stop(device, "login-lost");
    pc?.facts.note({ what: "account", isLoggedIn: false, isLost: true });
  }

  /** The tool, or the power of its PC, is gone at this very moment, whatever runs; says whether it was there. */
  crash(kind: CrashKind): boolean {
    const { device, recorders } = this.#options;
    if (device.isGone || !this.#canEnd(kind)) return false;
    recorders.crash(device, kind);
    this.#crash(kind);
    return true;
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
    const { world, device, pc } = this.#options;
    await this.settle();
    device.freeStateDisk();
    if (!device.isGone || pc !== undefined) return;
    // What was under way to the service when the process ended still gets there.
    await world.clock.wait(1);
    device.restart();
  }

  /** Whether what is to end a job, or its process, is noticed at all. */
  #canEnd(kind: StopKind): boolean {
    return kind !== "power-loss" || (this.#options.pc?.power.canFail ?? true);
  }

  async #logout(): Promise<void> {
    const { device } = this.#options;
    this.#isLoggingOut = true;
    if ((await device.orGone(device.agent.account.logout())) !== "gone") this.#isLoggingOut = false;
  }

  async #close(): Promise<void> {
    const { device, pc } = this.#options;
    if (pc?.tool.isRunning === true) {
      await pc.tool.close();
      return this.#started(pc);
    }
    await device.orGone(device.agent.close().then(() => device.exit()));
  }

  #crash(kind: CrashKind): void {
    const { device, pc, recorders } = this.#options;
    if (pc === undefined) {
      device.crash(kind);
    } else {
      if (kind === "kill") pc.tool.crash(kind);
      else pc.power.lose();
      this.add(this.#started(pc));
    }
    recorders.restores.crashed();
  }

  /** Somebody starts the tool again; what is known of the job that was cut off is put down then. */
  async #started(pc: ScenarioPc): Promise<void> {
    const { device, recorders, slots } = this.#options;
    await pc.recover();
    this.#noteLogout(pc);
    recorders.backups.end(device);
    slots.end();
  }

  /** Nobody was told what came of a logout that its process did not live to end: the next one shows it. */
  #noteLogout({ facts }: ScenarioPc): void {
    const { device } = this.#options;
    if (!this.#isLoggingOut) return;
    this.#isLoggingOut = false;
    const isLoggedIn = !device.isGone && device.agent.account.info() !== undefined;
    if (isLoggedIn) facts.note({ what: "account", isLoggedIn });
  }
}
