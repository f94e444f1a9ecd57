import type { World } from "../../../sim-server/world.ts";
import type { DiskChange } from "../../scenario/disk-change.ts";
import type { ExplorerAction } from "../../scenario/explorer-action.ts";
import type { LoginFact } from "../../observation/login-fact.ts";
import type { ExplorerFact } from "../../observation/explorer-fact.ts";
import type { Loss } from "../../observation/loss.ts";
import {
  actInExplorer,
  type ElsewhereFiles,
  type FolderAct,
  type KeptService,
} from "./act-in-explorer.ts";
import { changeDisk } from "../disk/change-disk.ts";
import { isAtOrBelow } from "../disk/scenario-path.ts";
import { isInFolder } from "../world/is-in-folder.ts";
import type { ReferenceModel } from "../disk/reference-model.ts";
import { entryPlace, type HostPaths } from "../disk/host-path.ts";
import type { Recorders } from "../observe/recorders.ts";
import type { RestoreTargetActor } from "./restore-target-actor.ts";

interface ExternalActorsOptions {
  readonly world: World;
  readonly model: ReferenceModel;
  readonly paths: HostPaths;
  readonly sources: readonly string[];
  readonly loginId: string;
  /** The destination folder of a source, by the source's path; undefined while it is not known. */
  readonly destinationOf: (sourcePath: string) => string | undefined;
  /** The folders that restores go to, with what people do there. */
  readonly targets: RestoreTargetActor;
  /** Records what concerns wrong passwords. */
  readonly noteLogin: (fact: LoginFact) => void;
  /** Record what people do on the service. */
  readonly recorders: Pick<Recorders, "entryChanged" | "folderTouched">;
}

/** Everybody but the agent: people at the PC, their other applications, those in the explorer. */
export class ExternalActors {
  /** What a person stored elsewhere in the contract. */
  readonly elsewhere: ElsewhereFiles = new Map();
  /** How the destination of a source went away, by the source's path. */
  readonly destinationLosses: Map<string, Loss> = new Map();
  /** Folders that destinations are, or are in, by the names that a person gave them. */
  readonly renamedFolders: Set<string> = new Set();
  /** How a source folder went away, by its path. */
  readonly sourceLosses: Map<string, Loss> = new Map();
  readonly #options: ExternalActorsOptions;
  readonly #kept: { service: KeptService };

  constructor(options: ExternalActorsOptions) {
    this.#options = options;
    const snapshot = options.world.service.snapshot();
    this.#kept = { service: { snapshot, elsewhere: new Map() } };
  }

  /** Carries a change on the PC's disk out, if it can happen; says whether anything is another way now. */
  change(said: DiskChange): boolean {
    const { world, model, paths, sources, targets } = this.#options;
    if (targets.has(said.path)) return targets.change(said);
    const change = this.#asSpelled(said);
    if (!model.admits(change) || this.#respellsSource(change)) return false;
    const { changeCount } = model;
    changeDisk(world.disk, change, {
      place: (path) => entryPlace(path, model.at(path)?.nameBase64, paths),
      toHost: paths.toHost,
      childrenOf: (path) => childrenOf(model, path),
      nextDevice: model.nextDevice,
      hasBindMounts: model.hasBindMounts,
    });
    model.apply(change);
    if (change.do === "delete" || change.do === "change-kind" || change.do === "rename") {
      for (const source of sources) {
        if (!isAtOrBelow(source, change.path)) continue;
        this.sourceLosses.set(source, change.do === "rename" ? "renamed" : "deleted");
      }
    }
    world.trace.add("person", change.do, change.path);
    return model.hasChangedSince(changeCount);
  }

  /** A change with its paths as the disk spells them: whoever names a file there may use another spelling. */
  #asSpelled(change: DiskChange): DiskChange {
    const { model } = this.#options;
    const path = model.spelled(change.path);
    if (change.do !== "rename") return { ...change, path };
    const at = change.to.lastIndexOf("/");
    return { ...change, path, to: model.spelled(change.to.slice(0, at)) + change.to.slice(at) };
  }

  /** What is recorded of a source goes by its path, which keeps the spelling it was added with. */
  #respellsSource(change: DiskChange): boolean {
    const { model, sources } = this.#options;
    if (change.do !== "rename" || model.spelled(change.to) !== change.path) return false;
    return sources.some((source) => isAtOrBelow(source, change.path));
  }

  /** Makes a folder to restore to, unless something stands there. */
  makeTarget(path: string): void {
    this.#options.targets.make(path);
  }

  /** Nothing hinders restores any more. */
  putTargetsRight(): void {
    this.#options.targets.putRight();
  }

  /** Carries an action in the explorer out, if it can happen; says whether it did. */
  explore(action: ExplorerAction): boolean {
    const { world, loginId, sources, destinationOf, recorders } = this.#options;
    const sourcePath = "source" in action ? sources[action.source] : undefined;
    const destination = sourcePath === undefined ? undefined : destinationOf(sourcePath);
    const { elsewhere } = this;
    const kept = this.#kept;
    const note = (fact: Omit<ExplorerFact, "seq">): void => recorders.entryChanged(fact);
    const { isDone, touched } = actInExplorer(action, {
      world,
      loginId,
      destination,
      elsewhere,
      kept,
      note,
      noteLogin: this.#options.noteLogin,
    });
    if (touched !== undefined) this.#noteTouch(action, touched);
    return isDone;
  }

  #noteTouch(action: ExplorerAction, { folder, loss, renamedTo }: FolderAct): void {
    const { world, loginId, sources, destinationOf, recorders } = this.#options;
    if (renamedTo !== undefined) this.renamedFolders.add(renamedTo);
    recorders.folderTouched(folder, action.do);
    const explorer = world.service.explorer(loginId);
    for (const source of sources) {
      const place = destinationOf(source);
      if (place === undefined || !isInFolder(place, folder)) continue;
      if (explorer.folderExists(place.split("/"))) this.destinationLosses.delete(source);
      else this.destinationLosses.set(source, loss);
    }
  }
}

function childrenOf(model: ReferenceModel, folder: string): readonly string[] {
  const prefix = `${folder}/`;
  return [...model.below(folder).keys()].filter(
    (path) => path.startsWith(prefix) && !path.slice(prefix.length).includes("/"),
  );
}
