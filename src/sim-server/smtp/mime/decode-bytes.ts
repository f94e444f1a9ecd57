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

/** Names that mail programs write and the registry of `TextDecoder` does not know, lower-case. */
const CHARSETS_BY_OTHER_NAME: Readonly<Record<string, string>> = {
  cp932: "shift_jis",
  cp943: "shift_jis",
  cp943c: "shift_jis",
  ibm943: "shift_jis",
  windows932: "shift_jis",
  "windows-932": "shift_jis",
  "shift_jis-2004": "shift_jis",
  shift_jisx0213: "shift_jis",
  mskanji: "shift_jis",
  cp51932: "euc-jp",
  eucjp: "euc-jp",
  "eucjp-ms": "euc-jp",
  "eucjp-win": "euc-jp",
  "euc-jp-ms": "euc-jp",
  "euc-jisx0213": "euc-jp",
  cp50220: "iso-2022-jp",
  cp50221: "iso-2022-jp",
  cp50222: "iso-2022-jp",
  "iso-2022-jp-1": "iso-2022-jp",
  "iso-2022-jp-2": "iso-2022-jp",
  "iso-2022-jp-3": "iso-2022-jp",
  "iso-2022-jp-ms": "iso-2022-jp",
  cp936: "gbk",
  cp949: "euc-kr",
  cp950: "big5",
  cp65001: "utf-8",
};

/**
 * Text of bytes in a charset by its MIME name, or by one that Japanese mail programs use for it; an
 * unknown one counts as UTF-8. Never throws.
 */
export function decodeCharset(bytes: Uint8Array, charset: string): string {
  const name = charset.trim().toLowerCase();
  const label = Object.hasOwn(CHARSETS_BY_OTHER_NAME, name) ? CHARSETS_BY_OTHER_NAME[name] : name;
  try {
    return new TextDecoder(label).decode(bytes);
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
