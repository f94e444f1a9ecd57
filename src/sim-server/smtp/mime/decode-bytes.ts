/** The bytes of a quoted-printable text (RFC 2045 section 6.7). What is not encoded rightly stands for itself. */
export function decodeQuotedPrintable(text: string): Buffer {
  // A run of blanks is looked at once, from its beginning: a mail may be nothing but blanks.
  const unwrapped = text.replace(/(?<![ \t])[ \t]+(?=\r?\n|$)/g, "").replace(/=\r?\n/g, "");
  return decodeEscapes(unwrapped);
}

/** The bytes of an encoded word in the Q encoding (RFC 2047 section 4.2). */
export function decodeQ(text: string): Buffer {
  return decodeEscapes(text.replaceAll("_", " "));
}

/** Text of bytes in a charset by its MIME name; an unknown one counts as UTF-8. Never throws. */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return new TextDecoder().decode(bytes);
  }
}

function decodeEscapes(text: string): Buffer {
  const pieces = text.split(/((?:=[0-9A-Fa-f]{2})+)/);
  return Buffer.concat(
    pieces.map((piece, at) =>
      at % 2 === 1 ? Buffer.from(piece.replaceAll("=", ""), "hex") : Buffer.from(piece, "latin1"),
    ),
  );
}
