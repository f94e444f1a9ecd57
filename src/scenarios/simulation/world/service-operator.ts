import type { World } from "../../../sim-server/world.ts";
import { SECURITY_AREA } from "../../../protocol/service-path.ts";
import { sha256 } from "../../scenario/content.ts";
import type { ServiceRestart } from "../../observation/service-restart.ts";

interface ServiceOperatorOptions {
  readonly world: World;
  /** Whose contracts are looked at. */
  readonly loginIds: readonly string[];
  /** Called when what stands under a name may be something else. */
  readonly onRestart: () => void;
}

/** Who runs the service: stops it and starts it again, and looks at what is there before and after. */
export class ServiceOperator {
  readonly #options: ServiceOperatorOptions;
  readonly restarts: ServiceRestart[] = [];

  constructor(options: ServiceOperatorOptions) {
    this.#options = options;
  }

  /** Stops the service and starts it again on what it kept. */
  async restart(): Promise<void> {
    const { world, onRestart } = this.#options;
    const before = this.#all();
    const failure = await world.restartService();
    onRestart();
    this.restarts.push({ before, after: this.#all(), failure });
  }

  /** Everything that stands in the contracts, from the very bytes. */
  #all(): readonly string[] {
    const { world, loginIds } = this.#options;
    return loginIds.flatMap((loginId) => {
      const explorer = world.service.explorer(loginId);
      const line = (fact: object): string => JSON.stringify({ loginId, ...fact });
      const entries = explorer.list([SECURITY_AREA]).flatMap((entry) => {
        if (entry.kind === "folder") return [line(entry)];
        const names = entry.path.split("/");
        return explorer.generations(names).map((generation) => {
          const bytes = sha256(explorer.read(names, generation.generation));
          return line({ entry, generation, bytes });
        });
      });
      return [line(explorer.usage()), ...entries];
    });
  }
}
