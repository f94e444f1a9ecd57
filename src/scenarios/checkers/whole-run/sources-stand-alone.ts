import { message } from "../../../messages/message.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { SourceWish } from "../../observation/source-wish.ts";
import { asOnDisk } from "../shared/as-on-disk.ts";
import { forbiddenCauseOf } from "../shared/forbidden-cause-of.ts";
import type { Violation } from "../shared/violation.ts";

/**
 * The invariant `sources` (D17): a folder becomes a source unless it is a source by any spelling, or in one, or
 * around one, or the tool's own folder, or in that, or around that, or has a name that the service does not take; then
 * it does not. Does not verify folders that were refused for want of the service or of a login.
 */
export function sourcesStandAlone({ sourceWishes, scenario }: RunRecord): Violation[] {
  return sourceWishes.flatMap((wish): Violation[] => {
    const isRefused = wish.code !== undefined;
    if (isRefused && wish.code !== "source-refused") return [];
    if (isRefused !== mayBeSource(wish, scenario.disk)) return [];
    const said = { path: JSON.stringify(wish.path) };
    const code = isRefused ? "checked-run.source-refused" : "checked-run.source-taken";
    return [{ invariant: "sources", message: message(code, said) }];
  });
}

function mayBeSource(
  { path, kind, sources, home }: SourceWish,
  disk: RunRecord["scenario"]["disk"],
): boolean {
  const name = path.slice(path.lastIndexOf("/") + 1);
  if (kind !== "folder" || name === "" || forbiddenCauseOf(name, "folder") !== undefined) {
    return false;
  }
  const own = `${asOnDisk({ disk }, path)}/`;
  return [...sources, ...(home === undefined ? [] : [home])].every((other) => {
    const theirs = `${asOnDisk({ disk }, other)}/`;
    return !own.startsWith(theirs) && !theirs.startsWith(own);
  });
}
