import { failure } from "../core/file-outcome.ts";
import type { CauseId } from "../../protocol/causes/causes.ts";
import type { MemoryActivity, MemoryGauge } from "../ports/memory.ts";
import type { Tuning } from "../tuning.ts";
import type { JobStop } from "./job-stop.ts";
import { message } from "../../messages/message.ts";

const CAUSES = {
  scan: "B-OM-1",
  compare: "B-OM-2",
  restore: "R-OM-1",
  delete: "DEL-OM-1",
} as const satisfies Record<MemoryActivity, CauseId>;

interface MemoryGuard<Activity extends MemoryActivity> {
  readonly memory: Pick<MemoryGauge, "usedBytes" | "allowedBytes">;
  readonly tuning: Pick<Tuning, "memoryBudgetBytes">;
  readonly stop: Pick<JobStop<(typeof CAUSES)[Activity]>, "stop">;
}

/** How many items pass between two looks at the gauge. */
const LOOK_EVERY_ITEM_COUNT = 100;

/**
 * Looks at the memory gauge. Above the agent's budget, or above what the PC allows, the job is stopped at
 * once as `out-of-memory` (B-OM, R-OM, DEL-OM), before the host does worse.
 */
export function lookAtMemory<Activity extends MemoryActivity>(
  activity: Activity,
  { memory, tuning, stop }: MemoryGuard<Activity>,
): void {
  const budgetBytes = Math.min(tuning.memoryBudgetBytes, memory.allowedBytes());
  const usedBytes = memory.usedBytes(activity);
  if (usedBytes <= budgetBytes) return;
  const detail = message("run.out-of-memory", { usedBytes, budgetBytes });
  stop.stop({
    failure: failure("out-of-memory", [CAUSES[activity]], detail),
    rest: "at-once",
    trustsIndex: false,
  });
}

/** Passes items on and looks at the memory gauge before the first and every hundred. */
export async function* guardMemory<Item, Activity extends MemoryActivity>(
  items: AsyncIterable<readonly Item[]>,
  activity: Activity,
  guard: MemoryGuard<Activity>,
): AsyncGenerator<readonly Item[], void> {
  let untilLook = 0;
  for await (const some of items) {
    if (untilLook <= 0) {
      untilLook = LOOK_EVERY_ITEM_COUNT;
      lookAtMemory(activity, guard);
    }
    untilLook -= some.length;
    yield some;
  }
}
