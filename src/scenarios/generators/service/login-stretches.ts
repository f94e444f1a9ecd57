import * as fc from "fast-check";

import type { ServiceAct } from "../../scenario/service-act.ts";
import type { ActOf } from "./act-parts.ts";
import type { ActsStretch } from "./stretches.ts";

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;

const usage: ServiceAct = { do: "usage" };
const wait = (ms: number): ServiceAct => ({ do: "wait", ms });

/** A session up to the last second in which it is good and beyond: idle, and so busy that it ends by its age. */
export const sessionEnds: ActsStretch = fc
  .shuffledSubarray([-SECOND_MS, 0, 30 * SECOND_MS], { minLength: 3, maxLength: 3 })
  .map((beyond): ServiceAct[] => [
    ...beyond.flatMap((ms) => [usage, wait(30 * MINUTE_MS + ms), usage]),
    { do: "log-out" },
    logIn("right", "right"),
    ...Array.from({ length: 23 }, () => [usage, wait(30 * MINUTE_MS - SECOND_MS)]).flat(),
    usage,
    wait(30 * MINUTE_MS - SECOND_MS),
    // Of twelve hours 24 seconds are left, but for what the requests took.
    usage,
    wait(20 * SECOND_MS),
    usage,
    wait(10 * SECOND_MS),
    usage,
  ]);

/**
 * Images that are worth nothing any more though their characters are right: answered once with a wrong password, or
 * with wrong characters; shown before a login; the oldest of five. Between them one that is good.
 */
export const spentImages: ActsStretch = fc
  .tuple(
    fc.shuffledSubarray(["used", "mistyped", "before-login", "fifth"] as const, { minLength: 4 }),
    fc.constantFrom<"right" | "small">("right", "small"),
  )
  .map(([ways, typed]) => {
    const shown = logIn("right", "none");
    const again = logIn("right", typed);
    const acts: Readonly<Record<(typeof ways)[number], readonly ServiceAct[]>> = {
      used: [shown, logIn("wrong", typed), again],
      mistyped: [shown, logIn("right", "wrong"), { ...again, imagesBack: 1 }],
      "before-login": [shown, shown, again, ...WRONG_PASSWORDS, { ...again, imagesBack: 1 }],
      fifth: [shown, shown, shown, shown, shown, { ...again, imagesBack: 4 }],
    };
    return ways.flatMap((way) => [...WRONG_PASSWORDS, ...acts[way], again, usage]);
  });

function logIn(
  password: ActOf<"log-in">["password"],
  captcha: ActOf<"log-in">["captcha"],
): ActOf<"log-in"> {
  return { do: "log-in", password, captcha };
}

const WRONG_PASSWORDS = Array.from({ length: 3 }, () => logIn("wrong", "none"));
