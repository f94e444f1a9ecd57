import { decodeCharset, decodeQ } from "./decode-bytes.ts";

const WORD = /=\?([^?\s*]+)(?:\*[^?\s]*)?\?([BbQq])\?([^?\s]*)\?=/g;

/**
 * A header's text with its encoded words (RFC 2047) decoded. White space between two of them goes;
 * neighbours of one charset are joined before they are decoded, since writers split characters.
 */
export function decodeWords(text: string): string {
  let decoded = "";
  let end = 0;
  let pending: { readonly charset: string; readonly bytes: Buffer[] } | undefined;
  const flush = (): void => {
    if (pending !== undefined)
      decoded += decodeCharset(Buffer.concat(pending.bytes), pending.charset);
    pending = undefined;
  };
  for (const match of text.matchAll(WORD)) {
    const [whole, charsetName = "", encoding = "", content = ""] = match;
    const between = text.slice(end, match.index);
    const charset = charsetName.toLowerCase();
    if (pending === undefined || /\S/.test(between)) {
      flush();
      decoded += between;
    }
    if (pending !== undefined && pending.charset !== charset) flush();
    pending ??= { charset, bytes: [] };
    const isBase64 = encoding.toLowerCase() === "b";
    pending.bytes.push(isBase64 ? Buffer.from(content, "base64") : decodeQ(content));
    end = match.index + whole.length;
  }
  flush();
  return decoded + text.slice(end);
}
