import { forbiddenNameCause } from "../../protocol/forbidden-name.ts";
import { failure, type FileFailure } from "./file-outcome.ts";
import { message } from "../../messages/message.ts";

/**
 * Whether a name may be backed up (F20): the failure its row gets, or undefined. Nothing below a
 * folder that fails is a target.
 */
export function pathRuleFailure(
  name: string,
  entryKind: "file" | "folder",
): FileFailure | undefined {
  const cause = forbiddenNameCause(name, entryKind);
  if (cause === undefined) return undefined;
  const why =
    cause === "B-FC-10"
      ? message("backup.name-begins-with-dot")
      : message("backup.forbidden-character");
  return failure("forbidden-characters", [cause], why);
}
