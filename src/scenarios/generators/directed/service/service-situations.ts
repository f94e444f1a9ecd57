import * as fc from "fast-check";

import type { ServiceAct } from "../../../scenario/service-act.ts";
import type { Step } from "../../../scenario/step.ts";
import {
  SERVICE_THEMES,
  serviceActsArbitrary,
  type ServiceTheme,
} from "../../service/service-acts.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { PLACES_TAKEN_BACK } from "./places-taken-back.ts";
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

/** The program of a customer goes on with everything behind restarts of the service, in the middle of whatever it is busy with. */
function restarted(name: string, themes: readonly ServiceTheme[]): DirectedGenerator {
  const turn = fc
    .tuple(
      serviceActsArbitrary(themes, STRETCH_COUNT_MAX),
      fc.uniqueArray(fc.nat({ max: 60 }), { minLength: 2, maxLength: 5 }),
    )
    .map(([acts, places]): Step => ({
      do: "use-service",
      acts: acts.flatMap((act, at): ServiceAct[] =>
        places.includes(at) ? [{ do: "restart-service" }, act] : [act],
      ),
    }));
  const arbitrary = fc
    .tuple(surroundingsArbitrary(false), turn, turn)
    .map(([around, first, second]) =>
      directedScenario(around, {
        timeline: [first, { do: "backup" }, { do: "restart-service" }, second, { do: "backup" }],
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
  PLACES_TAKEN_BACK,
  situation("the service is asked about everything", SERVICE_THEMES, fc.boolean()),
  restarted("the service is started again", SERVICE_THEMES),
  restarted("the service is started again while uploads are on their way", ["uploads", "capacity"]),
];
