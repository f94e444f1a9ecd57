import type { Scenario } from "../scenario/scenario.ts";
import type { RunRecord } from "../observation/run-record.ts";
import type { FaultMoment } from "../observation/fault-moment.ts";
import type { IoPoint } from "../observation/io-point.ts";
import { Simulation } from "./simulation.ts";
import { recordOf } from "./record-of.ts";
import { browse } from "./steps/browse.ts";
import { heal } from "./steps/heal.ts";
import { setUp } from "./steps/set-up.ts";
import { takeStep } from "./steps/take-step.ts";

/** Virtual milliseconds beyond its own after which a scenario counts as never ending: 5 days. */
const VIRTUAL_LIMIT_MS = 5 * 24 * 3_600_000;

/** How a scenario is run. */
export interface RunOptions {
  /** Trace lines to keep. Default: the newest 400. */
  readonly keepLines?: number;
  /** Called with each point of I/O in steps that have disturbances, be it an empty list. */
  readonly onIo?: (point: IoPoint) => void;
  /** Called with each moment at which a fault of the step under way could strike, whether or not one does. */
  readonly onFaultMoment?: (moment: FaultMoment) => void;
  /** Timers fired plus steps taken, beyond which a run counts as never ending. Default: the driver's. */
  readonly eventBudget?: number;
}

/**
 * Runs a scenario, from the first login to the last healing backup, and gives back all that
 * the laws are judged on. Never rejects for what the agent does; only a scenario that is no
 * scenario, or a broken simulator, throws.
 */
export async function runScenario(
  scenario: Scenario,
  options: RunOptions = {},
): Promise<RunRecord> {
  using simulation = new Simulation(scenario, { keepLines: 400, ...options });
  const verdict = await simulation.world.driver.run(
    async () => {
      await setUp(simulation);
      for (const [number, step] of scenario.timeline.entries())
        await takeStep(simulation, step, number);
      await heal(simulation);
      await browse(simulation);
      simulation.lookAtSettings();
      noteUnusedSchedule(simulation);
    },
    { virtualLimitMs: VIRTUAL_LIMIT_MS + lengthMs(scenario), ...budgetOf(options) },
  );
  return recordOf(simulation, verdict);
}

function budgetOf({ eventBudget }: RunOptions): { readonly eventBudget?: number } {
  return eventBudget === undefined ? {} : { eventBudget };
}

/** A schedule with no row of a slot by the end, not even of one that did not run. */
function noteUnusedSchedule({ scenario, pc, slots, inert }: Simulation): void {
  if (scenario.schedule === undefined || pc === undefined || slots.rowCount > 0) return;
  inert.note(["schedule"], { code: "no-slot" });
}

const DAY_MS = 24 * 3_600_000;

/** How long a scenario lets time pass at most. */
function lengthMs({ timeline }: Scenario): number {
  return timeline.reduce((sum, step) => {
    if (step.do === "use-service")
      return step.acts.reduce((ms, act) => (act.do === "wait" ? ms + act.ms : ms), sum);
    if (step.do !== "wait") return sum;
    return sum + step.ms + (step.until === undefined ? 0 : 2 * DAY_MS);
  }, 0);
}
