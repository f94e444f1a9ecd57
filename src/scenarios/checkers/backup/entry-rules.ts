import type { BackupRun } from "../../observation/backup-run.ts";
import type { DiskFact } from "../../observation/disk-fact.ts";
import { forbiddenCauseOf } from "../shared/forbidden-cause-of.ts";
import { EXCLUDED, outcome } from "../shared/outcome.ts";
import type { BackupOutcome } from "./entry-expectation.ts";

/** What a name and a kind alone decide about an entry. */
export type NameVerdict =
  | { readonly kind: "file" }
  | { readonly kind: "folder" }
  /** Ends as one of these; nothing below it is a target. */
  | { readonly kind: "settled"; readonly outcomes: readonly BackupOutcome[] };

/** Where an entry stands below the source root. */
export interface EntryName {
  /** Names joined by `/`, as a person reads it. */
  readonly path: string;
  /** The path's bytes in base64 when they are not valid Unicode, else null. */
  readonly pathBase64: string | null;
  /** The last name; undefined when its bytes are not valid Unicode. */
  readonly name: string | undefined;
}

/** The entry's name, in the folder `parent` below the root ("" for the root itself). */
export function entryName(fact: DiskFact, parent: string): EntryName {
  const prefix = parent === "" ? "" : `${parent}/`;
  if (fact.nameBase64 === undefined) {
    const name = fact.path.slice(fact.path.lastIndexOf("/") + 1);
    return { path: prefix + name, pathBase64: null, name };
  }
  const bytes = Buffer.from(fact.nameBase64, "base64");
  const shown = bytes.toString("utf8");
  // A name given by its bytes may be good Unicode after all: one with a slash in it, for instance.
  if (Buffer.from(shown).equals(bytes)) {
    return { path: prefix + shown, pathBase64: null, name: shown };
  }
  const whole = Buffer.concat([Buffer.from(prefix), bytes]);
  return { path: prefix + shown, pathBase64: whole.toString("base64"), name: undefined };
}

/**
 * Classifies an entry by its name, kind and hidden attribute (F18, F20, D12, D16). What is no
 * target is left out whatever it is called: a name troubles nobody who has hidden files left out.
 */
export function classifyName(
  fact: DiskFact,
  name: string | undefined,
  { disk, includeHidden }: Pick<BackupRun, "disk" | "includeHidden">,
): NameVerdict {
  const isTargetKind = fact.kind === "file" || fact.kind === "folder";
  const settled = (one: BackupOutcome): NameVerdict => ({ kind: "settled", outcomes: [one] });
  if (!isTargetKind || (fact.hidden && !includeHidden)) return settled(EXCLUDED);
  if (name === undefined) return settled(outcome("unexpected", "B-UX-10"));
  // What the Finder shows as a slash is a colon on the disk: people know no other name of it.
  const shown = disk === "macos" ? name.replaceAll(":", "/") : name;
  const cause = forbiddenCauseOf(shown, fact.kind);
  if (cause !== undefined) return settled(outcome("forbidden-characters", cause));
  return fact.kind === "folder" ? { kind: "folder" } : { kind: "file" };
}
