import type { Link } from "@jsonjoy.com/fs-core";

import type { Activity } from "../kernel/activity.ts";
import type { Timers } from "../kernel/timers.ts";
import type { DiskCalls } from "./disk-calls.ts";
import { DiskRefusal, diskError, type DiskErrorCode } from "./disk-error.ts";
import type { DiskMutation, DiskOperation } from "../faults/disk-fault.ts";
import { strikeCall, type DiskPlans } from "./disk-strike.ts";
import type { DiskJournal } from "./disk-journal.ts";
import type { DiskNode } from "./disk-node.ts";
import type { DiskPath, DiskTree } from "./disk-tree.ts";

interface DiskSessionParts {
  readonly tree: DiskTree;
  readonly calls: DiskCalls;
  readonly journal: DiskJournal;
  readonly plans: DiskPlans;
  readonly timers: Timers;
  readonly activity: Activity;
  readonly nowMs: () => number;
  readonly capacityBytes: () => number;
  /** Most bytes one read gives. */
  readonly readBytesMax: number;
  readonly listedBackwards: boolean;
  readonly mutate: (mutation: DiskMutation) => void;
  readonly beforeCall: (call: DiskCallPlace) => void;
  readonly observe: (event: DiskEvent) => void;
}

/** What is called on the disk, and where. */
export interface DiskCallPlace {
  readonly operation: DiskOperation;
  /** For a call on an open file the path it was opened by. */
  readonly path: string;
  /** Where a rename or a second name goes. */
  readonly dest: string | undefined;
}

/** One call of the agent to the disk, for a trace and for the law that sources are only read (I7). */
export interface DiskEvent extends DiskCallPlace {
  /** `ok`, the code of the error, or `mutated` when another application struck just before. */
  readonly outcome: string;
}

/** A call as Node would report it. */
export interface DiskCall {
  readonly operation: DiskOperation;
  readonly syscall: string;
  readonly path: DiskPath;
  readonly dest?: string;
  /** Node's errors of calls on an open file name no path. */
  readonly withoutPath?: boolean;
}

/**
 * One process that uses the disk. Every call passes through `call`: the one place where faults strike,
 * other applications interfere, and a killed process stops hearing anything.
 */
export class DiskSession {
  readonly parts: DiskSessionParts;
  readonly #openNodes = new Set<DiskNode>();
  readonly #openLinks = new Map<number, Link>();
  #lastDescriptor = 2;
  #killed = false;

  constructor(parts: DiskSessionParts) {
    this.parts = parts;
  }

  /**
   * Carries a call out. It answers in a later tick, like a real disk; after `kill` never. Rejects with
   * errors shaped like Node's.
   */
  async call<Value>(call: DiskCall, run: () => Value): Promise<Value> {
    const { activity, plans, mutate } = this.parts;
    await nextTick();
    activity.bump();
    if (!this.#killed) this.parts.beforeCall(placeOf(call));
    const strike = strikeCall(plans, call.operation, call.path);
    if (strike !== undefined && strike.delayMs > 0) await this.#wait(strike.delayMs);
    if (this.#killed) return new Promise<never>(() => undefined);
    try {
      for (const mutation of strike?.mutations ?? []) {
        this.#tell(call, "mutated");
        mutate(mutation);
      }
      if (strike?.refusal !== undefined) throw new DiskRefusal(strike.refusal);
      const value = run();
      this.#tell(call, "ok");
      return value;
    } catch (error) {
      if (!(error instanceof DiskRefusal)) throw error;
      const code = this.#reported(error.code);
      this.#tell(call, code);
      const path = call.withoutPath === true ? undefined : String(call.path);
      throw diskError(code, call.syscall, path, call.dest);
    }
  }

  /** The number by which `/proc/self/fd` leads to what is at an entry, until it is `forgotten`. */
  describe(link: Link): number {
    this.#lastDescriptor += 1;
    this.#openLinks.set(this.#lastDescriptor, link);
    return this.#lastDescriptor;
  }

  /** A number of `describe` leads nowhere any more. */
  forget(descriptor: number): void {
    this.#openLinks.delete(descriptor);
  }

  /**
   * The path without `/proc/self/fd/N`, as Linux has it: what is open there, wherever it stands by now. An
   * entry that is not on the disk any more has no path; one of the same name is not it.
   */
  truePath(path: DiskPath): DiskPath {
    if (typeof path !== "string" || !path.startsWith(OPEN_FILES)) return path;
    const [number = "", ...rest] = path.slice(OPEN_FILES.length).split("/");
    const link = this.#openLinks.get(Number(number));
    if (link === undefined || !this.parts.tree.isThere(link)) return NOWHERE;
    return [this.parts.tree.pathOf(link), ...rest.filter((name) => name !== ".")].join("/");
  }

  /** Notes that the session holds a node open. */
  opened(node: DiskNode): void {
    this.#openNodes.add(node);
  }

  /** Gives a node up that was `opened`. */
  closed(node: DiskNode): void {
    if (this.#openNodes.delete(node)) this.parts.tree.release(node);
  }

  /** The process is gone: no call answers any more and its files are closed. What it wrote stays. */
  kill(): void {
    this.#killed = true;
    for (const node of this.#openNodes) this.closed(node);
  }

  /** Files held open, folders not counted. */
  get openCount(): number {
    let count = 0;
    for (const { kind } of this.#openNodes) if (kind !== "folder") count += 1;
    return count;
  }

  // Windows reports a denied access as "not permitted".
  #reported(code: DiskErrorCode): DiskErrorCode {
    return code === "EACCES" && this.parts.tree.style.kind === "windows" ? "EPERM" : code;
  }

  #wait(delayMs: number): Promise<void> {
    return new Promise((resolve) => {
      this.parts.timers.setTimer(delayMs, resolve);
    });
  }

  #tell(call: DiskCall, outcome: string): void {
    this.parts.observe({ ...placeOf(call), outcome });
  }
}

const OPEN_FILES = "/proc/self/fd/";

/** A path at which nothing can stand. */
const NOWHERE = "/proc/self/fd/closed/nothing";

function placeOf({ operation, path, dest }: DiskCall): DiskCallPlace {
  return { operation, path: String(path), dest };
}

function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    process.nextTick(resolve);
  });
}
