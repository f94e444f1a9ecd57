/** One of several parts of a series: together they are the whole, and no run is in two of them. */
export interface Shard {
  /** Which part, from 1. */
  readonly index: number;
  /** How many parts there are. */
  readonly count: number;
}

/** The whole series as the only part. */
export const WHOLE: Shard = { index: 1, count: 1 };

/** Whether the part has the run at a place of the series, from 0. Neighbours go to different parts, so that all take about as long. */
export function isInShard({ index, count }: Shard, place: number): boolean {
  return place % count === index - 1;
}

/**
 * Which part is meant by `2/8`, by `auto` or by `auto/8`. `auto` asks the environment: GitLab's `CI_NODE_INDEX` (from 1)
 * and `CI_NODE_TOTAL`, or the `JOB_COMPLETION_INDEX` (from 0) of an indexed job of Kubernetes, which does not tell how many
 * there are, so that `auto/8` says it. Undefined where none is meant or the environment says nothing.
 */
export function shardOf(
  text: string,
  environment: Readonly<Record<string, string | undefined>>,
): Shard | undefined {
  const [part = "", total, ...rest] = text.split("/");
  if (rest.length > 0) return undefined;
  const given = part === "auto" ? indexIn(environment) : wholeNumber(part);
  const count = wholeNumber(total ?? (part === "auto" ? environment["CI_NODE_TOTAL"] : undefined));
  if (given === undefined || count === undefined) return undefined;
  return given >= 1 && given <= count ? { index: given, count } : undefined;
}

function indexIn(environment: Readonly<Record<string, string | undefined>>): number | undefined {
  const completion = wholeNumber(environment["JOB_COMPLETION_INDEX"]);
  return (
    wholeNumber(environment["CI_NODE_INDEX"]) ??
    (completion === undefined ? undefined : completion + 1)
  );
}

function wholeNumber(text: string | undefined): number | undefined {
  return text !== undefined && /^\d{1,6}$/.test(text) ? Number(text) : undefined;
}
