import * as fc from "fast-check";

import type { Step } from "../../../scenario/step.ts";
import {
  SERVICE_THEMES,
  serviceActsArbitrary,
  type ServiceTheme,
} from "../../service/service-acts.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { directedScenario, surroundingsArbitrary } from "../directed-scenario.ts";

/** Stretches of one turn. */
const STRETCH_COUNT_MAX = 6;

/** Another customer's program uses the service; between two of its turns the operator may put the service back. */
function situation(
  name: string,
  themes: readonly ServiceTheme[],
  isPutBack: fc.Arbitrary<boolean>,
): DirectedGenerator {
  const turn = serviceActsArbitrary(themes, STRETCH_COUNT_MAX).map((acts): Step => ({
    do: "use-service",
    acts,
  }));
  const arbitrary = fc
    .tuple(surroundingsArbitrary(false), fc.tuple(turn, turn, turn), isPutBack)
    .map(([around, [first, second, third], isBack]) =>
      directedScenario(around, {
        timeline: isBack
          ? [first, { do: "save-service" }, second, { do: "restore-service" }, third]
          : [first, { do: "backup" }, second, third],
      }),
    );
  return { name, topic: "backup", arbitrary };
}

/** Situations about what the service tells a customer, each with other things that it is asked for. */
export const SERVICE_SITUATIONS: readonly DirectedGenerator[] = [
  ...SERVICE_THEMES.map((theme) =>
    situation(`the service is asked about ${theme}`, [theme], fc.constant(false)),
  ),
  situation("the service is put back", SERVICE_THEMES, fc.constant(true)),
  situation(
    "the service is put back while it is full",
    ["capacity", "generations", "places"],
    fc.constant(true),
  ),
  situation("the service is asked about everything", SERVICE_THEMES, fc.boolean()),
];
