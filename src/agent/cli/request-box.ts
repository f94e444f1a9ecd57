import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** What one process can ask of the one that works. */
const REQUEST_KINDS = ["interrupt", "logout"] as const;

/** One of {@link REQUEST_KINDS}. */
export type RequestKind = (typeof REQUEST_KINDS)[number];

/** What the working process does about each request; a request is done when it resolves. */
export type RequestHandlers = Readonly<Record<RequestKind, () => Promise<void> | void>>;

const POLL_INTERVAL_MS = 1_000;

/**
 * Requests between processes of one home folder, as one file each in `requests/`: the asking
 * process puts it there whole (rename), the working one removes it when the request is done. Every
 * request names the instance it is for, so one that was left for a dead process reaches no other.
 */
export class RequestBox {
  readonly #folder: string;

  constructor(homePath: string) {
    this.#folder = join(homePath, "requests");
  }

  /** Leaves a request; asking twice is asking once. */
  leave(kind: RequestKind, instanceId: string): void {
    mkdirSync(this.#folder, { recursive: true, mode: 0o700 });
    const temporary = join(this.#folder, `${kind}.${process.pid}.new`);
    writeFileSync(temporary, instanceId, { mode: 0o600 });
    renameSync(temporary, this.#path(kind));
  }

  /** Whether a request for this instance is still to be done. */
  isPending(kind: RequestKind, instanceId: string): boolean {
    try {
      return readFileSync(this.#path(kind), "utf8") === instanceId;
    } catch {
      return false;
    }
  }

  /**
   * Looks for requests once a second, and does one after another. The returned function ends that;
   * it resolves when a request under way is done, and rejects with what a handler threw.
   */
  watch(instanceId: string, handlers: RequestHandlers): () => Promise<void> {
    let underWay: Promise<void> | undefined;
    let isLooking = false;
    const look = async (): Promise<void> => {
      for (const kind of REQUEST_KINDS) {
        if (!this.isPending(kind, instanceId)) continue;
        await handlers[kind]();
        rmSync(this.#path(kind), { force: true });
      }
      // After a handler threw, nothing more is done until the one who watches is told.
      isLooking = false;
    };
    const timer = setInterval(() => {
      if (isLooking) return;
      isLooking = true;
      underWay = look();
      underWay.catch(() => undefined);
    }, POLL_INTERVAL_MS);
    return async () => {
      clearInterval(timer);
      await underWay;
    };
  }

  #path(kind: RequestKind): string {
    return join(this.#folder, kind);
  }
}
