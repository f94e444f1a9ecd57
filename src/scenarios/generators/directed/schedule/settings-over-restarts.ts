import * as fc from "fast-check";

import { EVERY_DAY } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step } from "../../../scenario/step.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";

const MAIL = { to: ["boss@office.example"], secure: false, port: 25 } as const;

/** Each thing that a person can set, one way and another; every change on its own. */
const CHANGES: readonly (readonly Step[])[] = [
  ...[true, false].flatMap((isOn): (readonly Step[])[] => [
    [{ do: "settings", includeHidden: isOn }],
    [{ do: "settings", compareUpload: isOn }],
    [{ do: "settings", compareDelete: isOn }],
    [{ do: "settings", usageNotice: isOn }],
    [{ do: "automatic-backup", isOn }],
    [{ do: "switch-mail", isOn }],
  ]),
  [{ do: "settings", deviceName: "経理のPC" }],
  [{ do: "settings", deviceName: "PC-1", compareUpload: true, compareDelete: true }],
  [{ do: "set-schedule", weekdays: [1, 3], time: "21:30" }],
  [{ do: "set-schedule", weekdays: EVERY_DAY, time: "00:00" }],
  [{ do: "set-mail", ...MAIL, to: [...MAIL.to] }],
  [
    { do: "set-mail", ...MAIL, to: ["owner@office.example", "boss@office.example"] },
    { do: "test-mail" },
  ],
  [{ do: "confirm-mail" }],
  [{ do: "logout" }],
  [{ do: "login" }],
  [{ do: "register-task", password: "right" }],
  [{ do: "remove-task" }],
];

const RESTARTS = fc.constantFrom<readonly Step[]>(
  [{ do: "close-tool" }, { do: "start-tool" }],
  [{ do: "kill-tool" }, { do: "start-tool" }],
  [{ do: "lose-power" }, ...START_AGAIN],
  [{ do: "shut-down" }, ...START_AGAIN],
);

/** Every setting is changed, each behind a restart of the tool, in any order: what a person set stays, and nothing else changes. */
export const settingsOverRestarts: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      fc.shuffledSubarray([...CHANGES], { minLength: CHANGES.length, maxLength: CHANGES.length }),
      fc.array(RESTARTS, { minLength: CHANGES.length, maxLength: CHANGES.length }),
    )
    .map(([changes, restarts]) => ({
      mail: { to: ["owner@office.example"], secure: true, port: 465 as const },
      timeline: [
        ...changes.flatMap((change, index): readonly Step[] => [
          ...change,
          ...(restarts[index] ?? []),
          minutes(7),
          { do: "look" },
        ]),
        { do: "login" },
      ],
    })),
);
