/**
 * Index keys: the path below the source folder, names joined by `/`, a folder's key ending in `/`.
 * With that ending, walking a tree folder by folder in order of name yields keys in the order of
 * their UTF-8 bytes, which is how SQLite's BINARY collation orders TEXT. Scan and index can then be
 * merged with one step forward on either side and no look-ups.
 */

// UTF-16 units order surrogates (code points from U+10000) before U+E000..U+FFFF; UTF-8 does not.
function utf8Rank(unit: number): number {
  if (unit >= 0xe000) return unit - 0x800;
  return unit >= 0xd800 ? unit + 0x2000 : unit;
}

/** Compares two keys by the bytes of their UTF-8 form: negative, 0 or positive. */
export function compareKeys(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index += 1) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return utf8Rank(a) - utf8Rank(b);
  }
  return left.length - right.length;
}

/**
 * Compares two names of one folder in the order in which their keys stand: by bytes, a folder as if
 * its name ended in `/`.
 */
export function compareNames(left: OrderedName, right: OrderedName): number {
  const a = left.nameBytes;
  const b = right.nameBytes;
  const length = Math.max(a.length, b.length) + 1;
  for (let index = 0; index < length; index += 1) {
    const difference = byteAt(left, index) - byteAt(right, index);
    if (difference !== 0) return difference;
    if (byteAt(left, index) === -1) return 0;
  }
  return 0;
}

/** What `compareNames` needs to know of a name. */
export interface OrderedName {
  readonly nameBytes: Uint8Array;
  readonly isFolder: boolean;
}

const SLASH = 0x2f;

function byteAt(name: OrderedName, index: number): number {
  const byte = name.nameBytes[index];
  if (byte !== undefined) return byte;
  return index === name.nameBytes.length && name.isFolder ? SLASH : -1;
}
