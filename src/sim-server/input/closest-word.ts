/** The word of a list that is nearest to what was written; undefined when none is near enough to be meant. */
export function closestWord(written: string, words: readonly string[]): string | undefined {
  const distanceMax = Math.max(1, Math.floor(written.length / 3));
  let best: { readonly word: string; readonly distance: number } | undefined;
  for (const word of words) {
    if (Math.abs(word.length - written.length) > distanceMax) continue;
    const distance = editDistance(written.toLowerCase(), word.toLowerCase());
    if (distance <= distanceMax && distance < (best?.distance ?? Infinity))
      best = { word, distance };
  }
  return best?.word;
}

/** Letters to insert, delete, replace, or exchange with their neighbour (optimal string alignment). */
function editDistance(one: string, other: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let row = 1; row <= one.length; row += 1) {
    const now = [row];
    for (let at = 1; at <= other.length; at += 1) {
      const cost = one[row - 1] === other[at - 1] ? 0 : 1;
      const costs = [(last[at] ?? 0) + 1, (now[at - 1] ?? 0) + 1, (last[at - 1] ?? 0) + cost];
      if (row > 1 && at > 1 && one[row - 1] === other[at - 2] && one[row - 2] === other[at - 1]) {
        costs.push((beforeLast[at - 2] ?? 0) + 1);
      }
      now.push(Math.min(...costs));
    }
    beforeLast = last;
    last = now;
  }
  return last[other.length] ?? 0;
}
