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
  readonly memory: MemoryGauge;
  readonly tuning: Pick<Tuning, "memoryBudgetBytes">;
  readonly stop: Pick<JobStop<(typeof CAUSES)[Activity]>, "stop">;
}

/** How many items pass between two looks at the gauge. */
const LOOK_EVERY_ITEM_COUNT = 100;

/**
 * Passes items on and looks at the memory gauge before the first and every hundred. Above the
 * budget the job is stopped at once as `out-of-memory` (B-OM, R-OM, DEL-OM), before the host does
 * worse.
 */
export async function* guardMemory<Item, Activity extends MemoryActivity>(
  items: AsyncIterable<readonly Item[]>,
  activity: Activity,
  guard: MemoryGuard<Activity>,
): AsyncGenerator<readonly Item[], void> {
  let untilLook = 0;
  for await (const some of items) {
    if (untilLook <= 0) {
      untilLook = LOOK_EVERY_ITEM_COUNT;
      const budgetBytes = guard.tuning.memoryBudgetBytes;
      const usedBytes = guard.memory.usedBytes(activity);
      if (usedBytes > budgetBytes) {
        const detail = message("run.out-of-memory", { usedBytes, budgetBytes });
        guard.stop.stop({
          failure: failure("out-of-memory", [CAUSES[activity]], detail),
          rest: "at-once",
          trustsIndex: false,
        });
      }
    }
    untilLook -= some.length;
    yield some;
  }
}
