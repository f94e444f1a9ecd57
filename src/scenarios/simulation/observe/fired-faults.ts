import type { World } from "../../../sim-server/world.ts";
import type { FiredFault } from "../../scenario/fired-fault.ts";
import type { StepFacts } from "./step-facts.ts";

/** How often each fault of the step has struck by now. */
export function firedFaults(
  world: World,
  { faults, outageBegan }: Pick<StepFacts, "faults" | "outageBegan">,
): readonly FiredFault[] {
  const count = (layer: FiredFault["layer"], hitCounts: readonly number[]): FiredFault[] =>
    hitCounts.map((hitCount, index) => ({ layer, index, hitCount }));
  return [
    ...count(
      "network",
      faults.network === undefined
        ? []
        : world.network.faults.list().map(({ hitCount }) => hitCount),
    ),
    ...count("outage", faults.outage === undefined ? [] : [outageBegan() ? 1 : 0]),
    ...count(
      "storage",
      world.service.faults.list().map(({ hitCount }) => hitCount),
    ),
    ...count(
      "disk",
      faults.disk === undefined ? [] : world.disk.faults.list().map(({ hitCount }) => hitCount),
    ),
    ...count(
      "memory",
      faults.memory === undefined ? [] : world.memory.faults.list().map(({ hitCount }) => hitCount),
    ),
  ];
}

/** What struck since an earlier count. */
export function firedSince(
  now: readonly FiredFault[],
  before: readonly FiredFault[],
): FiredFault[] {
  return now.map((fired) => {
    // An outage that began before the job is still there.
    if (fired.layer === "outage") return fired;
    const earlier = before.find(
      ({ layer, index }) => layer === fired.layer && index === fired.index,
    );
    return { ...fired, hitCount: fired.hitCount - (earlier?.hitCount ?? 0) };
  });
}
