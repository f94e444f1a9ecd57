import * as fc from "fast-check";

import type { ServiceAct } from "../../../scenario/service-act.ts";
import type { Step } from "../../../scenario/step.ts";
import type { DirectedGenerator } from "../directed-generator.ts";
import { directedScenario, surroundingsArbitrary } from "../directed-scenario.ts";

const FOLDER = "a";

const put = (path: string, seed: number, place?: string): ServiceAct => ({
  do: "put-file",
  path,
  content: { size: 7, seed },
  modifiedAtNs: String(seed),
  ...(place !== undefined && { place }),
});

/** What names a folder by its tag. */
const NAMING: readonly ServiceAct[] = [
  put(`${FOLDER}/new`, 1, FOLDER),
  { do: "make-folder", path: `${FOLDER}/made`, place: FOLDER },
  { do: "read-file", path: `${FOLDER}/old`, place: FOLDER },
  { do: "delete-file", path: `${FOLDER}/old`, place: FOLDER },
  { do: "look-at-folder", path: FOLDER, place: FOLDER },
  {
    do: "batch",
    parts: [
      { kind: "file", path: `${FOLDER}/one`, content: { size: 1, seed: 1 }, modifiedAtNs: "1" },
      { kind: "folder", path: `${FOLDER}/two` },
    ],
    place: FOLDER,
  },
  {
    do: "begin-upload",
    path: `${FOLDER}/large`,
    content: { size: 50, seed: 2 },
    modifiedAtNs: "2",
    firstBytes: 0,
    isWhole: true,
    place: FOLDER,
  },
];

/**
 * A folder's tag, which a program was told of a state that the operator takes back, or of the state that is kept. Then it
 * names the folder by it: at once, and once the contract went through more changes than it had when the tag was told.
 */
export const PLACES_TAKEN_BACK: DirectedGenerator = {
  name: "a place is named that was taken back",
  topic: "backup",
  arbitrary: fc
    .record({
      around: surroundingsArbitrary(false),
      changesBefore: fc.nat({ max: 3 }),
      changesBehind: fc.constantFrom(0, 1, 2, 9),
      namings: fc.shuffledSubarray([...NAMING], { minLength: NAMING.length }),
      lateNamings: fc.shuffledSubarray([...NAMING], { minLength: NAMING.length }),
    })
    .map(({ around, changesBefore, changesBehind, namings, lateNamings }) => {
      const changes = (count: number, from: number): ServiceAct[] =>
        Array.from({ length: count }, (_, at) => put("beside", from + at));
      const look: ServiceAct = { do: "look-at-folder", path: FOLDER };
      const use = (acts: readonly ServiceAct[]): Step => ({ do: "use-service", acts: [...acts] });
      return directedScenario(around, {
        timeline: [
          use([put(`${FOLDER}/old`, 0), look]),
          { do: "save-service" },
          use([...changes(changesBefore, 10), look]),
          { do: "restore-service" },
          use([...namings, ...changes(changesBehind, 30), ...lateNamings]),
          use([look, ...namings, { do: "look-at-all" }]),
        ],
      });
    }),
};
