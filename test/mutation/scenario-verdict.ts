import { renderMessage } from "../../src/messages/render-message.ts";
import { judgedAs } from "../../src/scenarios/checkers/shared/violation.ts";
import type { Coverage } from "./coverage.ts";
import type { Mutant } from "./mutant.ts";
import type { PooledScenario } from "./scenario-pool.ts";
import type { ScenarioWorker } from "./scenario-worker.ts";

/**
 * What the scenarios make of a mutant. `killed`: a law broke. `stuck`: a run did not end, be it in virtual time, in
 * events, in memory or in processor time. `broke`: the harness failed, which a series says too, but of which no law
 * tells. `survived`: no run differed from what is allowed. `not-reached`: no scenario comes there.
 */
export type VerdictKind = "killed" | "stuck" | "broke" | "survived" | "not-reached";

/** A line of the file of verdicts. */
export interface ScenarioVerdict {
  readonly key: string;
  readonly kind: VerdictKind;
  /** The scenario in which it was noticed. */
  readonly by?: string;
  /** What was violated there, as `law: what`. */
  readonly because?: string;
  readonly runCount: number;
  /** Runs that left another trace than without the mutant: of a survivor 0 says that it never did anything. */
  readonly differentCount: number;
  readonly cpuMs: number;
}

/** A mutant that is reached so often is in a loop. No scenario of the series reaches one a tenth as often. */
const HIT_COUNT_MAX = 2_000_000;

/** What a mutant has to live through. */
export interface Trial {
  readonly mutant: Mutant;
  /** Numbers in the pool, in the order in which they are tried. */
  readonly scenarios: readonly number[];
}

/** Lives scenarios with a mutant until one notices it. The worker has to be one for this mutant where it is at load. */
export async function judgeByScenarios(
  { mutant, scenarios }: Trial,
  pool: readonly PooledScenario[],
  coverage: Coverage,
  worker: ScenarioWorker,
): Promise<ScenarioVerdict> {
  const { key } = mutant;
  let runCount = 0;
  let differentCount = 0;
  let cpuMs = 0;
  const verdict = (kind: VerdictKind, by?: string, because?: string): ScenarioVerdict => ({
    key,
    kind,
    ...(by === undefined ? {} : { by }),
    ...(because === undefined ? {} : { because: because.slice(0, 300) }),
    runCount,
    differentCount,
    cpuMs: Math.round(cpuMs),
  });
  for (const at of scenarios) {
    const pooled = pool[at];
    if (pooled === undefined) continue;
    const end = await worker.live({
      scenario: pooled.scenario,
      activeMutant: mutant.id,
      hitCountMax: HIT_COUNT_MAX,
    });
    runCount += 1;
    cpuMs += end.cpuMs;
    if (end.kind !== "lived") return verdict(end.kind, pooled.name, end.reason);
    const { violations, traceHash, isClean } = end.answer;
    if (traceHash !== coverage.scenario(at).traceHash) differentCount += 1;
    const [first] = violations;
    if (first === undefined) continue;
    const judged = judgedAs(violations);
    const kind = judged === "law-broken" ? "killed" : isClean ? "broke" : "stuck";
    const told = violations.find(({ invariant }) => !/^(checker|simulator)$/.test(invariant));
    const { invariant, message } = told ?? first;
    return verdict(kind, pooled.name, `${invariant}: ${renderMessage(message, "en")}`);
  }
  return verdict(runCount === 0 ? "not-reached" : "survived");
}
