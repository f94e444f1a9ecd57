import type { TimedRun } from "../support/timed-process.ts";

/** A program that backs a folder up over HTTP, as one of several that are measured side by side. */
export interface BackupTool {
  /** Name, version and what receives the files. */
  readonly title: string;
  /** Why it cannot be measured here; undefined when it can. */
  readonly missing: string | undefined;
  /** The largest tree it is given; one that takes minutes gets a smaller one of the same kind. */
  readonly fileCountMax?: number;
  /** Starts an empty service in `workPath` that receives what is backed up from `treePath`. */
  prepare(treePath: string, workPath: string): Promise<PreparedTool>;
}

/** A tool with its service running; the service ends at the end of its scope. */
interface PreparedTool extends AsyncDisposable {
  /** Backs the tree up once; rejects unless `expected` files were sent. */
  backUp(expected: { readonly sentFileCount: number }): Promise<ToolRun>;
}

/** One backup, with what the tool itself says of it. */
export interface ToolRun extends TimedRun {
  /** Its own time from the job's start to its end, without the start of the program; if it tells. */
  readonly jobSeconds: number | null;
}
