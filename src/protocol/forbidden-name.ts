import type { BackupCauseId } from "./causes/causes.ts";

/** The causes that a name alone can have. */
export type ForbiddenNameCauseId = Extract<BackupCauseId, `B-FC-${number}`>;

/** One character that no name on the service may contain, and the cause it is reported as. */
export interface ForbiddenCharacter {
  /** Exactly one character. */
  readonly character: string;
  readonly cause: ForbiddenNameCauseId;
}

/**
 * The characters no file or folder name may contain (F20). Yen sign and backslash are one cause:
 * Japanese fonts and legacy encodings show both as ¥, and a person cannot tell them apart. The
 * full-width forms (￥ ／ ： and so on) are other characters and allowed.
 *
 * A real disk cannot have all of them: no disk holds `/` in a name, a Windows disk holds none but
 * the yen sign, and what the macOS Finder shows as `/` is `:` on the disk. The service checks them
 * all, because a request can carry any name.
 */
export const FORBIDDEN_CHARACTERS: readonly ForbiddenCharacter[] = [
  { character: "\u00A5", cause: "B-FC-1" },
  { character: "\\", cause: "B-FC-1" },
  { character: "/", cause: "B-FC-2" },
  { character: ":", cause: "B-FC-3" },
  { character: "*", cause: "B-FC-4" },
  { character: "?", cause: "B-FC-5" },
  { character: '"', cause: "B-FC-6" },
  { character: "<", cause: "B-FC-7" },
  { character: ">", cause: "B-FC-8" },
  { character: "|", cause: "B-FC-9" },
];

const CAUSE_BY_CHARACTER: ReadonlyMap<string, ForbiddenNameCauseId> = new Map(
  FORBIDDEN_CHARACTERS.map(({ character, cause }) => [character, cause]),
);

/**
 * Why a name may not be kept on the service, or `undefined` when it may: the cause of the first
 * offending character from the left. A leading full stop offends in a folder's name only. Agent and
 * service both decide by this, so a name the agent sends is never refused for its characters (F20).
 *
 * `name` is one name, not a path. Nothing else about it is judged here: length, emptiness and
 * invalid Unicode have rules of their own.
 */
export function forbiddenNameCause(
  name: string,
  kind: "file" | "folder",
): ForbiddenNameCauseId | undefined {
  if (kind === "folder" && name.startsWith(".")) {
    return "B-FC-10";
  }
  for (const character of name) {
    const cause = CAUSE_BY_CHARACTER.get(character);
    if (cause !== undefined) {
      return cause;
    }
  }
  return undefined;
}
