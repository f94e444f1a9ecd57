/*
 * Names on a disk are bytes; most are UTF-8. Inside the simulator a name is a string: the decoded one,
 * or, where bytes are not valid UTF-8, with each such byte 0x80-0xFF as a lone surrogate U+DC80-U+DCFF,
 * which no decoded text contains. Names that differ keep differing, and the bytes come back exactly.
 */

const ESCAPE_BASE = 0xdc00;

const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

/** The name for these bytes; undecodable bytes become lone surrogates. */
export function nameOfBytes(bytes: Uint8Array): string {
  try {
    return strict.decode(bytes);
  } catch {
    return escapeUndecodable(bytes);
  }
}

/** The bytes of a name made by `nameOfBytes`; for a name without lone surrogates its UTF-8. */
export function bytesOfName(name: string): Buffer {
  if (name.isWellFormed()) return Buffer.from(name);
  const pieces: Buffer[] = [];
  for (const char of name) {
    const code = char.charCodeAt(0);
    const escaped = char.length === 1 && code >= ESCAPE_BASE + 0x80 && code <= ESCAPE_BASE + 0xff;
    pieces.push(escaped ? Buffer.of(code - ESCAPE_BASE) : Buffer.from(char));
  }
  return Buffer.concat(pieces);
}

function escapeUndecodable(bytes: Uint8Array): string {
  let name = "";
  for (let at = 0; at < bytes.length;) {
    const length = sequenceLength(bytes[at] ?? 0);
    const sequence = bytes.subarray(at, at + length);
    const decoded = sequence.length === length ? tryDecode(sequence) : undefined;
    if (decoded === undefined) {
      name += String.fromCharCode(ESCAPE_BASE + (bytes[at] ?? 0));
      at += 1;
    } else {
      name += decoded;
      at += length;
    }
  }
  return name;
}

function tryDecode(sequence: Uint8Array): string | undefined {
  try {
    return strict.decode(sequence);
  } catch {
    return undefined;
  }
}

function sequenceLength(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}
