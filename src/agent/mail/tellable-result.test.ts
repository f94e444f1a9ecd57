import { expect, test } from "vitest";

import { Redactor } from "../../messages/redactor.ts";
import { renderMessage } from "../../messages/render-message.ts";
import { smtpFailure } from "../adapters/smtp-failure.ts";
import type { MailResult } from "../ports/mailer.ts";
import { tellableResult } from "./tellable-result.ts";

const PASSWORD = "open-sesame-9b1f";
const FORMS = [
  PASSWORD,
  encodeURIComponent(PASSWORD),
  Buffer.from(PASSWORD).toString("base64"),
  Buffer.from(`\0taro\0${PASSWORD}`).toString("base64"),
];

/** How a failure with this reply is told, for itself and of one recipient of two. */
function told(response: string, command = "DATA"): readonly string[] {
  const redactor = new Redactor();
  redactor.learn(PASSWORD);
  const failure = smtpFailure({ response, command, responseCode: 550 });
  const results: MailResult[] = [
    failure,
    { kind: "sent", refused: [{ ...failure, address: "a@example.com" }] },
    { kind: "refused", refused: [{ ...failure, address: "a@example.com" }] },
  ];
  return results.flatMap((given) => {
    const result = tellableResult(given, redactor);
    const isEach = result.kind === "sent" || result.kind === "refused";
    const failures = isEach ? (result.refused ?? []) : [result];
    return failures.map(({ reason }) => renderMessage(reason, "en"));
  });
}

test("says nothing of a password that the server repeats, wherever its words are cut", () => {
  const digits = Buffer.from(PASSWORD).toString("base64").slice(4, 12);
  for (const form of FORMS) {
    for (let before = 0; before < 210; before += 1) {
      for (const text of told(`550-you said\r\n550 ${"x".repeat(before)} ${form} to me`)) {
        expect(text).not.toContain(PASSWORD.slice(0, 6));
        expect(text).not.toContain(digits);
        expect(text).toContain("550-you said 550 x".slice(0, before === 0 ? -1 : undefined));
      }
    }
  }
});

test("finds a password with marks that a terminal would not be shown", () => {
  const redactor = new Redactor();
  redactor.learn("open\u200esesame");
  const failure = smtpFailure({ response: "550 open\u200esesame", responseCode: 550 });
  const result = tellableResult(failure, redactor);
  expect(JSON.stringify(result)).not.toContain("sesame");
});

test("is shown without what could upset a terminal, and at a bounded length", () => {
  for (const text of told(`554 \u001b[2J${"x".repeat(5_000)}`)) {
    expect(text).toContain("554 \\u{1b}[2Jxxx");
    expect(text.length).toBeLessThan(300);
  }
});
