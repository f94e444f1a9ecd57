import type { DiskFact } from "../../observation/disk-fact.ts";
import type { BackupRun } from "../../observation/backup-run.ts";
import { diskTroubleOf, type DiskTrouble } from "../backup/disk-trouble.ts";
import { entryName, classifyName } from "../backup/entry-rules.ts";

/**
 * Whether a backup could see that a file or folder is gone. A path whose kind changed is another target:
 * a folder, a link in the place of a file leave the file gone (D21).
 * - `gone`: none of its kind throughout, in a folder that was listed completely.
 * - `standing`: it stands there, or a folder on the way that protects all below (D9).
 * - `unsure`: it depends on the moment at which the agent looked.
 */
export type Presence = "gone" | "standing" | "unsure";

/** Says of paths below a source what a backup could see of them. */
export class GonePaths {
  readonly #run: BackupRun;
  readonly #trouble: DiskTrouble;

  constructor(run: BackupRun) {
    this.#run = run;
    this.#trouble = diskTroubleOf(run);
  }

  /** Of a file or folder by its path below the source. */
  presence(path: string, kind: "file" | "folder"): Presence {
    const { sourcePath } = this.#run;
    const names = path.split("/");
    const root = this.#folder(sourcePath, "");
    if (root !== "listed") return root;
    for (const index of names.keys()) {
      const parent = names.slice(0, index).join("/");
      const at = names.slice(0, index + 1).join("/");
      const isLast = index === names.length - 1;
      const wanted = isLast ? kind : "folder";
      const versions = this.#versions(`${sourcePath}/${at}`);
      if (versions.every((fact) => fact?.kind !== wanted)) return "gone";
      if (!versions.every((fact) => fact?.kind === wanted)) return "unsure";
      if (isLast) return "standing";
      const folder = this.#folder(`${sourcePath}/${at}`, parent);
      if (folder !== "listed") return folder;
    }
    return "standing";
  }

  /** Whether a folder was listed completely, so that what it does not have is not there. */
  #folder(diskPath: string, parent: string): "listed" | "standing" | "unsure" {
    const versions = this.#versions(diskPath);
    const verdicts = versions.map((fact) => this.#verdict(fact, parent));
    const trouble = this.#trouble.at(diskPath);
    if (trouble !== undefined) return trouble.isCertain ? "standing" : "unsure";
    if (verdicts.every((verdict) => verdict === "listed")) return "listed";
    return verdicts.every((verdict) => verdict === "standing") ? "standing" : "unsure";
  }

  #verdict(fact: DiskFact | undefined, parent: string): "listed" | "standing" | "unsure" {
    if (fact === undefined) return "unsure";
    if (fact.path === this.#run.sourcePath) {
      return fact.kind === "folder" && !fact.denied ? "listed" : "standing";
    }
    const { name } = entryName(fact, parent);
    const isEntered = classifyName(fact, name, this.#run).kind === "folder";
    return isEntered && !fact.denied ? "listed" : "standing";
  }

  #versions(diskPath: string): (DiskFact | undefined)[] {
    const changes = this.#run.diskChanges.filter(({ path }) => path === diskPath);
    return [this.#run.diskBefore.get(diskPath), ...changes.map(({ after }) => after)];
  }
}
