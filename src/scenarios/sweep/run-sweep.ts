import { checkRun } from "../checkers/check-run.ts";
import type { Violation } from "../checkers/shared/violation.ts";
import type { IoPoint } from "../observation/io-point.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { runScenario } from "../simulation/run-scenario.ts";
import { checkSweptRun } from "./check-swept-run.ts";
import { disturbedAt, isSwept, sweepable } from "./sweepable.ts";
import { message } from "../../messages/message.ts";
import { SpokenError } from "../../messages/spoken-error.ts";

/** How the tool ends at a point: alone, or with the power of its PC. */
export const WAYS_TO_END = ["kill", "power"] as const;

/** One of {@link WAYS_TO_END}. */
export type WayToEnd = (typeof WAYS_TO_END)[number];

/** What each way is called in a scenario. */
const DISTURBANCES = { kill: "kill", power: "power-loss" } as const;

/** What of a scenario is swept. */
export interface SweepOptions {
  /** Default: both. */
  readonly ways?: readonly WayToEnd[];
  /** Every so manieth point, beginning with `first`. Default: every one, from 1. */
  readonly every?: number;
  readonly first?: number;
  /** Told after each crash. */
  readonly onCrash?: (crash: SweptCrash, total: number) => void;
}

/** A point with its number among all points of its scenario, from 1. */
export interface NumberedPoint extends IoPoint {
  readonly number: number;
}

/** A scenario without a crash, and every point at which one can come. */
export interface CountedScenario {
  readonly scenario: Scenario;
  readonly calm: RunRecord;
  readonly points: readonly NumberedPoint[];
}

/** One crash and what did not hold after it. */
export interface SweptCrash {
  readonly way: WayToEnd;
  readonly point: NumberedPoint;
  readonly violations: readonly Violation[];
}

/** The sweep itself is broken: what it says means nothing. */
export class SweepError extends SpokenError {
  override readonly name: string = "SweepError";
}

/**
 * Runs a scenario to count its points of I/O; throws `SweepError` when it violates an invariant without any
 * crash. Points count in the steps that have a list of disturbances, and where none has, in every step that
 * can have one.
 */
export async function countPoints(scenario: Scenario): Promise<CountedScenario> {
  const counted = sweepable(scenario);
  const points: NumberedPoint[] = [];
  const calm = await runScenario(counted, {
    keepLines: 0,
    onIo: (point) => {
      if (isSwept(counted, point.step)) points.push({ number: points.length + 1, ...point });
    },
  });
  const [violation] = checkRun(calm).violations;
  if (violation !== undefined) {
    const { invariant: law, message: what } = violation;
    throw new SweepError(message("harness.violates-calmly", { law, what }));
  }
  return { scenario: counted, calm, points };
}

/** Runs a scenario once for each chosen point of it and each way to end there. */
export async function runSweep(
  counted: CountedScenario,
  options: SweepOptions = {},
): Promise<readonly SweptCrash[]> {
  const { ways = WAYS_TO_END, every = 1, first = 1, onCrash } = options;
  const chosen = counted.points.filter(
    ({ number }) => number >= first && (number - first) % every === 0,
  );
  const crashes: SweptCrash[] = [];
  for (const point of chosen) {
    for (const way of ways) {
      const crash = await crashAt(counted, point, way);
      if (crash === undefined) continue;
      crashes.push(crash);
      onCrash?.(crash, chosen.length * ways.length);
    }
  }
  return crashes;
}

/**
 * Crashes at one point; undefined where nothing can end there, as the power of a PC that hibernates. Throws
 * `SweepError` when it is not reached, or is another one than was counted.
 */
export async function crashAt(
  { scenario, calm }: CountedScenario,
  point: NumberedPoint,
  way: WayToEnd,
): Promise<SweptCrash | undefined> {
  const { step, nth, number } = point;
  const kind = DISTURBANCES[way];
  const disturbance = { when: { at: "io", nth }, what: { do: kind } } as const;
  let struck: IoPoint | undefined;
  const record = await runScenario(disturbedAt(scenario, step, disturbance), {
    keepLines: 0,
    onIo: (reached) => {
      if (reached.step === step && reached.nth === nth) struck = reached;
    },
  });
  // The run up to the crash is the same run, so that its points are too.
  if (struck === undefined || struck.kind !== point.kind || struck.detail !== point.detail) {
    const found =
      struck === undefined ? message("harness.nothing") : `${struck.kind} ${struck.detail}`;
    throw new SweepError(
      message("harness.other-point", { number, wanted: `${point.kind} ${point.detail}`, found }),
    );
  }
  const { elapsedMs } = struck;
  const crash = record.crashes.find((one) => one.elapsedMs === elapsedMs && one.kind === kind);
  if (crash === undefined) {
    if (way === "power" && didNothing(record, step)) return undefined;
    throw new SweepError(message("harness.no-crash", { number }));
  }
  return { way, point, violations: checkSweptRun({ calm, record, step, crash }) };
}

/** Whether what happened last in the list of a step could not be done as things stood. */
function didNothing({ inertParts, scenario }: RunRecord, number: number): boolean {
  const step = scenario.timeline[number];
  const count = step !== undefined && "disturbances" in step ? (step.disturbances ?? []).length : 0;
  const place = ["timeline", number, "disturbances", count - 1].join();
  return inertParts.some(
    ({ path, reason }) => path.join() === place && reason.code === "changed-nothing",
  );
}
