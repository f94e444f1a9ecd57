/** Where a UTF-16 code unit stands in the order of UTF-8 bytes: surrogates come after U+FFFF. */
function rank(codeUnit: number): number {
  if (codeUnit < 0xd800) return codeUnit;
  return codeUnit < 0xe000 ? codeUnit + 0x2000 : codeUnit - 0x800;
}

/**
 * Orders two texts by their UTF-8 bytes, which is the order of a listing. Differs from `<` only
 * where a character beyond U+FFFF meets one from U+E000 to U+FFFF.
 */
export function comparePathOrder(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return rank(a) - rank(b);
  }
  return left.length - right.length;
}

/** Whether `<` may differ from the order of UTF-8 bytes for a text: only with characters past U+FFFF. */
export function needsPathOrder(text: string): boolean {
  return /[\ud800-\udfff]/.test(text);
}

/** The first index in `sorted` whose key comes after `key`. */
export function upperBound<T>(
  sorted: readonly T[],
  key: string,
  keyOf: (item: T) => string,
): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const item = sorted[middle];
    if (item !== undefined && comparePathOrder(keyOf(item), key) <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
