import { DiskError } from "../ports/source-disk.ts";
import { diskErrorKind } from "./disk-error-kind.ts";

/** What an adapter throws for what Node's fs threw; `action` says for people what could not be done. */
export function diskRefusal(path: string, action: string, error: unknown): DiskError {
  const detail = error instanceof Error ? error.message : String(error);
  return new DiskError(diskErrorKind(error), path, `cannot ${action} (${detail})`, error);
}
