import * as fc from "fast-check";

import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import type { Tree } from "../../../scenario/tree-node.ts";
import {
  answers,
  onConflict,
  RESTORED_TO,
  restoreScenario,
  restoring,
} from "./restore-scenario.ts";
import { ROOT } from "../directed-scenario.ts";

const STORED: Tree = {
  [`${ROOT}/things/same`]: { content: { size: 200, seed: 20 } },
  [`${ROOT}/things/newer there`]: { content: { size: 201, seed: 29 } },
  [`${ROOT}/things/older there`]: { content: { size: 202, seed: 30 } },
  [`${ROOT}/things/same size`]: { content: { size: 200, seed: 21 } },
  [`${ROOT}/things/longer`]: { content: { size: 900, seed: 22 } },
  [`${ROOT}/things/shorter.txt`]: { content: { size: 20, seed: 23 } },
  [`${ROOT}/things/.profile`]: { content: { size: 60, seed: 50 } },
  [`${ROOT}/things/.profile.old`]: { content: { size: 61, seed: 51 } },
  [`${ROOT}/things/nothing`]: { content: { text: "" } },
  [`${ROOT}/things/numbered.tar.gz`]: { content: { size: 50, seed: 24 } },
  [`${ROOT}/things/a folder there`]: { content: { size: 51, seed: 25 } },
  [`${ROOT}/things/a link there`]: { content: { size: 52, seed: 26 } },
  [`${ROOT}/things/closed`]: { kind: "folder", mode: "0700" },
  [`${ROOT}/things/closed/in it`]: { content: { size: 53, seed: 27 }, mode: "0600" },
  [`${ROOT}/things/hollow`]: { kind: "folder", mode: "2775" },
  [`${ROOT}/things/a file there/below`]: { content: { size: 54, seed: 28 } },
};

/** Something stands at each of their places, and beside them. */
function standing(at: string): Tree {
  return {
    [`${at}/things`]: { kind: "folder", mode: "0750" },
    [`${at}/things/same`]: { content: { size: 200, seed: 20 }, mode: "0600" },
    [`${at}/things/newer there`]: { content: { size: 201, seed: 29 } },
    [`${at}/things/older there`]: { content: { size: 202, seed: 30 } },
    [`${at}/things/same size`]: { content: { size: 200, seed: 31 }, mode: "0640" },
    [`${at}/things/longer`]: { content: { size: 30, seed: 32 } },
    [`${at}/things/shorter.txt`]: { content: { size: 1200, seed: 33 } },
    [`${at}/things/.profile`]: { content: { size: 63, seed: 53 } },
    [`${at}/things/.profile.old`]: { content: { size: 64, seed: 54 } },
    [`${at}/things/nothing`]: { content: { size: 40, seed: 34 } },
    [`${at}/things/numbered.tar.gz`]: { content: { size: 41, seed: 35 } },
    [`${at}/things/numbered.tar (2).gz`]: { content: { size: 42, seed: 36 } },
    [`${at}/things/a folder there/inside`]: { content: { size: 43, seed: 37 } },
    [`${at}/things/a link there`]: { kind: "symbolic-link", to: `${at}/elsewhere` },
    [`${at}/things/closed`]: { kind: "folder", mode: "0777" },
    [`${at}/things/closed/in it`]: { content: { size: 44, seed: 38 }, mode: "0666" },
    [`${at}/things/hollow`]: { kind: "folder", mode: "0700" },
    [`${at}/things/hollow/theirs`]: { content: { size: 45, seed: 39 } },
    [`${at}/things/a file there`]: { content: { size: 46, seed: 40 } },
    [`${at}/things/theirs`]: { content: { size: 47, seed: 41 }, mode: "0604" },
    [`${at}/their folder`]: { kind: "folder", mode: "0711" },
  };
}

const ASKED = `${RESTORED_TO} asked`;

/** All that can stand in the way at once, and each choice about it: a restore for each, one after the other, and two in which a person is asked. */
export const standingTarget: fc.Arbitrary<Scenario> = restoreScenario(
  fc
    .tuple(
      onConflict,
      fc.constantFrom<Scenario["disk"]>("linux", "linux", "macos", "windows"),
      fc.tuple(answers, answers),
    )
    .map(([again, disk, said]) => {
      const choices = ["skip", "keep-both", "overwrite"] as const;
      const places = choices.map((choice) => `${RESTORED_TO} ${choice}`);
      return {
        disk,
        tree: Object.assign({}, STORED, ...[...places, ASKED].map(standing)) as Tree,
        timeline: [
          { do: "touch", path: `${ROOT}/things/older there` },
          { do: "backup" },
          // Of what a person puts there by hand the service knows no mode.
          { do: "put-file", source: 0, path: "things/put there", content: { size: 56, seed: 55 } },
          { do: "replace-file", source: 0, path: "things/closed/in it", content: { text: "new" } },
          ...choices.flatMap((choice, at): Step[] => {
            const to = places[at] ?? RESTORED_TO;
            return [
              { do: "wait", ms: 5000 },
              { do: "touch", path: `${to}/things/newer there` },
              restoring({ to, onConflict: choice }),
              restoring({ to, onConflict: again }),
              restoring({ to, from: { source: 0, path: "things" }, onConflict: choice }),
            ];
          }),
          ...said.map((given) => restoring({ to: ASKED, answers: given })),
        ],
      };
    }),
);
