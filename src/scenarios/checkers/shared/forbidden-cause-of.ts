import type { BackupCauseId } from "../../../protocol/causes/causes.ts";

/** Why a name may not be on the service (F20), as the guides list the characters; no table of the agent's. */
type ForbiddenCause = Extract<BackupCauseId, `B-FC-${number}`>;

/** The yen sign and the backslash are one. */
const CAUSES: ReadonlyMap<string, ForbiddenCause> = new Map([
  ["¥", "B-FC-1"],
  ["\\", "B-FC-1"],
  ["/", "B-FC-2"],
  [":", "B-FC-3"],
  ["*", "B-FC-4"],
  ["?", "B-FC-5"],
  ['"', "B-FC-6"],
  ["<", "B-FC-7"],
  [">", "B-FC-8"],
  ["|", "B-FC-9"],
]);

/** The cause for the first such character of a name; for a folder that begins with a full stop that one. */
export function forbiddenCauseOf(
  name: string,
  kind: "file" | "folder",
): ForbiddenCause | undefined {
  if (kind === "folder" && name[0] === ".") return "B-FC-10";
  for (const character of name) {
    const cause = CAUSES.get(character);
    if (cause !== undefined) return cause;
  }
  return undefined;
}
