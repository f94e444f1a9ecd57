import type { ServicePath } from "../../../protocol/service-path.ts";
import type { BackupContext } from "./backup-context.ts";
import type { Target } from "./scan-item.ts";

/** Where a target goes on the service: below the destination, under the names it has here (F10, D12). */
export function servicePathOf(
  { destination }: Pick<BackupContext, "destination">,
  { path }: Pick<Target, "path">,
): ServicePath {
  return [...destination, ...path.split("/")];
}
