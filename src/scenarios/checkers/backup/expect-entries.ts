import type { DiskChangeFact, DiskFact } from "../../observation/disk-fact.ts";
import { fallingBytesOf, roomOf, type Room, type SizeToSend } from "./capacity.ts";
import type { PathTrouble } from "./disk-trouble.ts";
import { underWayKey } from "../shared/agent-knowledge.ts";
import { entryName, classifyName, type EntryName } from "./entry-rules.ts";
import { COMPLETED, NO_DIFFERENCE, outcome } from "../shared/outcome.ts";
import type { BackupOutcome, EntryExpectation } from "./entry-expectation.ts";
import {
  changingFileOutcomes,
  commonOutcomes,
  goneCauses,
  isKnown,
  isOnService,
  isTrusted,
  stillFileOutcomes,
} from "./file-outcomes.ts";
import type { BackupFacts } from "./backup-facts.ts";
import { isTouchedDuring } from "../shared/touched.ts";
import { certainMovingOutcomes } from "./moving-files.ts";

/** What the entries of a source may end as, and the room there was for them. */
export interface ExpectedEntries {
  /** Folders before what is in them. */
  readonly entries: readonly EntryExpectation[];
  readonly room: Room;
}

/** What every entry of the source may end as. */
export function expectEntries(facts: BackupFacts): ExpectedEntries {
  return new EntryWalk(facts).expectations();
}

interface Place {
  readonly diskPath: string;
  /** What stood there, in order; `undefined` where nothing did. Not empty. */
  readonly versions: readonly (DiskFact | undefined)[];
  readonly changes: readonly DiskChangeFact[];
}

/** What is known of the folders above an entry. */
interface Way {
  /** Whether each of them was gone into for sure. */
  readonly isCertain: boolean;
  /** Whether one of them was refused after it may have been listed, so that what is in it is refused too. */
  readonly isBarred: boolean;
}

class EntryWalk {
  readonly #facts: BackupFacts;
  readonly #children = new Map<string, Place[]>();

  constructor(facts: BackupFacts) {
    this.#facts = facts;
    const { run } = facts;
    const changes = Map.groupBy(run.diskChanges, ({ path }) => path);
    for (const path of new Set([...run.diskBefore.keys(), ...changes.keys()])) {
      if (path === run.sourcePath) continue;
      const own = changes.get(path) ?? [];
      const parent = path.slice(0, path.lastIndexOf("/"));
      const versions = [run.diskBefore.get(path), ...own.map(({ after }) => after)];
      const siblings = this.#children.get(parent) ?? [];
      siblings.push({ diskPath: path, versions, changes: own });
      this.#children.set(parent, siblings);
    }
  }

  expectations(): ExpectedEntries {
    const { run } = this.#facts;
    const room = roomOf(run, this.#filesToSend());
    const changes = run.diskChanges.filter(({ path }) => path === run.sourcePath);
    const versions = [run.diskBefore.get(run.sourcePath), ...changes.map(({ after }) => after)];
    const way = { isCertain: true, isBarred: isBarredLater(versions) };
    return { entries: [...this.#folder(run.sourcePath, "", way, room)], room };
  }

  /** Every file that may be sent, and every version of those that change. */
  #filesToSend(): SizeToSend[] {
    const found: SizeToSend[] = [];
    const visit = (folder: string, prefix: string, isBarred: boolean): void => {
      for (const place of this.#children.get(folder) ?? []) {
        for (const fact of place.versions) {
          if (fact === undefined) continue;
          const { path, name } = entryName(fact, prefix);
          const verdict = classifyName(fact, name, this.#facts.run);
          if (verdict.kind === "folder" && !fact.denied) {
            visit(place.diskPath, path, isBarred || isBarredLater(place.versions));
          }
          if (verdict.kind !== "file" || fact.denied || fact.locked) continue;
          const isThere = isOnService(this.#facts, { fact, path });
          if (isThere && isKnown(this.#facts, { fact, path })) continue;
          const isMust =
            !isThere &&
            !isBarred &&
            place.versions.length === 1 &&
            !isTrusted(this.#facts, { fact, path }) &&
            // The agent may have heard that it arrived before it was stopped.
            !this.#facts.known.underWay.has(underWayKey(path, fact.sha256)) &&
            !isTouchedDuring(this.#facts.run, path);
          const isSingle = place.versions.length === 1 && !isTouchedDuring(this.#facts.run, path);
          const fallingBytes = isSingle ? fallingBytesOf(this.#facts.run, path) : 0;
          found.push({ sizeBytes: fact.sizeBytes, fallingBytes, isMust });
        }
      }
    };
    visit(this.#facts.run.sourcePath, "", false);
    return found;
  }

  *#folder(
    diskPath: string,
    prefix: string,
    way: Way,
    room: Room,
  ): Generator<EntryExpectation, void> {
    for (const place of this.#children.get(diskPath) ?? []) {
      yield* this.#entry(place, prefix, way, room);
    }
  }

  *#entry(place: Place, prefix: string, way: Way, room: Room): Generator<EntryExpectation, void> {
    const present = place.versions.filter((fact) => fact !== undefined);
    const first = present[0];
    if (first === undefined) return;
    const name = entryName(first, prefix);
    const outcomes: BackupOutcome[] = [];
    let folderIsSure: boolean | undefined;
    for (const fact of present) {
      const verdict = classifyName(fact, name.name, this.#facts.run);
      if (verdict.kind === "settled") {
        outcomes.push(...verdict.outcomes);
      } else if (verdict.kind === "folder") {
        const refusal = this.#folderRefusals(fact);
        outcomes.push(...refusal.outcomes);
        if (refusal.isCertain) continue;
        folderIsSure = refusal.outcomes.length === 0 && place.versions.length === 1;
        outcomes.push(COMPLETED, NO_DIFFERENCE);
        outcomes.push(...commonOutcomes(this.#facts, name.path));
      } else {
        outcomes.push(...stillFileOutcomes(this.#facts, { fact, path: name.path }, room));
      }
    }
    if (place.changes.length > 0) {
      outcomes.push(...changingFileOutcomes(this.#facts, place.changes));
      const gone = goneCauses(place.changes);
      if (gone.length > 0) outcomes.push(outcome("unexpected", ...gone));
    }
    const isFile = classifyName(first, name.name, this.#facts.run).kind === "file";
    if (way.isBarred && isFile) outcomes.push(outcome("access-denied", "B-AD-1"));
    if (way.isBarred && folderIsSure !== undefined) {
      outcomes.push(outcome("access-denied", "B-AD-2"));
    }
    const certain =
      isFile && !way.isBarred ? certainMovingOutcomes(this.#facts, place, name.path) : undefined;
    const isThroughout = place.versions.every((fact) => fact !== undefined);
    yield {
      path: name.path,
      pathBase64: name.pathBase64,
      entryKind: kindOf(first, name),
      outcomes: certain ?? outcomes,
      rowRequired:
        way.isCertain &&
        (isThroughout || certain !== undefined) &&
        !(
          first.kind === "folder" &&
          folderIsSure !== undefined &&
          this.#hasEntries(place.diskPath)
        ),
      mustBeSent:
        isFile &&
        place.versions.length === 1 &&
        !isTouchedDuring(this.#facts.run, name.path) &&
        !isTrusted(this.#facts, { fact: first, path: name.path }) &&
        !isOnService(this.#facts, { fact: first, path: name.path }),
    };
    if (folderIsSure === undefined) return;
    const below = {
      isCertain: way.isCertain && folderIsSure,
      isBarred: way.isBarred || isBarredLater(place.versions),
    };
    yield* this.#folder(place.diskPath, name.path, below, room);
  }

  #folderRefusals(fact: DiskFact): PathTrouble {
    const trouble = this.#facts.disk.at(fact.path) ?? { outcomes: [], isCertain: false };
    if (!fact.denied) return trouble;
    const denied = outcome("access-denied", "B-AD-2");
    return { outcomes: [denied, ...trouble.outcomes], isCertain: true };
  }

  #hasEntries(diskPath: string): boolean {
    return (this.#children.get(diskPath) ?? []).length > 0;
  }
}

/** Whether a folder that could be listed was refused later. */
function isBarredLater(versions: Place["versions"]): boolean {
  const first = versions.findIndex((fact) => fact?.kind === "folder" && !fact.denied);
  return first !== -1 && versions.slice(first + 1).some((fact) => fact?.denied === true);
}

function kindOf(fact: DiskFact, name: EntryName): EntryExpectation["entryKind"] {
  if (fact.kind === "folder") return "folder";
  return fact.kind === "file" || name.name === undefined ? "file" : "other";
}
