import * as fc from "fast-check";

import type { Pc } from "../../../scenario/pc.ts";
import type { Scenario } from "../../../scenario/scenario.ts";
import type { Step, TypedCaptcha } from "../../../scenario/step.ts";
import { SECOND } from "../directed-scenario.ts";
import { minutes, slotScenario, START_AGAIN } from "./slot-scenario.ts";

const wrong = (times: number): Step => ({ do: "login-wrong", times });
const login = (captcha: TypedCaptcha = "right"): Step => ({ do: "login", captcha });
const mistyped = (captcha: TypedCaptcha = "right"): Step => ({
  do: "login",
  captcha,
  password: "wrong",
});
const END_SESSIONS: Step = { do: "end-sessions" };
/** Closed, not killed: what a process that is cut off asks of the service, nobody can tell for sure. */
const START_ANEW: readonly Step[] = [{ do: "close-tool" }, { do: "start-tool" }];
const write = (seed: number): Step => ({ do: "write", path: SECOND, content: { size: 200, seed } });

/** What may become of a login and its session. Each day has a slot an hour after its begin. */
const DAYS: readonly (readonly Step[])[] = [
  // Two wrong passwords, a login that forgets them, two more, by others and by the person.
  [wrong(2), login("none"), wrong(2), login("none"), wrong(1), login("none"), minutes(90)],
  [mistyped(), mistyped(), login("none"), mistyped(), wrong(1), login("none"), minutes(90)],
  // Three wrong ones: the characters are asked for until they are right.
  ...(["right", "right-in-small-letters"] as const).map((right): readonly Step[] => [
    wrong(3),
    login("none"),
    login("nearly"),
    login("wrong"),
    login(right),
    wrong(2),
    login("none"),
    minutes(90),
  ]),
  [mistyped(), mistyped(), mistyped(), login("late"), login(), minutes(90)],
  [wrong(4), login("used"), mistyped("right-in-small-letters"), login(), wrong(1), login("none")],
  [wrong(3), ...START_ANEW, minutes(90), login("none"), login("right-in-small-letters")],
  // The session ends, once and again in one process; with characters that are asked for the login is lost.
  [
    END_SESSIONS,
    minutes(70),
    write(1),
    END_SESSIONS,
    { do: "backup" },
    END_SESSIONS,
    write(2),
    { do: "backup" },
  ],
  [END_SESSIONS, { do: "backup" }, ...START_ANEW, END_SESSIONS, { do: "backup" }, minutes(90)],
  [wrong(3), END_SESSIONS, minutes(90), minutes(24 * 60), login(), minutes(24 * 60)],
  // The password is another one: the login is lost, and told so until somebody logs in.
  [{ do: "change-service-password" }, minutes(90), minutes(24 * 60), login("none")],
  [
    { do: "change-service-password" },
    { do: "backup" },
    ...START_ANEW,
    minutes(90),
    login("none"),
    write(3),
    END_SESSIONS,
    { do: "backup" },
    { do: "logout" },
    minutes(24 * 60),
    login("none"),
  ],
  // The service is named by its other address, to the tool that runs or beside it, and what comes goes there.
  ...([false, true] as const).map((isBeside): readonly Step[] => [
    { do: "backup" },
    { do: "login", address: "second", isBeside },
    write(4),
    minutes(90),
    { do: "login", address: "first", isBeside },
    write(5),
    { do: "backup" },
    { do: "logout", isBeside },
    minutes(24 * 60),
    { do: "login", address: "second", isBeside },
    END_SESSIONS,
    write(6),
    { do: "backup" },
    { do: "login", address: "first", isBeside },
  ]),
  // Whoever leaves a login that was lost is told nothing more of it.
  [
    { do: "change-service-password" },
    minutes(90),
    { do: "logout" },
    minutes(24 * 60),
    login("none"),
  ],
  // Somebody logs out and in again.
  [{ do: "logout" }, ...START_ANEW, minutes(90), login("none"), { do: "backup" }],
  [{ do: "logout" }, mistyped(), minutes(90), login("none"), END_SESSIONS, { do: "backup" }],
];

/** Somebody is logged in; the next day begins at 09:00. */
const NIGHT: readonly Step[] = [
  ...START_AGAIN,
  login(),
  { do: "wait", until: "09:00", ms: 17_137 },
];

const KINDS = fc.constantFrom<Pc["kind"]>("windows-11", "macos", "linux");

/** All that may become of a login, each on a day of its own, in any order. */
export const daysOfLogins: fc.Arbitrary<Scenario> = slotScenario(
  fc
    .tuple(
      KINDS,
      fc.shuffledSubarray([...DAYS], { minLength: DAYS.length, maxLength: DAYS.length }),
    )
    .map(([kind, days]) => ({ kind, timeline: days.flatMap((day) => [...day, ...NIGHT]) })),
);
