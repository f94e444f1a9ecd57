import * as fc from "fast-check";
import MailComposer from "nodemailer/lib/mail-composer";
import { encodeWord, encodeWords } from "nodemailer/lib/mime-funcs";
import { expect, test } from "vitest";

import { decodeQuotedPrintable } from "./decode-bytes.ts";
import { decodeWords } from "./decode-words.ts";
import { readMail } from "./read-mail.ts";

const line = fc
  .string({ unit: "grapheme", maxLength: 120 })
  .map((text) => text.replace(/\s/gu, " "));
const word = fc.stringMatching(/^[ぁ-ん一-龠a-zA-Z0-9]{1,60}$/u);

function mailOf(head: string, body = ""): ReturnType<typeof readMail> {
  return readMail(Buffer.from(`${head}\r\n\r\n${body}`));
}

test("reads back every text a mail library writes, whatever it encodes it with", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(line, { maxLength: 8 }),
      word,
      fc.constantFrom("base64" as const, "quoted-printable" as const),
      fc.boolean(),
      async (lines, subject, textEncoding, alternative) => {
        const text = lines.join("\n");
        const composer = new MailComposer({
          from: "a@example.com",
          to: "b@example.com",
          subject,
          text,
          textEncoding,
          ...(alternative ? { html: "<p>html</p>" } : {}),
          attachments: alternative ? [{ filename: "添付.txt", content: "not this" }] : [],
        });
        const mail = readMail(await composer.compile().build());
        expect(mail.subject).toBe(subject);
        expect(mail.text.trimEnd()).toBe(text.trimEnd());
      },
    ),
    { numRuns: 200 },
  );
});

test("decodes encoded words of both encodings, split anywhere", () => {
  fc.assert(
    fc.property(
      word,
      fc.constantFrom("B", "Q"),
      fc.integer({ min: 20, max: 80 }),
      (text, encoding, max) => {
        expect(decodeWords(encodeWord(text, encoding, max))).toBe(text);
        expect(decodeWords(encodeWords(`${text} and ${text}`, encoding, max))).toBe(
          `${text} and ${text}`,
        );
      },
    ),
  );
});

test.each([
  ["joins a character that two words share", "=?UTF-8?B?44E=?= =?utf-8?B?gg==?=", "あ"],
  ["keeps white space beside plain text", "a =?utf-8?Q?b_c?= d", "a b c d"],
  [
    "drops white space between words of two charsets",
    "=?us-ascii?Q?a?=\t=?utf-8?Q?=E3=81=82?=",
    "aあ",
  ],
  ["knows Japanese charsets", "=?ISO-2022-JP?B?GyRCRnxLXBsoQg==?=", "日本"],
  ["knows Japanese charsets by the names of code pages", "=?CP932?B?k/qWe4dA?=", "日本①"],
  ["knows EUC-JP by its other names", "=?eucJP-ms?B?xvzL3A==?=", "日本"],
  ["knows ISO-2022-JP by its other names", "=?cp50221?B?GyRCRnxLXBsoQg==?=", "日本"],
  ["takes a language behind the charset", "=?utf-8*ja?B?5pel?=", "日"],
  ["reads an unknown charset as UTF-8", "=?x-nothing?B?5pel?=", "日"],
  ["leaves what is no encoded word", "=?utf-8?X?abc?= 1=?2", "=?utf-8?X?abc?= 1=?2"],
])("%s", (_title, encoded, decoded) => {
  expect(decodeWords(encoded)).toBe(decoded);
});

test("unfolds headers and keeps their order and number", () => {
  const { headers } = mailOf(
    "Received: one\r\n\ttwo\r\nSubject: =?utf-8?Q?=E3=81=82?=\r\nReceived: three",
  );
  expect(headers).toEqual([
    { name: "Received", value: "one\ttwo" },
    { name: "Subject", value: "あ" },
    { name: "Received", value: "three" },
  ]);
});

test("finds the text in nested multiparts and passes attachments by", () => {
  const inner = [
    "--in",
    "Content-Type: text/html",
    "",
    "<b>",
    "--in",
    "Content-Type: text/plain; charset=Shift_JIS",
    "",
    "",
  ].join("\r\n");
  const raw = Buffer.concat([
    Buffer.from(
      'Content-Type: multipart/mixed; boundary="o(ut"\r\n\r\n--o(ut\r\nContent-Type: text/plain\r\nContent-Disposition: attachment\r\n\r\nno\r\n--o(ut\r\nContent-Type: multipart/alternative; boundary=in\r\n\r\n',
    ),
    Buffer.from(inner),
    Buffer.from([0x93, 0xfa]),
    Buffer.from("\r\n--in--\r\n--o(ut--\r\n"),
  ]);
  expect(readMail(raw).text).toBe("日");
});

test("decodes quoted-printable as RFC 2045 has it", () => {
  expect(decodeQuotedPrintable("a=\r\nb =3D=e3=81=82  \r\nc=4 =").toString()).toBe(
    "ab =あ\r\nc=4 =",
  );
});

test("reads a mail of nothing but blanks without going back to each of them", () => {
  const text = `${" ".repeat(2_000_000)}a`;
  expect(decodeQuotedPrintable(text).length).toBe(text.length);
});

test("reads anything without complaint", () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      expect(readMail(Buffer.from(bytes)).headers).toBeInstanceOf(Array);
    }),
  );
  expect(readMail(Buffer.from("\r\nbody")).text).toBe("body");
  expect(mailOf("Content-Type: multipart/mixed", "x").text).toBe("");
});
