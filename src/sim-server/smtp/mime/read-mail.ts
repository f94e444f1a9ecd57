import { parseHeaderValue } from "nodemailer/lib/mime-funcs";

import { decodeCharset, decodeQuotedPrintable } from "./decode-bytes.ts";
import { decodeWords } from "./decode-words.ts";

/** One header as it was sent, unfolded and with its encoded words decoded. */
interface MailHeader {
  /** As written. */
  readonly name: string;
  readonly value: string;
}

/** What a person sees of a mail. */
export interface ReadMail {
  /** In the order they were sent. */
  readonly headers: readonly MailHeader[];
  /** Decoded; empty when there is none. */
  readonly subject: string;
  /** The first plain text in it, decoded, with `\n` between lines; empty when there is none. */
  readonly text: string;
}

interface Entity {
  readonly headers: readonly MailHeader[];
  /** One character a byte. */
  readonly body: string;
}

/** Multiparts inside each other beyond which nobody looks. */
const DEPTH_MAX = 20;

/** Bytes of a mail that are read: a large one holds nobody up, and takes little more than its bytes. */
export const READ_BYTES_MAX: number = 256 * 2 ** 10;

/** Headers of a mail, and of each of its parts, that are read. */
const HEADER_COUNT_MAX = 1_000;

/**
 * Reads a mail (RFC 5322 and MIME): its first 256 KiB, and 1,000 headers. Never throws: what cannot be
 * read is left as it is.
 */
export function readMail(raw: Buffer): ReadMail {
  const entity = readEntity(raw.subarray(0, READ_BYTES_MAX).toString("latin1"));
  return {
    headers: entity.headers,
    subject: headerOf(entity, "subject") ?? "",
    text: (plainText(entity, 0) ?? "").replaceAll("\r\n", "\n"),
  };
}

function readEntity(source: string): Entity {
  const gap = /^\r?\n|\r?\n\r?\n/.exec(source);
  const head = gap === null ? source : source.slice(0, gap.index);
  const body = gap === null ? "" : source.slice(gap.index + gap[0].length);
  const headers = head
    .replace(/\r?\n(?=[ \t])/g, "")
    .split(/\r?\n/, HEADER_COUNT_MAX)
    .flatMap((line) => {
      const colon = line.indexOf(":");
      if (colon < 1) return [];
      // Headers beyond ASCII are UTF-8 where a writer sends them bare (RFC 6532).
      const value = Buffer.from(line.slice(colon + 1), "latin1")
        .toString("utf8")
        .trim();
      return [{ name: line.slice(0, colon), value: decodeWords(value) }];
    });
  return { headers, body };
}

function headerOf({ headers }: Entity, name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name)?.value;
}

function plainText(entity: Entity, depth: number): string | undefined {
  const { value, params } = parseHeaderValue(headerOf(entity, "content-type") ?? "text/plain");
  const mediaType = value.toLowerCase();
  if (mediaType.startsWith("multipart/")) {
    if (depth >= DEPTH_MAX) return undefined;
    for (const part of partsOf(entity.body, params["boundary"] ?? "")) {
      const text = plainText(readEntity(part), depth + 1);
      if (text !== undefined) return text;
    }
    return undefined;
  }
  const disposition = parseHeaderValue(headerOf(entity, "content-disposition") ?? "");
  if (mediaType !== "text/plain" || disposition.value.toLowerCase() === "attachment") {
    return undefined;
  }
  return decodeCharset(bytesOf(entity), params["charset"] ?? "utf-8");
}

function bytesOf(entity: Entity): Buffer {
  switch (headerOf(entity, "content-transfer-encoding")?.toLowerCase()) {
    case "base64":
      return Buffer.from(entity.body, "base64");
    case "quoted-printable":
      return decodeQuotedPrintable(entity.body);
    default:
      return Buffer.from(entity.body, "latin1");
  }
}

/** The parts between the boundary lines; a line break before a boundary belongs to the boundary. */
function partsOf(body: string, boundary: string): string[] {
  if (boundary === "") return [];
  const line = new RegExp(
    `(?:^|\\r?\\n)--${RegExp.escape(boundary)}(--)?[ \\t]*(?=\\r?\\n|$)`,
    "g",
  );
  const marks = [...body.matchAll(line)];
  return marks.flatMap((mark, at) => {
    if (mark[1] !== undefined) return [];
    const from = mark.index + mark[0].length;
    return [body.slice(from, marks[at + 1]?.index).replace(/^\r?\n/, "")];
  });
}
