import type { BackupRun } from "../../observation/backup-run.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import type { DeletionWork } from "../../observation/delete-run.ts";
import { diskTroubleOf, type DiskTrouble } from "../backup/disk-trouble.ts";
import type { AgentKnowledge, SeenEntry } from "../shared/agent-knowledge.ts";
import { either, type Certainty } from "../shared/job-expectation.ts";
import { isWell } from "../shared/outcome.ts";

/** A folder that is suddenly empty is held when it had more files than these (D15). */
const EMPTIED_FILE_COUNT_MAX = 100;

/** Why a path that is gone keeps its copy on the service all the same. */
export interface Hold {
  /** Its file stands elsewhere below the source and could not be saved there (D19). */
  readonly elsewhere: Certainty;
  /** What it lay on is not there, or its folder is suddenly empty, and nobody confirmed that (D15). */
  readonly unconfirmed: Certainty;
}

interface HeldPathsOptions {
  readonly backup: BackupRun;
  /** Undefined for a delete job that never began to work. */
  readonly work: DeletionWork | undefined;
  /** What the agent knows after the backup. */
  readonly known: AgentKnowledge;
  readonly isConfirmed: boolean;
}

type Versions = readonly (DiskFact | undefined)[];

/** Says of paths that are gone which of them have to keep their copies, from what the disk had. */
export class HeldPaths {
  readonly #options: HeldPathsOptions;
  readonly #trouble: DiskTrouble;
  readonly #saved: ReadonlySet<string>;
  /** Files and folders that stood somewhere below the source and were not saved there, by entry. */
  readonly #unsaved = new Map<number, string[]>();
  readonly #versions = new Map<string, Versions>();
  /** Whether a file is known that was found unchanged under its name and as the same entry. */
  readonly #hasWitness: boolean;

  constructor(options: HeldPathsOptions) {
    this.#options = options;
    const { backup, work, known } = options;
    this.#trouble = diskTroubleOf(backup);
    this.#saved = new Set(
      backup.rows.flatMap(({ path, pathBase64, status }) =>
        pathBase64 === null && isWell(status) ? [path] : [],
      ),
    );
    const changes = Map.groupBy(backup.diskChanges, ({ path }) => path);
    for (const place of new Set([
      ...backup.diskBefore.keys(),
      ...changes.keys(),
      ...(work?.diskBefore.keys() ?? []),
    ])) {
      const seen = [
        backup.diskBefore.get(place),
        ...(changes.get(place) ?? []).map(({ after }) => after),
      ];
      this.#versions.set(place, work === undefined ? seen : [...seen, work.diskBefore.get(place)]);
      const path = place.slice(backup.sourcePath.length + 1);
      if (path === "" || this.#saved.has(path)) continue;
      const entries = seen.flatMap((fact) =>
        fact?.kind === "file" || (fact?.kind === "folder" && !this.#isEntered(fact))
          ? [fact.entryId]
          : [],
      );
      for (const entry of new Set(entries)) {
        this.#unsaved.set(entry, [...(this.#unsaved.get(entry) ?? []), place]);
      }
    }
    // One that had to be read was known by nothing but its bytes.
    const read = new Set(
      backup.diskCalls.flatMap(({ call, path }) => (call === "open" ? path : [])),
    );
    this.#hasWitness = backup.rows.some(({ path, status }) => {
      const fact = backup.diskBefore.get(`${backup.sourcePath}/${path}`);
      return (
        status === "no-difference" &&
        !read.has(`${backup.sourcePath}/${path}`) &&
        fact?.kind === "file" &&
        known.seen.get(path)?.entries.has(fact.entryId)
      );
    });
  }

  /** Of a file or folder that is gone, by its path below the source. */
  of(path: string, entryKind: "file" | "folder"): Hold {
    const seen = this.#options.known.seen.get(entryKind === "folder" ? `${path}/` : path);
    const device = this.#device(path, seen);
    return {
      elsewhere: this.#elsewhere(path, seen),
      unconfirmed: device === "yes" ? device : either(device, this.#emptied(path)),
    };
  }

  /** Folders above a path, the outermost first, without the source itself. */
  static foldersAbove(path: string): readonly string[] {
    const names = path.split("/");
    return names.slice(1).map((_, index) => names.slice(0, index + 1).join("/"));
  }

  #elsewhere(path: string, seen: SeenEntry | undefined): Certainty {
    if (this.#unsaved.size === 0) return "no";
    const { known, backup } = this.#options;
    if (seen === undefined) return "perhaps";
    const own = `${backup.sourcePath}/${path}`;
    const places = [...seen.entries]
      .flatMap((entry) => this.#unsaved.get(entry) ?? [])
      .filter((place) => place !== own);
    if (places.length > 0) {
      const isSure = seen.entries.size === 1 && places.some((place) => this.#isSeenAt(place, path));
      return isSure ? "yes" : "perhaps";
    }
    const folders = HeldPaths.foldersAbove(path).flatMap((folder) => [
      ...(known.seen.get(`${folder}/`)?.entries ?? []),
    ]);
    if (folders.some((entry) => this.#unsaved.has(entry))) return "perhaps";
    // Where no file vouches for the disk's ids, anything new that is not saved may be the one that is gone.
    return this.#hasWitness ? "no" : "perhaps";
  }

  /** Whether the agent had to see what stands at a place, the folders above it readable or known by themselves. */
  #isSeenAt(place: string, gonePath: string): boolean {
    const { backup, known } = this.#options;
    const path = place.slice(backup.sourcePath.length + 1);
    for (const folder of HeldPaths.foldersAbove(path)) {
      const at = `${backup.sourcePath}/${folder}`;
      if (!this.#isSteady(at)) return false;
      const fact = backup.diskBefore.get(at);
      if (fact?.kind !== "folder") return false;
      if (!fact.denied) continue;
      // Nobody looks into it: it has to be known as the folder that the path was in.
      return HeldPaths.foldersAbove(gonePath).some((above) => {
        const entries = known.seen.get(`${above}/`)?.entries;
        return entries?.size === 1 && entries.has(fact.entryId);
      });
    }
    return this.#isSteady(place);
  }

  /** Whether one and the same thing stood at a place all the time, and no fault came between. */
  #isSteady(place: string): boolean {
    const versions = this.#versions.get(place) ?? [];
    const [first] = versions;
    return (
      first !== undefined &&
      versions.every((fact) => fact?.entryId === first.entryId && fact.denied === first.denied) &&
      this.#trouble.at(place) === undefined
    );
  }

  #isEntered(folder: DiskFact): boolean {
    const { backup } = this.#options;
    const path = folder.path.slice(backup.sourcePath.length + 1);
    return !folder.denied && this.#saved.values().some((saved) => saved.startsWith(`${path}/`));
  }

  #device(path: string, seen: SeenEntry | undefined): Certainty {
    const { isConfirmed, backup, work } = this.#options;
    if (isConfirmed) return "no";
    const nearest = new Set<number>();
    for (const folder of [...HeldPaths.foldersAbove(path).toReversed(), ""]) {
      const place = folder === "" ? backup.sourcePath : `${backup.sourcePath}/${folder}`;
      // The second look meets what happens while the delete job works.
      const later = work?.diskChanges.filter((change) => change.path === place) ?? [];
      const versions = [
        ...(this.#versions.get(place) ?? [undefined]),
        ...later.map(({ after }) => after),
      ];
      for (const fact of versions) if (fact?.kind === "folder") nearest.add(fact.device);
      if (versions.every((fact) => fact?.kind === "folder")) break;
    }
    if (seen === undefined) return this.#devices().size > 1 ? "perhaps" : "no";
    const foreign = [...nearest].filter((device) => !seen.devices.has(device));
    if (foreign.length === 0)
      return seen.devices.size > 1 && this.#devices().size > 1 ? "perhaps" : "no";
    return foreign.length === nearest.size ? "yes" : "perhaps";
  }

  #devices(): ReadonlySet<number> {
    const facts = [...this.#versions.values()].flat();
    return new Set(facts.flatMap((fact) => (fact === undefined ? [] : [fact.device])));
  }

  #emptied(path: string): Certainty {
    const { isConfirmed, known, backup } = this.#options;
    let found: Certainty = "no";
    if (isConfirmed || known.mayFiles.size <= EMPTIED_FILE_COUNT_MAX) return found;
    for (const folder of HeldPaths.foldersAbove(path)) {
      const countBelow = (paths: Iterable<string>): number =>
        [...paths].filter((one) => one.startsWith(`${folder}/`)).length;
      if (countBelow(known.mayFiles) <= EMPTIED_FILE_COUNT_MAX) continue;
      const versions = this.#versions.get(`${backup.sourcePath}/${folder}`) ?? [];
      if (!versions.some((fact) => fact?.kind === "folder")) continue;
      const below = [...this.#versions].filter(([place]) =>
        place.startsWith(`${backup.sourcePath}/${folder}/`),
      );
      const stands = below.filter(([, facts]) => facts.some((fact) => fact?.kind === "file"));
      const isFilled = stands.some(([, facts]) => facts.every((fact) => fact?.kind === "file"));
      if (isFilled) continue;
      const isSure =
        stands.length === 0 &&
        versions.every((fact) => fact?.kind === "folder") &&
        countBelow(known.sureFiles.keys()) > EMPTIED_FILE_COUNT_MAX;
      if (isSure) return "yes";
      found = "perhaps";
    }
    return found;
  }
}
