import type { Language } from "../../../terminal/language.ts";
import type { BodyTap } from "../http/request-body.ts";
import type { Outcome } from "../http/outcome.ts";
import type { Reply } from "../http/reply.ts";
import { wait } from "../http/wait.ts";
import { corruptReply, flipBit, wrongDigestReply } from "./corruption.ts";
import { repeatsSecrets, withSecrets } from "./with-secrets.ts";
import type { DueFault } from "../../faults/fault-plan.ts";
import {
  blockPageReply,
  foreignReply,
  statusReply,
  unknownReply,
  type FaultMoment,
} from "./fault-replies.ts";
import { endlessReply, falseFileReply, hostileReply } from "./hostile-listing.ts";
import type { StorageFault } from "../../faults/storage-fault.ts";

/** Ends a request in the middle of its body, the way a fault wants it ended. */
export class FaultStruck extends Error {
  readonly outcome: Outcome;

  /** `outcome` is what the client gets to see. */
  constructor(outcome: Outcome) {
    super("a planned fault ended the request");
    this.outcome = outcome;
  }
}

interface RequestFaultsOptions {
  readonly nowMs: () => number;
  /** In which planned refusals are told. */
  readonly language: Language;
  /** The client's. */
  readonly secrets: readonly string[];
}

/**
 * The faults of one request, in the one place where they take effect: before its handler, while its
 * body comes, and on its answer. Handlers know nothing of them.
 */
export class RequestFaults {
  readonly #due: readonly DueFault<StorageFault>[];
  readonly #paths: readonly string[];
  readonly #nowMs: () => number;
  readonly #language: Language;
  readonly #secrets: readonly string[];

  /** `due` strike in their order, at a request that names these paths on the service. */
  constructor(
    due: readonly DueFault<StorageFault>[],
    paths: readonly string[],
    { nowMs, language, secrets }: RequestFaultsOptions,
  ) {
    this.#nowMs = nowMs;
    this.#language = language;
    this.#secrets = secrets;
    this.#due = due;
    this.#paths = paths;
  }

  /**
   * What strikes before the handler: waits, and resolves to the outcome that takes the handler's
   * place, or to null. `arrivedBytes` of the body are here already.
   */
  async before(arrivedBytes: number): Promise<Outcome | null> {
    for (const { fault, strike } of this.#due) {
      if (!strikesEarly(fault) || (fault.afterBytes ?? 0) > arrivedBytes) continue;
      strike();
      if (fault.kind === "delay") await wait(fault.delayMs);
      else return this.#earlyOutcome(fault);
    }
    return null;
  }

  /** What stands between the socket and the handler; null when no fault concerns the body. */
  bodyTap(): BodyTap | null {
    const middle = this.#due.find(
      ({ fault }) => strikesEarly(fault) && (fault.afterBytes ?? 0) > 0,
    );
    const corrupt = this.#due.find(({ fault }) => fault.kind === "corrupt-request-body");
    const slow = this.#ofKind("slow");
    if (middle === undefined && corrupt === undefined && slow === null) return null;
    const at = corrupt?.fault.kind === "corrupt-request-body" ? (corrupt.fault.afterBytes ?? 0) : 0;
    return {
      pass: (chunk, offset) => {
        if (corrupt === undefined || at < offset || at >= offset + chunk.length) return chunk;
        corrupt.strike();
        return flipBit(chunk, at - offset);
      },
      stopAfterBytes: middle === undefined ? null : stopOf(middle.fault),
      reached: async () => {
        if (middle === undefined || !strikesEarly(middle.fault)) return;
        middle.strike();
        if (middle.fault.kind !== "delay") throw new FaultStruck(this.#earlyOutcome(middle.fault));
        await wait(middle.fault.delayMs);
      },
      pauseMs: (byteCount) => (slow === null ? 0 : (byteCount * 1000) / slow.fault.bytesPerSecond),
      wait,
    };
  }

  /** The fault that flips a bit of a body that has arrived whole, if one is due. */
  bodyCorruption(): DueFault<FaultOf<"corrupt-request-body">> | null {
    return this.#ofKind("corrupt-request-body");
  }

  /** What the client gets to see of the handler's answer. */
  after(reply: Reply): Outcome {
    let changed = reply;
    let bytesPerSecond: number | null = null;
    for (const { fault, strike } of this.#due) {
      switch (fault.kind) {
        case "reset-after-commit":
          strike();
          return { kind: "reset" };
        case "never-answer-after-commit":
          strike();
          return { kind: "silent" };
        case "truncate-response":
          strike();
          return truncated(changed, fault.afterBytes, "closed");
        case "reset-response":
          strike();
          return truncated(changed, fault.afterBytes, "reset");
        case "corrupt-response": {
          strike();
          const corrupted = corruptReply(changed, fault.resealed);
          if (corrupted === null) return { kind: "garbage" };
          changed = corrupted;
          break;
        }
        case "wrong-digest":
          strike();
          changed = wrongDigestReply(changed);
          break;
        case "hostile-listing":
        case "endless-listing": {
          const listed =
            fault.kind === "endless-listing"
              ? endlessReply(changed)
              : hostileReply(changed, this.#paths[0] ?? "", fault.entries);
          if (listed === null) break;
          strike();
          changed = listed;
          break;
        }
        case "slow":
          strike();
          bytesPerSecond = fault.bytesPerSecond;
          break;
        case "status":
        case "block-page":
        case "foreign":
        case "delay":
        case "reset":
        case "never-answer":
        case "corrupt-request-body":
        case "unknown-answer":
        case "false-file":
          break;
      }
    }
    return { kind: "answer", reply: changed, bytesPerSecond };
  }

  #earlyOutcome(fault: Exclude<EarlyFault, { kind: "delay" }>): Outcome {
    const outcome = earlyOutcome(fault, { nowMs: this.#nowMs(), language: this.#language });
    if (outcome.kind !== "answer" || !repeatsSecrets(fault)) return outcome;
    return { ...outcome, reply: withSecrets(outcome.reply, this.#secrets) };
  }

  #ofKind<K extends StorageFault["kind"]>(kind: K): DueFault<FaultOf<K>> | null {
    const found = this.#due.find(({ fault }) => fault.kind === kind);
    return (found as DueFault<FaultOf<K>> | undefined) ?? null;
  }
}

function truncated(
  reply: Reply,
  bodyBytes: number | undefined,
  ending: "closed" | "reset",
): Outcome {
  return { kind: "truncated", reply, bodyBytes: bodyBytes ?? 0, ending };
}

type FaultOf<K extends StorageFault["kind"]> = Extract<StorageFault, { kind: K }>;

type EarlyFault = FaultOf<
  | "status"
  | "block-page"
  | "foreign"
  | "delay"
  | "reset"
  | "never-answer"
  | "unknown-answer"
  | "false-file"
>;

const EARLY_KINDS: ReadonlySet<string> = new Set<EarlyFault["kind"]>([
  "status",
  "block-page",
  "foreign",
  "delay",
  "reset",
  "never-answer",
  "unknown-answer",
  "false-file",
]);

function strikesEarly(fault: StorageFault): fault is EarlyFault {
  return EARLY_KINDS.has(fault.kind);
}

function stopOf(fault: StorageFault): number {
  return strikesEarly(fault) ? (fault.afterBytes ?? 0) : 0;
}

function earlyOutcome(fault: Exclude<EarlyFault, { kind: "delay" }>, moment: FaultMoment): Outcome {
  switch (fault.kind) {
    case "status":
      return { kind: "answer", reply: statusReply(fault, moment), bytesPerSecond: null };
    case "block-page":
      return { kind: "answer", reply: blockPageReply(), bytesPerSecond: null };
    case "foreign":
      return { kind: "answer", reply: foreignReply(fault.answer), bytesPerSecond: null };
    case "unknown-answer":
      return { kind: "answer", reply: unknownReply(), bytesPerSecond: null };
    case "false-file":
      return { kind: "answer", reply: falseFileReply(), bytesPerSecond: null };
    case "reset":
      return { kind: "reset" };
    case "never-answer":
      return { kind: "silent" };
  }
}
