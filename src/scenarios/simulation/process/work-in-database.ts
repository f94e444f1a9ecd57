import type { CrashFact, OpenJobFact } from "../../observation/crash-fact.ts";
import type { UnfinishedFacts } from "../../observation/unfinished-facts.ts";
import type { DatabaseFile } from "./database-file.ts";

/** What the process that is gone was at, by the rows it had committed. */
export function workIn(
  file: DatabaseFile,
): Pick<CrashFact, "openJobs" | "newestJobId" | "isMailing"> {
  return {
    openJobs: file
      .look("SELECT id, status FROM job WHERE status IN ('running', 'waiting') ORDER BY id")
      .map(({ id, status }): OpenJobFact => ({
        id: Number(id),
        status: status === "running" ? "running" : "waiting",
      })),
    newestJobId: countOf(file, "SELECT max(id) AS n FROM job"),
    isMailing: countOf(file, "SELECT count(*) AS n FROM outbox WHERE attempt_count > 0") > 0,
  };
}

/** What an agent's database says is yet to be done. */
export function unfinishedIn(
  file: DatabaseFile,
  stands: {
    readonly file: (path: string) => boolean;
    readonly anything: (path: string) => boolean;
  },
): UnfinishedFacts {
  return {
    mails: countOf(file, "SELECT count(*) AS n FROM outbox"),
    slots: countOf(file, "SELECT count(*) AS n FROM slot"),
    uploads: file
      .look("SELECT path, key FROM pending_upload JOIN source ON source.id = source_id")
      .filter(({ path, key }) => stands.file(pathOf(String(path), String(key)))).length,
    leftovers: file
      .look("SELECT folder FROM restore_leftover")
      .filter(({ folder }) => stands.anything(String(folder))).length,
  };
}

/** Where the source at a path on the device goes to; undefined when the tool has none there. */
export function destinationIn(file: DatabaseFile, sourcePath: string): string | undefined {
  const source = file
    .look("SELECT path, destination FROM source")
    .find(({ path }) => path === sourcePath);
  return source === undefined ? undefined : String(source["destination"]);
}

/** Where a file stands by the path of its source on the device and its names below it, joined by `/`. */
function pathOf(sourcePath: string, key: string): string {
  const separator = sourcePath.startsWith("/") ? "/" : "\\";
  return [sourcePath, ...key.split("/")].join(separator);
}

function countOf(file: DatabaseFile, sql: string): number {
  return Number(file.look(sql)[0]?.["n"] ?? 0);
}
