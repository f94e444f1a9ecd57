import { message, type Message } from "../../messages/message.ts";
import type { LifeOutcome } from "./life-outcome.ts";

/** At most so many differences are told. */
const TOLD_COUNT_MAX = 5;

/** In what two lives differ that ought to come to the same. */
export function compareOutcomes(one: LifeOutcome, other: LifeOutcome): readonly Message[] {
  const differences = [
    ...listDifferences("jobs", one.jobs, other.jobs),
    ...one.rows.flatMap((rows, at) =>
      listDifferences(`rows of job ${at + 1}`, rows, other.rows[at] ?? []),
    ),
    ...mapDifferences("service", asText(one.files), asText(other.files)),
    ...mapDifferences("service", asMap(one.folders), asMap(other.folders)),
    ...mapDifferences("restored", one.restored, other.restored),
  ];
  return differences.slice(0, TOLD_COUNT_MAX);
}

function asText(files: ReadonlyMap<string, readonly string[]>): ReadonlyMap<string, string> {
  return new Map([...files].map(([path, generations]) => [path, generations.join(", ")]));
}

function asMap(names: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map([...names].map((name) => [name, "folder"]));
}

function listDifferences(
  place: string,
  one: readonly string[],
  other: readonly string[],
): readonly Message[] {
  const length = Math.max(one.length, other.length);
  return Array.from({ length }, (_, at) => at).flatMap((at) =>
    one[at] === other[at] ? [] : [difference(`${place}, ${at + 1}`, one[at], other[at])],
  );
}

function mapDifferences(
  place: string,
  one: ReadonlyMap<string, string>,
  other: ReadonlyMap<string, string>,
): readonly Message[] {
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((path) => {
    const [here, there] = [one.get(path), other.get(path)];
    return here === there ? [] : [difference(`${place}: ${path}`, here, there)];
  });
}

function difference(place: string, one = "-", other = "-"): Message {
  return message("checked-run.relation", { place, one, other });
}
