import { checkServicePath, SECURITY_AREA, type ServicePath } from "../../protocol/service-path.ts";
import { AgentError } from "../agent-error.ts";
import type { SourceDisk } from "../ports/source-disk.ts";
import type { SourceFolder } from "../state/records.ts";
import { message } from "../../messages/message.ts";
import { PATH_FAULTS } from "../core/path-faults.ts";

/**
 * The place on the service that a person means: names joined by `/` from the area down, or a path
 * on this PC at or below a source folder, which stands for its backup. Throws `AgentError`
 * (`not-on-service`) for anything else, with what to type instead.
 */
export function placeOnService(
  typed: string,
  sources: readonly SourceFolder[],
  disk: Pick<SourceDisk, "absolute" | "join">,
): ServicePath {
  const names = typed.split("/").filter((name) => name !== "");
  if (names[0] === SECURITY_AREA) return checked(names, typed);
  const path = disk.absolute(typed);
  for (const source of sources) {
    if (path === source.path) return source.destination.split("/");
    const below = disk.join(source.path, "");
    if (!path.startsWith(below)) continue;
    const separator = below.at(-1) ?? "/";
    return checked(
      [...source.destination.split("/"), ...path.slice(below.length).split(separator)],
      typed,
    );
  }
  throw new AgentError(
    "not-on-service",
    message("stored.no-place", { typed, area: SECURITY_AREA }),
  );
}

function checked(names: readonly string[], typed: string): ServicePath {
  const result = checkServicePath(names);
  if (result.kind === "path") return result.path;
  throw new AgentError(
    "not-on-service",
    message("stored.bad-place", { typed, why: PATH_FAULTS[result.fault] }),
  );
}
