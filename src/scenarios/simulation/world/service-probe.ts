import type { Explorer } from "../../../sim-server/storage/service/explorer.ts";
import { SECURITY_AREA } from "../../../protocol/service-path.ts";
import { sha256 } from "../../scenario/content.ts";
import type {
  ServiceFacts,
  ServiceFileFact,
  StoredFolderFact,
} from "../../observation/service-facts.ts";

/** Looks at what is on the service, at its very bytes, and never at what it says of them. */
export class ServiceProbe {
  readonly #explorer: Explorer;
  readonly #generationCountMax: number;
  /** A kept generation never changes, so that its digest is worked out once. */
  readonly #digests = new Map<string, string>();

  constructor(explorer: Explorer, generationCountMax: number) {
    this.#explorer = explorer;
    this.#generationCountMax = generationCountMax;
  }

  /** The service as it is now, as far as one destination folder goes. */
  facts(destination: string): ServiceFacts {
    const { quotaBytes, usedBytes } = this.#explorer.usage();
    const files = new Map<string, ServiceFileFact>();
    const folderFacts = new Map<string, StoredFolderFact>();
    let storedBytes = 0;
    const prefix = `${destination}/`;
    for (const entry of this.#explorer.list([SECURITY_AREA])) {
      const isBelow = entry.path.startsWith(prefix);
      if (entry.kind === "folder") {
        const { modifiedAtNs, mode } = entry;
        if (isBelow) folderFacts.set(entry.path.slice(prefix.length), { modifiedAtNs, mode });
        continue;
      }
      const generations = this.#generations(entry.path, entry.id);
      for (const { sizeBytes } of generations) storedBytes += sizeBytes;
      if (isBelow) files.set(entry.path.slice(prefix.length), { generations });
    }
    return {
      destinationExists: this.#explorer.folderExists(destination.split("/")),
      files,
      folders: new Set(folderFacts.keys()),
      folderFacts,
      quotaBytes,
      usedBytes,
      storedBytes,
      generationCountMax: this.#generationCountMax,
    };
  }

  /** The service was put back: what stands under an id may be something else now. */
  forget(): void {
    this.#digests.clear();
  }

  /** Paths of all files below the security area. */
  allFiles(): readonly string[] {
    return this.#explorer
      .list([SECURITY_AREA])
      .flatMap((entry) => (entry.kind === "file" ? [entry.path] : []));
  }

  /** The digest of a file's newest bytes; undefined when there is none. */
  digest(path: string): string | undefined {
    const entry = this.#explorer.file(path.split("/"));
    return entry && this.#generations(path, entry.id)[0]?.sha256;
  }

  #generations(path: string, id: string): ServiceFileFact["generations"] {
    const names = path.split("/");
    return this.#explorer
      .generations(names)
      .map(({ generation, sizeBytes, modifiedAtNs, mode }) => {
        const key = `${id}:${generation}`;
        let digest = this.#digests.get(key);
        if (digest === undefined) {
          digest = sha256(this.#explorer.read(names, generation));
          this.#digests.set(key, digest);
        }
        return { sha256: digest, sizeBytes, generation, modifiedAtNs, mode };
      });
  }
}
