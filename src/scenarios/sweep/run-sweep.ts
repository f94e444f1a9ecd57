import type { IoPoint } from "./io-points.ts";
import { judgeDay, type SweepBreach } from "./judge-day.ts";
import { liveDay, type DayName } from "./sweep-day.ts";
import { CRASH_KINDS, type CrashKind } from "./sweep-pc.ts";

/** What is swept. */
export interface SweepOptions {
  readonly day: DayName;
  /** Default: both. */
  readonly kinds?: readonly CrashKind[];
  /** Every so manieth point, beginning with `first`. Default: every one, from 1. */
  readonly every?: number;
  readonly first?: number;
  /** Told after each crash. */
  readonly onCrash?: (crash: SweptCrash, total: number) => void;
}

/** One crash and what did not hold after it. */
export interface SweptCrash {
  readonly day: DayName;
  readonly kind: CrashKind;
  readonly point: IoPoint;
  readonly breaches: readonly SweepBreach[];
}

/** What came of a sweep. */
export interface SweepResult {
  /** The points of the day, crash or no crash. */
  readonly points: readonly IoPoint[];
  readonly crashes: readonly SweptCrash[];
}

/** The sweep itself is broken: what it says means nothing. */
export class SweepError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "SweepError";
  }
}

/**
 * Lives a day once to count its points of I/O, then once for each point and way to crash there. Throws
 * `SweepError` when the day does not hold without a crash, or when a point is not reached again.
 */
export async function runSweep(options: SweepOptions): Promise<SweepResult> {
  const { day, kinds = CRASH_KINDS, every = 1, first = 1, onCrash } = options;
  const points = await countPoints(day);
  const chosen = points.filter(({ number }) => number >= first && (number - first) % every === 0);
  const crashes: SweptCrash[] = [];
  for (const point of chosen) {
    for (const kind of kinds) {
      const crash = await crashAt(day, point, kind);
      crashes.push(crash);
      onCrash?.(crash, chosen.length * kinds.length);
    }
  }
  return { points, crashes };
}

/** The points of a day that nothing cuts; throws `SweepError` when it breaks a law all the same. */
export async function countPoints(day: DayName): Promise<readonly IoPoint[]> {
  const calm = await liveDay({ day });
  const [breach] = judgeDay(calm);
  if (breach !== undefined) {
    throw new SweepError(`without any crash, ${day} breaks ${breach.law}: ${breach.message}`);
  }
  return calm.points;
}

/** Crashes at one point. */
export async function crashAt(day: DayName, point: IoPoint, kind: CrashKind): Promise<SweptCrash> {
  const record = await liveDay({ day, crash: { point: point.number, kind } });
  const { struck } = record;
  // The day up to the crash is the same day, so that its points are too.
  if (struck === undefined || struck.kind !== point.kind || struck.detail !== point.detail) {
    const found = struck === undefined ? "nothing" : `${struck.kind} ${struck.detail}`;
    throw new SweepError(
      `point ${point.number} of ${day} is ${point.kind} ${point.detail}, and ${found} was reached`,
    );
  }
  if (record.crash?.kind !== kind) throw new SweepError(`point ${point.number} did not crash`);
  return { day, kind, point, breaches: judgeDay(record) };
}
