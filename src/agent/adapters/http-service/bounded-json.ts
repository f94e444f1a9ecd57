/** An answer of the contract has objects in arrays in objects, no more. */
const DEPTH_MAX = 16;

/** A full page of a listing has 1,000 entries; a part of a batch has two objects. */
const CONTAINER_COUNT_MAX = 20_000;

/** An entry has about ten members. */
const VALUE_COUNT_MAX = 400_000;

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const COMMA = 0x2c;
const OPENING: ReadonlySet<number> = new Set([0x5b, 0x7b]);
const CLOSING: ReadonlySet<number> = new Set([0x5d, 0x7d]);

/**
 * The value of a JSON text; undefined for one that is none, or that no answer of the contract can be:
 * nested too deep, or of too many values. Those are told before anything is built of them: 15 MB of
 * brackets would take 700 MB.
 */
export function boundedJson(text: Buffer): unknown {
  if (!isBounded(text)) return undefined;
  try {
    return JSON.parse(text.toString("utf8"));
  } catch {
    return undefined;
  }
}

function isBounded(text: Buffer): boolean {
  let depth = 0;
  let containerCount = 0;
  let valueCount = 0;
  for (let at = 0; at < text.length; at += 1) {
    const byte = text[at] ?? 0;
    if (byte === QUOTE) {
      at = endOfString(text, at);
    } else if (OPENING.has(byte)) {
      depth += 1;
      containerCount += 1;
      if (depth > DEPTH_MAX || containerCount > CONTAINER_COUNT_MAX) return false;
    } else if (CLOSING.has(byte)) {
      depth -= 1;
    } else if (byte === COMMA) {
      valueCount += 1;
      if (valueCount > VALUE_COUNT_MAX) return false;
    }
  }
  return true;
}

/** Where the string that begins at `start` ends; the last byte when it does not. */
function endOfString(text: Buffer, start: number): number {
  let at = text.indexOf(QUOTE, start + 1);
  while (at !== -1 && isEscaped(text, at)) at = text.indexOf(QUOTE, at + 1);
  return at === -1 ? text.length : at;
}

function isEscaped(text: Buffer, quoteAt: number): boolean {
  let at = quoteAt - 1;
  while (text[at] === BACKSLASH) at -= 1;
  return (quoteAt - 1 - at) % 2 === 1;
}
