/** One piece of a glob: a text that stands for itself, or what may stand between two texts. */
type Piece =
  | { readonly kind: "text"; readonly text: string }
  /** So many characters of a name. */
  | { readonly kind: "characters"; readonly count: number }
  /** Any number of characters; within a name, or of the whole path. */
  | { readonly kind: "any"; readonly within: "name" | "path" };

/**
 * A test for paths on the service: `*` stands for anything within a name, `**` for anything at all,
 * `?` for one character of a name. Everything else, brackets too, stands for itself. A test takes time
 * in proportion to the length of the path times that of the glob, whatever they hold: no place is
 * tried twice for one piece.
 */
export function pathGlob(glob: string): (path: string) => boolean {
  if (!/[*?]/.test(glob)) return (path) => path === glob;
  const pieces = piecesOf(glob);
  return (path) => {
    // Where a match of the pieces so far can end, in ascending order.
    let ends: readonly number[] = [0];
    for (const piece of pieces) {
      ends = endsBehind(piece, path, ends);
      if (ends.length === 0) return false;
    }
    return ends.at(-1) === path.length;
  };
}

function piecesOf(glob: string): readonly Piece[] {
  return glob
    .split(/(\*+|\?+)/)
    .filter((part) => part !== "")
    .map((part) => {
      if (part.startsWith("?")) return { kind: "characters", count: part.length };
      if (part.startsWith("*")) return { kind: "any", within: part === "*" ? "name" : "path" };
      return { kind: "text", text: part };
    });
}

function endsBehind(piece: Piece, path: string, starts: readonly number[]): readonly number[] {
  switch (piece.kind) {
    case "text":
      return starts
        .filter((start) => path.startsWith(piece.text, start))
        .map((start) => start + piece.text.length);
    case "characters":
      return endsBehindCharacters(piece.count, path, starts);
    case "any":
      return endsBehindAny(piece.within, path, starts);
  }
}

function endsBehindCharacters(
  count: number,
  path: string,
  starts: readonly number[],
): readonly number[] {
  let ends = starts;
  for (let left = count; left > 0 && ends.length > 0; left -= 1) {
    ends = ends.flatMap((at) => {
      const character = path.codePointAt(at);
      if (character === undefined || character === SLASH) return [];
      return at + (character > 0xffff ? 2 : 1);
    });
  }
  return ends;
}

const SLASH = 0x2f;

function endsBehindAny(
  within: "name" | "path",
  path: string,
  starts: readonly number[],
): readonly number[] {
  const ends: number[] = [];
  let reached = -1;
  for (const start of starts) {
    // A walk that began earlier has passed this place, and stops where one from here would.
    if (start <= reached) continue;
    for (let at = start; at <= path.length; at += 1) {
      // Between the two halves of a character nothing begins.
      if (!isWithinCharacter(path, at)) ends.push(at);
      reached = at;
      if (within === "name" && path.charCodeAt(at) === SLASH) break;
    }
  }
  return ends;
}

function isWithinCharacter(path: string, at: number): boolean {
  return at > 0 && (path.codePointAt(at - 1) ?? 0) > 0xffff;
}
