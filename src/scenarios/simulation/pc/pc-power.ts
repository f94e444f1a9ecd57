import type { SimPc } from "../../../sim-server/host/sim-pc.ts";
import type { World } from "../../../sim-server/world.ts";
import { hasPerson } from "./has-person.ts";
import type { PcFacts } from "../observe/pc-facts.ts";
import type { PcTool } from "./pc-tool.ts";

/** The PC's power and who is signed in, with what both do to the tool. What cannot be done is not done. */
export class PcPower {
  readonly #world: World;
  readonly #pc: SimPc;
  readonly #facts: PcFacts;
  readonly #tool: PcTool;

  constructor(world: World, pc: SimPc, facts: PcFacts, tool: PcTool) {
    this.#world = world;
    this.#pc = pc;
    this.#facts = facts;
    this.#tool = tool;
  }

  /** Puts the PC to sleep, one way or the other. */
  rest(how: "sleep" | "hibernate"): void {
    if (this.#pc.power !== "on") return;
    if (how === "sleep") this.#pc.sleep();
    else this.#pc.hibernate();
    this.#tool.breakConnections();
    const power = how === "sleep" ? "asleep" : "hibernating";
    this.#facts.note({ what: "power", power, isLoss: false });
  }

  /** Wakes the PC. */
  wake(): void {
    if (this.#pc.power !== "asleep" && this.#pc.power !== "hibernating") return;
    this.#facts.note({ what: "power", power: "on", isLoss: false });
    this.#pc.wake();
  }

  /** Puts the PC to sleep and wakes it after so long. */
  async sleepFor(how: "sleep" | "hibernate", ms: number): Promise<void> {
    this.rest(how);
    await this.#world.clock.wait(ms);
    this.wake();
  }

  /** Switches the PC off in good order. */
  async shutDown(): Promise<void> {
    if (this.#pc.power !== "on") return;
    await this.#tool.close();
    this.#pc.shutDown();
    this.#facts.note({ what: "session", isSignedIn: false });
    this.#facts.note({ what: "power", power: "off", isLoss: false });
  }

  /** Whether a failure of the power is noticed: a PC that hibernates needs none. */
  get canFail(): boolean {
    return this.#pc.power === "on" || this.#pc.power === "asleep";
  }

  /** The power fails: at the PC and for all that runs there. */
  lose(): void {
    if (!this.canFail) return;
    this.#tool.crash("power-loss");
    this.#pc.losePower();
    this.#facts.note({ what: "power", power: "off", isLoss: true });
    this.#facts.note({ what: "session", isSignedIn: false });
  }

  /** Switches the PC on. */
  boot(): void {
    if (this.#pc.power !== "off") return;
    this.#facts.note({ what: "power", power: "on", isLoss: false });
    this.#pc.boot();
  }

  /** The person signs in. */
  signIn(): void {
    if (this.#pc.power !== "on" || this.#pc.isSignedIn) return;
    this.#facts.note({ what: "session", isSignedIn: true });
    this.#pc.signIn();
  }

  /** The person signs out, which closes a tool in his session. */
  async signOut(): Promise<void> {
    if (!hasPerson(this.#pc)) return;
    if (this.#tool.session === "person") await this.#tool.close();
    this.#pc.signOut();
    this.#facts.note({ what: "session", isSignedIn: false });
  }

  /** Whatever of it is needed: the PC is on and the person signed in. */
  putRight(): void {
    if (this.#pc.power !== "off") this.wake();
    this.boot();
    this.signIn();
  }
}
