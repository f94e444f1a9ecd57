import type { Scenario } from "../scenario/scenario.ts";
import type { Step } from "../scenario/step.ts";

/** A scenario without one of its sources and what is in it; steps about that one go, those behind it are renumbered. */
export function withoutSource(scenario: Scenario, dropped: number): Scenario {
  const root = scenario.sources[dropped] ?? "";
  const renumbered = (source: number): number => (source > dropped ? source - 1 : source);
  const pc =
    scenario.pc?.networkSources === undefined
      ? scenario.pc
      : {
          ...scenario.pc,
          networkSources: scenario.pc.networkSources.filter((at) => at !== dropped).map(renumbered),
        };
  return {
    ...scenario,
    ...(pc && { pc }),
    sources: scenario.sources.filter((_, at) => at !== dropped),
    tree: Object.fromEntries(
      Object.entries(scenario.tree).filter(([path]) => !`${path}/`.startsWith(`${root}/`)),
    ),
    timeline: scenario.timeline.flatMap((step): readonly Step[] => {
      if (step.do === "backup" && step.sources !== undefined) {
        const sources = step.sources.filter((at) => at !== dropped).map(renumbered);
        return sources.length === 0 ? [] : [{ ...step, sources }];
      }
      if (step.do === "restore") {
        const { from } = step;
        if (from.source === dropped) return [];
        return [{ ...step, from: { ...from, source: renumbered(from.source) } }];
      }
      if (!("source" in step)) return [step];
      return step.source === dropped ? [] : [{ ...step, source: renumbered(step.source) }];
    }),
  };
}
