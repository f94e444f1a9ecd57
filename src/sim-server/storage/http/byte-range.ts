/** What a Range field asks for of a file of known size. */
export type ByteRange =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly first: number; readonly last: number }
  | { readonly kind: "unsatisfiable" };

const WHOLE: ByteRange = { kind: "whole" };

/**
 * Reads a Range field (RFC 9110 section 14.2). Several ranges, other units and what is malformed are
 * ignored, as the RFC allows: the whole file is the answer.
 */
export function parseByteRange(value: string | undefined, sizeBytes: number): ByteRange {
  const match = /^bytes=\s*([0-9]{0,15})-([0-9]{0,15})\s*$/i.exec(value ?? "");
  const [, from = "", to = ""] = match ?? [];
  if (match === null || (from === "" && to === "")) return WHOLE;
  if (from === "") {
    const count = Math.min(Number(to), sizeBytes);
    if (count === 0) return { kind: "unsatisfiable" };
    return { kind: "part", first: sizeBytes - count, last: sizeBytes - 1 };
  }
  const first = Number(from);
  if (to !== "" && Number(to) < first) return WHOLE;
  if (first >= sizeBytes) return { kind: "unsatisfiable" };
  return {
    kind: "part",
    first,
    last: to === "" ? sizeBytes - 1 : Math.min(Number(to), sizeBytes - 1),
  };
}

/** Bytes `first` to `last` of a content that is in pieces, without copying. */
export function sliceChunks(chunks: readonly Buffer[], first: number, last: number): Buffer[] {
  const slices: Buffer[] = [];
  let start = 0;
  for (const chunk of chunks) {
    const end = start + chunk.length;
    if (end > first && start <= last) {
      slices.push(
        chunk.subarray(Math.max(0, first - start), Math.min(chunk.length, last + 1 - start)),
      );
    }
    start = end;
  }
  return slices;
}
