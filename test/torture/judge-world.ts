import type { LoggedRequest } from "../../src/sim-server/storage/service/request-log.ts";
import { readTree, treeDifferences, type FileState } from "./read-tree.ts";
import type { SourceName, TortureWorld } from "./torture-world.ts";
import { SOURCE_NAMES } from "./torture-world.ts";

/** How the names of files begin that a restore is still writing. */
const TEMPORARY_PREFIX = ".azukeru-restore-";

/** Everything outside the agent's own folder, as it was before a command. */
export interface WorldBefore {
  readonly sources: ReadonlyMap<SourceName, ReadonlyMap<string, FileState>>;
  readonly target: ReadonlyMap<string, FileState>;
  /** By destination. */
  readonly stored: ReadonlyMap<string, ReadonlyMap<string, FileState>>;
  /** Requests so far. */
  readonly requestCount: number;
}

/** The world around the agent: what it may not do there, whatever becomes of it. */
export class WorldJudge {
  readonly #world: TortureWorld;
  /** Where each source goes; undefined where it is no source now. */
  readonly #destinations: ReadonlyMap<SourceName, string>;
  /** Every content a path of `main` ever had: what a restore may bring back. */
  readonly #everHad: Map<string, Set<string>>;

  constructor(
    world: TortureWorld,
    destinations: ReadonlyMap<SourceName, string>,
    everHad: Map<string, Set<string>>,
  ) {
    this.#world = world;
    this.#destinations = destinations;
    this.#everHad = everHad;
  }

  look(): WorldBefore {
    const sources = new Map(SOURCE_NAMES.map((name) => [name, this.#world.onDisk(name)]));
    for (const [path, { sha256 }] of sources.get("main") ?? []) {
      const contents = this.#everHad.get(path) ?? new Set();
      this.#everHad.set(path, contents.add(sha256));
    }
    return {
      sources,
      target: readTree(this.#world.target),
      stored: new Map(
        [...this.#destinations.values()].map((place) => [place, this.#world.stored(place)]),
      ),
      requestCount: this.#world.service.requestLog.count,
    };
  }

  /** What is wrong after a command that may have been killed at any moment. */
  judge(before: WorldBefore): string[] {
    return [
      ...this.#sourcesOnlyRead(before),
      ...this.#targetWhole(before),
      ...this.#nothingDeletedThatIsHere(before),
      ...this.#nothingSentTwice(before),
    ];
  }

  /** What restores left in the target that no job works on any more. */
  leftovers(): string[] {
    return [...readTree(this.#world.target).keys()]
      .filter((path) => isTemporary(path))
      .map((path) => `${path} was left in the target`);
  }

  /** I7: the agent only reads its sources. */
  #sourcesOnlyRead({ sources }: WorldBefore): string[] {
    return [...sources].flatMap(([name, files]) =>
      treeDifferences(files, this.#world.onDisk(name)).map((what) => `source ${name}: ${what}`),
    );
  }

  /** I11: each file in a restore's target is whole, as it was or as it is on the service. */
  #targetWhole({ target }: WorldBefore): string[] {
    const now = readTree(this.#world.target);
    const gone = [...target.keys()].filter((path) => !isTemporary(path) && !now.has(path));
    const torn = [...now].filter(([path, { sha256 }]) => {
      if (isTemporary(path) || target.get(path)?.sha256 === sha256) return false;
      return this.#everHad.get(path)?.has(sha256) !== true;
    });
    return [
      ...gone.map((path) => `${path} is gone from the target`),
      ...torn.map(([path]) => `${path} in the target is neither old nor new`),
    ];
  }

  /** I7: nothing is deleted on the service that is still on the PC. */
  #nothingDeletedThatIsHere({ sources, stored }: WorldBefore): string[] {
    return [...this.#destinations].flatMap(([name, place]) => {
      const now = this.#world.stored(place);
      return [...(stored.get(place)?.keys() ?? [])]
        .filter((path) => sources.get(name)?.has(path) === true && !now.has(path))
        .map((path) => `${path} is on the PC and was deleted from ${place}`);
    });
  }

  /** What the service had exactly as the PC has it is not sent again. */
  #nothingSentTwice({ sources, stored, requestCount }: WorldBefore): string[] {
    const sent = sentPaths(
      this.#world.service.requestLog.find().filter(({ number }) => number > requestCount),
    );
    return [...this.#destinations].flatMap(([name, place]) => {
      // Who takes a source off the list gives up what was known of it.
      if (name === "extra") return [];
      return [...(sources.get(name) ?? [])].flatMap(([path, onPc]) => {
        const there = stored.get(place)?.get(path);
        const isThere = there?.sha256 === onPc.sha256 && there.modifiedAtNs === onPc.modifiedAtNs;
        if (!isThere || !sent.has(`${place}/${path}`)) return [];
        return [`${path} was committed in ${place} and was sent again`];
      });
    });
  }
}

function isTemporary(path: string): boolean {
  return path.slice(path.lastIndexOf("/") + 1).startsWith(TEMPORARY_PREFIX);
}

/** The files whose bytes a request carried. */
function sentPaths(requests: readonly LoggedRequest[]): ReadonlySet<string> {
  const carrying = requests.filter(
    ({ requestBytes, operationId }) =>
      requestBytes > 0 &&
      (operationId === "putFile" ||
        operationId === "batchUpload" ||
        operationId === "appendUpload"),
  );
  return new Set(carrying.flatMap(({ paths }) => paths));
}
