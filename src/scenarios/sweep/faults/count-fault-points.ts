import type { FaultMoment, FaultPlace } from "../../observation/fault-moment.ts";
import type { IoPoint } from "../../observation/io-point.ts";
import type { RunRecord } from "../../observation/run-record.ts";
import type { Scenario } from "../../scenario/scenario.ts";
import { runScenario } from "../../simulation/run-scenario.ts";
import { calmScenario, type WindowedScenario } from "./struck-scenario.ts";
import type { FaultPoint, FaultWindow } from "./strike.ts";

/** A point with what a fault needs to name it. */
export interface PlacedPoint extends FaultPoint {
  /** Where in the world; of a point of the process, what it is about to do. */
  readonly at: FaultPlace | { readonly layer: "process"; readonly kind: IoPoint["kind"] };
  /** The how manieth time something happens at that very place in its window. */
  readonly nth: number;
}

/** The points of a window, and what the scenario leaves behind when nothing more strikes. */
export interface CountedWindow {
  readonly record: RunRecord;
  readonly points: readonly PlacedPoint[];
}

/** Runs a scenario to find every point of one window. */
export async function countFaultPoints(
  scenario: Scenario,
  window: FaultWindow,
): Promise<CountedWindow> {
  return runCounting(calmScenario(scenario, window), window);
}

/** Runs a scenario, struck or not, and finds the points of a window in it. */
export async function runCounting(
  { scenario, step }: WindowedScenario,
  window: FaultWindow,
): Promise<CountedWindow> {
  const points: PlacedPoint[] = [];
  const counts = new Map<string, number>();
  const note = (at: PlacedPoint["at"], said: string, elapsedMs: number): void => {
    const nth = (counts.get(said) ?? 0) + 1;
    counts.set(said, nth);
    points.push({
      ...window,
      number: points.length + 1,
      what: `${said} #${nth}`,
      elapsedMs,
      at,
      nth,
    });
  };
  const { layer } = window;
  const inStep = scenario.timeline[step];
  const target = inStep?.do === "restore" ? inStep.to : undefined;
  const record = await runScenario(scenario, {
    keepLines: 0,
    ...(layer === "process"
      ? {
          onIo: (point: IoPoint) => {
            if (point.step !== step) return;
            const { kind, detail, elapsedMs, nth } = point;
            points.push({
              ...window,
              number: nth,
              what: `${kind} ${detail} #${nth}`,
              elapsedMs,
              at: { layer, kind },
              nth,
            });
          },
        }
      : {
          onFaultMoment: (moment: FaultMoment) => {
            if (moment.step !== step || moment.place.layer !== layer) return;
            const place = asScenariosNameIt(moment.place, target);
            note(place, textOf(place), moment.elapsedMs);
          },
        }),
  });
  return { record, points };
}

/** Where a restore goes it uses names that nobody knows beforehand: there calls count by their operation alone. */
function asScenariosNameIt(place: FaultPlace, target: string | undefined): FaultPlace {
  if (place.layer !== "disk" || target === undefined) return place;
  const { layer, operation, path } = place;
  const isThere = path === target || path.startsWith(`${target}/`);
  return isThere ? { layer, operation, path: target, below: true } : place;
}

/** Tells places apart as the faults of their layer do. */
function textOf(place: FaultPlace): string {
  switch (place.layer) {
    case "disk":
      return `${place.operation} ${place.path}${place.below === true ? "/**" : ""}`;
    case "storage":
      return place.partPath === undefined
        ? place.operation
        : `${place.operation} ${place.partPath}`;
    case "network":
      return `connect ${place.host}`;
    case "mail":
      return place.stage;
    case "memory":
      return place.activity;
  }
}
