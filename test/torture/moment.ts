import { watch } from "node:fs";

import type { SeededRandom } from "../../src/sim-server/kernel/seeded-random.ts";
import type { RunningCommand } from "../e2e/support/own-command.ts";
import type { TortureWorld } from "./torture-world.ts";

/** When a command is killed. */
export type Moment =
  /** After this share of the time such a command usually takes. */
  | { readonly at: "time"; readonly share: number }
  /** So long after the nth request came to the service, or its answer was handed over. */
  | { readonly at: "request" | "answer"; readonly nth: number; readonly afterMs: number }
  /** When it has printed its nth line. */
  | { readonly at: "line"; readonly nth: number }
  /** When its database was written to for the nth time. */
  | { readonly at: "write"; readonly nth: number };

/** Before that, a command does nothing but load its own code. */
const EARLIEST_SHARE = 0.25;

/** Draws a moment for a command that talks to the service, or for one that does not. */
export function drawMoment(random: SeededRandom, talks: boolean): Moment {
  const kind = random.int(talks ? 10 : 6);
  const afterMs = random.int(4) === 0 ? random.int(30) : 0;
  if (kind < 3)
    return { at: "time", share: EARLIEST_SHARE + (1 - EARLIEST_SHARE) * random.random() };
  if (kind < 5) return { at: "write", nth: 1 + random.int(talks ? 40 : 6) };
  if (kind === 5) return { at: "line", nth: 1 + random.int(talks ? 12 : 1) };
  return { at: kind < 8 ? "request" : "answer", nth: 1 + random.int(14), afterMs };
}

/** Kills a command when its moment comes; the returned function ends the waiting for it. */
export function killAt(
  moment: Moment,
  { running, world, usualMs }: { running: RunningCommand; world: TortureWorld; usualMs: number },
): () => void {
  let count = 0;
  const timers: NodeJS.Timeout[] = [];
  const kill = (): void => void running.kill();
  const countTo = (nth: number, then: () => void): void => {
    count += 1;
    if (count === nth) then();
  };
  const stops = [(): void => timers.forEach((timer) => clearTimeout(timer))];
  if (moment.at === "time") {
    timers.push(setTimeout(kill, moment.share * usualMs));
  } else if (moment.at === "line") {
    running.process.stdout?.on("data", (text: string) => {
      for (const character of text) if (character === "\n") countTo(moment.nth, kill);
    });
  } else if (moment.at === "write") {
    const watcher = watch(world.homePath, (_event, name) => {
      if (name === "agent.db-wal") countTo(moment.nth, kill);
    });
    stops.push(() => watcher.close());
  } else {
    const { at, nth, afterMs } = moment;
    world.onExchange = (exchange) => {
      if (exchange !== at) return;
      countTo(nth, () => {
        // At once is before the service so much as looks at it.
        if (afterMs === 0) kill();
        else timers.push(setTimeout(kill, afterMs));
      });
    };
    stops.push(() => {
      world.onExchange = () => undefined;
    });
  }
  return () => {
    for (const stop of stops) stop();
  };
}
