/**
 * Which of the media types on offer a client wants by its Accept field (RFC 9110 section 12.5.1); the
 * first of them when it has no wish. `undefined` when it takes none.
 */
export function chooseMediaType<T extends string>(
  accept: string | undefined,
  offered: readonly [T, ...T[]],
): T | undefined {
  if (accept === undefined || accept.trim() === "") return offered[0];
  const ranges = accept.split(",").map((text) => parseRange(text));
  let best: { type: T; quality: number } | undefined;
  for (const type of offered) {
    const quality = qualityOf(type, ranges);
    if (quality > 0 && (best === undefined || quality > best.quality)) best = { type, quality };
  }
  return best?.type;
}

interface MediaRange {
  readonly range: string;
  readonly quality: number;
}

function parseRange(text: string): MediaRange {
  const [range = "", ...parameters] = text.split(";").map((part) => part.trim().toLowerCase());
  const q = parameters.find((parameter) => parameter.startsWith("q="));
  const quality = q === undefined ? 1 : Number(q.slice(2));
  return { range, quality: Number.isFinite(quality) ? Math.min(1, Math.max(0, quality)) : 0 };
}

/** The quality of the most specific range that covers a type. */
function qualityOf(type: string, ranges: readonly MediaRange[]): number {
  const family = `${type.split("/", 1)[0]}/*`;
  for (const candidate of [type, family, "*/*"]) {
    const found = ranges.find(({ range }) => range === candidate);
    if (found !== undefined) return found.quality;
  }
  return 0;
}
