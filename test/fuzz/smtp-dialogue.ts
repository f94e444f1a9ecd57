import * as fc from "fast-check";

const verb = fc.constantFrom(
  "EHLO pc.example",
  "HELO x",
  "MAIL FROM:<a@example.com>",
  "MAIL FROM:<>",
  "MAIL FROM:a",
  "MAIL FROM:<a@example.com> SIZE=99999999999",
  "MAIL FROM:<a@example.com> X=Y",
  "RCPT TO:<b@example.com>",
  "RCPT TO:<B@example.com>",
  "RCPT TO:<>",
  "RCPT TO:<@@@>",
  "DATA",
  "BDAT 5 LAST",
  "RSET",
  "NOOP",
  "VRFY a",
  "EXPN a",
  "HELP",
  "QUIT",
  "STARTTLS",
  "AUTH PLAIN AGEAYg==",
  "AUTH LOGIN",
  "AUTH CRAM-MD5",
  "AUTH X",
  "AUTH PLAIN ===",
  "*",

  ".",
  "..",
  "Subject: a",
  "",
  " ",
  "=?utf-8?B?5Lu2?=",
  "Content-Type: text/plain; charset=cp932",
);

const line = fc.oneof(
  { weight: 8, arbitrary: verb.map((text) => Buffer.from(`${text}\r\n`)) },
  {
    weight: 1,
    arbitrary: fc.string({ maxLength: 2_000 }).map((text) => Buffer.from(`${text}\r\n`)),
  },
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 100 }).map((bytes) => Buffer.from(bytes)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom("\n", "\r", "x".repeat(5_000)).map((text) => Buffer.from(text)),
  },
);

/** What somebody says to a mail server who may mean well, all at once. */
export const smtpDialogue: fc.Arbitrary<Buffer> = fc
  .array(line, { maxLength: 12 })
  .map((lines) => Buffer.concat([...lines, Buffer.from("QUIT\r\n")]));
