import type { DeleteRun, DeletionRequest, DeletionWork } from "../../observation/delete-run.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import { diskTroubleOf, type DiskTrouble } from "../backup/disk-trouble.ts";

/** What a second look at a file or folder finds: none, the one, or it depends on the moment. */
export type Sight = "absent" | "found" | "unsure";

/** What the disk showed while a delete job worked. */
export class TargetWatch {
  readonly #deletion: DeleteRun;
  readonly #work: DeletionWork;
  readonly #trouble: DiskTrouble;

  constructor(deletion: DeleteRun, work: DeletionWork) {
    this.#deletion = deletion;
    this.#work = work;
    this.#trouble = diskTroubleOf({ ...work, faults: deletion.faults });
  }

  /** What the second look finds of a file or folder at a path below the source. */
  sight(path: string, kind: "file" | "folder"): Sight {
    const names = path.split("/");
    const { sourcePath } = this.#deletion;
    const places = [sourcePath];
    for (const name of names) places.push(`${places.at(-1) ?? ""}/${name}`);
    if (places.some((place) => this.#trouble.at(place) !== undefined)) return "unsure";
    if (!this.#isRootSteady()) return "unsure";
    const versions = this.#versions(places.at(-1) ?? "");
    if (versions.every((fact) => fact?.kind === kind)) return "found";
    if (!versions.every((fact) => fact?.kind !== kind)) return "unsure";
    const isHidden = places
      .slice(1, -1)
      .some((place) =>
        this.#versions(place).some((fact) => fact?.kind === "folder" && fact.denied),
      );
    return isHidden ? "unsure" : "absent";
  }

  /** Whether a person in the explorer had a hand in it while the job worked. */
  isTouched(path: string): boolean {
    return this.#deletion.acts.some(
      (act) =>
        act.seq > this.#work.startedSeq && (act.path === path || path.startsWith(`${act.path}/`)),
    );
  }

  /**
   * Whether a request to delete was in order: at a moment after a look at the path none of its kind stood
   * there, while the source folder was there on the device of the backup, and the nearest folder on one of
   * `devices`, where these are given. Without a look, at every moment.
   */
  isAllowed(
    { seq, path, entryKind }: DeletionRequest,
    devices: ReadonlySet<number> | undefined,
  ): boolean {
    const { sourcePath } = this.#deletion;
    const place = `${sourcePath}/${path}`;
    // Where a folder on the way is missing, nobody looks any further.
    const looked = this.#work.diskCalls.find(
      ({ call, path: at, seq: when }) =>
        call === "stat" &&
        when < seq &&
        at !== sourcePath &&
        (place === at || place.startsWith(`${at}/`)),
    );
    const from = looked?.seq ?? this.#work.startedSeq;
    const moments = [
      from,
      ...this.#work.diskChanges.map((change) => change.seq).filter((at) => at > from && at < seq),
    ];
    const isGone = (moment: number): boolean => {
      const root = this.#at(sourcePath, moment);
      const isRootGood = root?.kind === "folder" && !root.denied && root.device === this.#device();
      if (!isRootGood || this.#at(place, moment)?.kind === entryKind) return false;
      const nearest = this.#nearest(path, moment)?.device;
      return devices === undefined || nearest === undefined || devices.has(nearest);
    };
    return looked === undefined ? moments.every(isGone) : moments.some(isGone);
  }

  /** The nearest folder above a path that stood right before the moment, as the way down to it finds it. */
  #nearest(path: string, moment: number): DiskFact | undefined {
    const names = path.split("/").slice(0, -1);
    let at = this.#deletion.sourcePath;
    let nearest = this.#at(at, moment);
    for (const name of names) {
      at = `${at}/${name}`;
      const fact = this.#at(at, moment);
      if (fact?.kind !== "folder") break;
      nearest = fact;
    }
    return nearest;
  }

  #device(): number | undefined {
    const { backup, sourcePath } = this.#deletion;
    const changes = backup?.diskChanges.filter(({ path }) => path === sourcePath) ?? [];
    const last = changes.findLast(({ after }) => after !== undefined)?.after;
    return (last ?? backup?.diskBefore.get(sourcePath))?.device;
  }

  #isRootSteady(): boolean {
    const { backup, sourcePath } = this.#deletion;
    const device = this.#device();
    // Which device the scan took for the source's cannot be told when it changed under the scan.
    const scanned = [
      backup?.diskBefore.get(sourcePath),
      ...(backup?.diskChanges ?? []).flatMap(({ path, after }) =>
        path === sourcePath ? [after] : [],
      ),
    ];
    return [...scanned, ...this.#versions(sourcePath)].every(
      (fact) => fact?.kind === "folder" && !fact.denied && fact.device === device,
    );
  }

  /** What stood at a place right before the moment. */
  #at(place: string, moment: number): DiskFact | undefined {
    const changes = this.#work.diskChanges.filter(({ path }) => path === place);
    const last = changes.findLast(({ seq }) => seq <= moment);
    return last === undefined ? this.#work.diskBefore.get(place) : last.after;
  }

  #versions(place: string): (DiskFact | undefined)[] {
    const changes = this.#work.diskChanges.filter(({ path }) => path === place);
    return [this.#work.diskBefore.get(place), ...changes.map(({ after }) => after)];
  }
}
