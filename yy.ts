import { plannedRun, scenarioOf } from "./src/scenarios/runs/plan.ts";
import { runAndCheck } from "./src/scenarios/runs/run-one.ts";
for (
  let i = Number(process.argv[2]);
  i < Number(process.argv[3]);
  i += Number(process.argv[4] ?? 1)
) {
  const p = plannedRun(1, i);
  const s = scenarioOf(p);
  if (s.timeline.length > 120) continue;
  const r = await runAndCheck(s);
  for (const v of r.violations.slice(0, 2))
    console.log(i, p.generator, JSON.stringify(v).slice(0, 330));
}
