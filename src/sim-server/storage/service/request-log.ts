import type { OperationId } from "../../../protocol/http/operation-ids.ts";
import { ownText } from "../../copies/own-text.ts";
import { pathGlob } from "../../faults/path-glob.ts";
import type { StorageFaultKind } from "../../faults/storage-fault.ts";

/** How a request ended. `aborted`: the client went away first. */
export type RequestOutcome = "pending" | "answered" | "reset" | "truncated" | "silent" | "aborted";

/** One request as it was seen. Holds no password, no token, no body and no query (I10). */
export interface LoggedRequest {
  /** Counted from 1; the value of `azukeru-request-id`. */
  readonly number: number;
  readonly atMs: number;
  readonly method: string;
  /** The target without its query, percent-encoded, cut to 1,000 characters. */
  readonly target: string;
  /** Null for a request outside the contract. */
  readonly operationId: OperationId | null;
  /** The paths on the service it names; those of a batch only when a planned fault looks at paths. */
  paths: readonly string[];
  loginId: string | null;
  endedAtMs: number | null;
  outcome: RequestOutcome;
  status: number | null;
  problemCode: string | null;
  requestBytes: number;
  /** The kinds of the faults that were due at it. */
  faults: readonly StorageFaultKind[];
}

/** Which requests to look at; a member that is absent lets all through. */
export interface RequestLogQuery {
  readonly operationId?: OperationId | undefined;
  /** Exact or with `*`, `**` and `?`, as in faults. */
  readonly path?: string | undefined;
  readonly status?: number | undefined;
}

/** Characters of a target that are kept. */
const TARGET_LENGTH_MAX = 1_000;

/** UTF-16 code units of paths that are kept; a batch alone can name a megabyte of them. */
const PATH_LENGTH_MAX = 32 * 2 ** 20;

/** The last requests, oldest first, as many as it was made for, or as their paths leave room for. */
export class RequestLog {
  readonly #entryCountMax: number;
  #entries: LoggedRequest[] = [];
  #count = 0;
  #pathLength = 0;

  /** An empty log that keeps at least `entryCountMax` requests and less than twice as many. */
  constructor(entryCountMax: number) {
    this.#entryCountMax = entryCountMax;
  }

  /** How many requests there have been, those forgotten included. */
  get count(): number {
    return this.#count;
  }

  /** Begins the entry of a request; its other members are filled in as it goes on. */
  begin(seen: Pick<LoggedRequest, "atMs" | "method" | "target" | "operationId">): LoggedRequest {
    this.#count += 1;
    const entry: LoggedRequest = {
      number: this.#count,
      ...seen,
      target: ownText(seen.target.slice(0, TARGET_LENGTH_MAX)),
      paths: [],
      loginId: null,
      endedAtMs: null,
      outcome: "pending",
      status: null,
      problemCode: null,
      requestBytes: 0,
      faults: [],
    };
    this.#entries.push(entry);
    // Forgetting half at a time costs less than one at every request.
    if (this.#entries.length >= this.#entryCountMax * 2) this.#keepLast(this.#entryCountMax);
    return entry;
  }

  /** Notes which paths on the service a request names. */
  name(entry: LoggedRequest, paths: readonly string[]): void {
    entry.paths = paths.map(ownText);
    this.#pathLength += lengthOf(paths);
    while (this.#pathLength > PATH_LENGTH_MAX && this.#entries.length > 1) {
      this.#keepLast(Math.floor(this.#entries.length / 2));
    }
  }

  #keepLast(count: number): void {
    this.#entries = this.#entries.slice(-count);
    this.#pathLength = this.#entries.reduce((sum, { paths }) => sum + lengthOf(paths), 0);
  }

  /** The requests that fit, oldest first. */
  find(query: RequestLogQuery = {}): readonly LoggedRequest[] {
    return [...this.look(query)].filter((entry) => entry !== null);
  }

  /**
   * The same, made while it is read: a request that fits, or null for each piece of work that yielded
   * none, so that whoever reads can let others take their turn. Of the requests there are now.
   */
  *look(query: RequestLogQuery): IterableIterator<LoggedRequest | null> {
    const { operationId, status } = query;
    const matchesPath = query.path === undefined ? null : pathGlob(query.path);
    for (const entry of this.#entries.slice()) {
      const fits =
        (operationId === undefined || entry.operationId === operationId) &&
        (status === undefined || entry.status === status);
      if (!fits || matchesPath === null) {
        yield fits ? entry : null;
        continue;
      }
      for (const path of entry.paths) {
        const isNamed = matchesPath(path);
        yield isNamed ? entry : null;
        if (isNamed) break;
      }
    }
  }

  /** Forgets all requests; their numbers go on. */
  clear(): void {
    this.#entries = [];
    this.#pathLength = 0;
  }
}

function lengthOf(paths: readonly string[]): number {
  return paths.reduce((sum, path) => sum + path.length, 0);
}
