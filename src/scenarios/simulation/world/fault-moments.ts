import type { World } from "../../../sim-server/world.ts";
import { memoryFaultSchema, type MemoryFault } from "../../../sim-server/faults/memory-fault.ts";
import type { FaultMoment, FaultPlace } from "../../observation/fault-moment.ts";
import type { HostPaths } from "../disk/host-path.ts";

/** Tells of every moment at which a fault of the step under way could strike. */
export class FaultMoments {
  readonly #elapsedMs: () => number;
  readonly #onMoment: ((moment: FaultMoment) => void) | undefined;
  /** The step under way. */
  #step: number | undefined;
  /** The same while the faults that it carries itself are in place. */
  #armedStep: number | undefined;

  /** Watches nothing where nobody is to be told. */
  constructor(world: World, paths: HostPaths, onMoment?: (moment: FaultMoment) => void) {
    this.#elapsedMs = () => world.clock.elapsedMs();
    this.#onMoment = onMoment;
    if (onMoment === undefined) return;
    world.disk.faults.watch(({ operation, path }) => {
      this.#tell(this.#armedStep, {
        layer: "disk",
        operation,
        path: paths.fromHost(path),
      });
    });
    world.service.faults.watch(({ operationId, scope, paths: [path] }) => {
      if (operationId === null) return;
      const isPart = scope === "part" && path !== undefined;
      const part = isPart ? { partPath: path } : {};
      this.#tell(this.#armedStep, { layer: "storage", operation: operationId, ...part });
    });
    world.network.faults.watch((host) => {
      this.#tell(this.#armedStep, {
        layer: "network",
        host,
        isSecure: world.serviceUrl === `https://${host}`,
      });
    });
    world.memory.faults.watch((activity) => {
      if (isActivity(activity)) this.#tell(this.#armedStep, { layer: "memory", activity });
    });
    // Faults of the mail server are a step of their own and outlast it.
    world.mail.faults.watch(({ stage }) => this.#tell(this.#step, { layer: "mail", stage }));
  }

  /** A step begins. */
  stepBegins(step: number): void {
    this.#step = step;
  }

  /** The faults that a step carries are in place from now on. */
  armed(step: number): void {
    this.#armedStep = step;
  }

  /** They are gone. */
  disarmed(): void {
    this.#armedStep = undefined;
  }

  #tell(step: number | undefined, place: FaultPlace): void {
    if (step !== undefined) this.#onMoment?.({ step, elapsedMs: this.#elapsedMs(), place });
  }
}

function isActivity(activity: string): activity is MemoryFault["activity"] {
  return memoryFaultSchema.shape.activity.safeParse(activity).success;
}
