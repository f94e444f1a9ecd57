import type { SeededRandom } from "../../sim-server/kernel/seeded-random.ts";
import type { Scenario } from "../scenario/scenario.ts";
import { pickOne, type Mutator } from "./mutator.ts";

/** What changes a number, a path or a word of the timeline. */
export const NUMBER_MUTATORS: readonly Mutator[] = [changeNumber, changeNumber, changePath];

/** A member of something in the timeline. */
interface Place<Held> {
  readonly holder: Record<string, unknown>;
  readonly key: string;
  readonly held: Held;
}

/** One number becomes a little more or less, half or double, nothing, or what limits are made of. */
function changeNumber({ timeline }: Scenario, _donor: Scenario, random: SeededRandom): void {
  const place = pickOne(
    random,
    placesOf(timeline, (held) => typeof held === "number"),
  );
  if (place === undefined) return;
  const held = Number(place.held);
  const near = [held + 1, held - 1, held * 2, Math.floor(held / 2), 0, 1, held + random.int(50)];
  const times = [60_000, 3_600_000, 86_400_000, 86_399_000, 300_000, 299_000];
  const isTime = place.key === "ms" || place.key === "byMs";
  place.holder[place.key] = pickOne(random, isTime ? [...near, ...times] : near) ?? held;
}

/** A path of the timeline becomes another one that there is. */
function changePath(
  { timeline, tree, sources }: Scenario,
  _donor: Scenario,
  random: SeededRandom,
): void {
  const place = pickOne(
    random,
    placesOf(timeline, (held, key) => (key === "path" || key === "to") && isBelow(held, sources)),
  );
  const path = pickOne(random, [...Object.keys(tree), ...sources]);
  if (place !== undefined && path !== undefined) place.holder[place.key] = path;
}

function isBelow(path: unknown, sources: readonly string[]): boolean {
  return (
    typeof path === "string" &&
    sources.some((source) => path === source || path.startsWith(`${source}/`))
  );
}

function placesOf(
  data: unknown,
  isWanted: (held: unknown, key: string) => boolean,
): readonly Place<unknown>[] {
  if (typeof data !== "object" || data === null) return [];
  const holder = data as Record<string, unknown>;
  return Object.entries(holder).flatMap(([key, held]) =>
    isWanted(held, key) ? [{ holder, key, held }] : placesOf(held, isWanted),
  );
}
