/* oxlint-disable eslint/no-restricted-globals --
   real time: how long a run takes is seen from outside of its virtual world */
import { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import { message, type Message } from "../../messages/message.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { FaultLayer, Strike } from "../sweep/faults/strike.ts";
import { strikeId } from "../sweep/faults/strike.ts";
import { faultWindows } from "../sweep/faults/struck-scenario.ts";
import { readScenario } from "./read-scenario.ts";
import { isInShard, type Shard } from "./shard.ts";
import type { StrikeOutcome } from "./strike-outcome.ts";
import { WorkerPool } from "./worker-pool.ts";

/** One run of a sweep: one fault at one point of a file, or two at two. */
export interface SweepItem {
  readonly path: string;
  /** Tells it apart from every other one of its file. */
  readonly id: string;
  /** At which point, or points. */
  readonly what: string;
  readonly strikes: readonly Strike[];
}

/** A file of a sweep with all that can strike in it. */
export interface SweptFile {
  readonly path: string;
  readonly pointCount: number;
  readonly strikes: readonly Strike[];
  /** What its scenario violates when nothing strikes. */
  readonly violations: readonly Violation[];
}

/** What of its files a sweep runs. */
export interface FaultSweepPlan {
  readonly files: readonly string[];
  /** Only faults of this layer. Default: of all. */
  readonly layer?: FaultLayer | undefined;
  /** Every so manieth of them, from `first`. Default: every one, from 1. */
  readonly every: number;
  readonly first: number;
  readonly shard: Shard;
  /** How many pairs of faults are tried besides. */
  readonly pairCount: number;
  /** What the pairs follow from. */
  readonly seed: number;
}

interface FaultSweepOptions {
  readonly plan: FaultSweepPlan;
  readonly workerCount: number;
  /** Whether a run was done before, and is not done again. */
  readonly isDone: (item: SweepItem) => boolean;
  /** Asked before each run; once true no more are begun. */
  readonly isOver: () => boolean;
  /** Told of each file once it is known what can strike in it, with how much of that is to be run. */
  readonly onFile: (file: SweptFile, itemCount: number) => void;
  /** Told of each run when it is over. */
  readonly onOutcome: (item: SweepItem, outcome: StrikeOutcome) => void;
}

/** Runs every fault at every point of some files, one at a time, and pairs of them; false when it was ended before. */
export async function runFaultSweep(options: FaultSweepOptions): Promise<boolean> {
  const { plan, workerCount, isDone, isOver, onFile, onOutcome } = options;
  await using pool = new WorkerPool(workerCount);
  const swept: SweptFile[] = [];
  const runAll = async (items: readonly SweepItem[]): Promise<boolean> => {
    const waiting = items.values();
    const work = async (): Promise<boolean> => {
      for (const item of waiting) {
        if (isDone(item)) continue;
        if (isOver()) return false;
        onOutcome(item, await struck(pool, item));
      }
      return true;
    };
    return (await Promise.all(Array.from({ length: workerCount }, work))).every(Boolean);
  };
  let place = 0;
  for (const path of plan.files) {
    const file = await sweptFile(pool, path);
    swept.push(file);
    const items = file.strikes
      .filter(({ point }) => plan.layer === undefined || point.layer === plan.layer)
      .filter(() => {
        place += 1;
        const isChosen = place >= plan.first && (place - plan.first) % plan.every === 0;
        return isChosen && isInShard(plan.shard, place - 1);
      })
      .map((strike) => itemOf(path, [strike]));
    onFile(file, items.length);
    if (!(await runAll(items))) return false;
  }
  const pairs = pairsOf(swept, plan).filter((_, at) => isInShard(plan.shard, at));
  return await runAll(pairs);
}

/** Finds whatever can strike in a file. */
export async function sweptFile(pool: WorkerPool, path: string): Promise<SweptFile> {
  const windows = faultWindows(readScenario(path));
  const answers = await Promise.all(
    windows.map((window) => pool.ask({ kind: "points", path, window })),
  );
  const violations: Violation[] = [];
  const strikes: Strike[] = [];
  let pointCount = 0;
  for (const answer of answers) {
    if (answer.kind === "points") {
      pointCount += answer.pointCount;
      strikes.push(...answer.strikes);
      violations.push(...answer.violations);
    } else if (answer.kind === "died") {
      violations.push(brokeWith(answer.reason));
    }
  }
  return { path, pointCount, strikes, violations };
}

/** Lets the faults of a run strike. */
export async function struck(pool: WorkerPool, item: SweepItem): Promise<StrikeOutcome> {
  const { path, strikes } = item;
  const startMs = performance.now();
  const answer = await pool.ask({ kind: "strike", path, strikes });
  const tookMs = performance.now() - startMs;
  if (answer.kind === "struck") return { ...answer.outcome, tookMs };
  if (answer.kind !== "died") throw new Error("a thread answered something that was not asked");
  return { violations: [brokeWith(answer.reason)], traceHash: "", tookMs };
}

function brokeWith(why: Message): Violation {
  return { invariant: "simulator", message: message("checked-run.thread-broke", { why }) };
}

/** A run of one fault or of two. */
export function itemOf(path: string, strikes: readonly Strike[]): SweepItem {
  return {
    path,
    id: strikes.map(strikeId).join(" & "),
    what: strikes.map(({ point }) => point.what).join(" & "),
    strikes,
  };
}

/** Pairs of faults at two points of one file, which follow from the seed alone. */
function pairsOf(files: readonly SweptFile[], { pairCount, seed }: FaultSweepPlan): SweepItem[] {
  const filled = files.filter(({ strikes }) => strikes.length > 1);
  if (filled.length === 0) return [];
  const random = new SeededRandom(`pairs/${seed}`);
  const items: SweepItem[] = [];
  while (items.length < pairCount) {
    const file = filled[random.int(filled.length)];
    const one = file?.strikes[random.int(file.strikes.length)];
    const other = file?.strikes[random.int(file.strikes.length)];
    if (file === undefined || one === undefined || other === undefined) break;
    if (canBothStrike(one, other)) items.push(itemOf(file.path, [one, other]));
  }
  return items;
}

/** Two points, and a step has room for one fault of the memory. */
function canBothStrike({ point: one }: Strike, { point: other }: Strike): boolean {
  if (one.step !== other.step || one.layer !== other.layer) return true;
  return one.layer !== "memory" && one.number !== other.number;
}
