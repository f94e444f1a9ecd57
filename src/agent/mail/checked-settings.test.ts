import { describe, expect, test } from "vitest";

import type { MailServer } from "../ports/mailer.ts";
import { mailSettings } from "../testing/fixtures.ts";
import { checkedMailSettings } from "./checked-settings.ts";

const REFUSED = expect.objectContaining({ name: "AgentError", code: "invalid-setting" });

describe("the server", () => {
  test.each<Partial<MailServer>>([
    { host: "smtp.example.com" },
    { host: "localhost" },
    { host: "192.0.2.25" },
    { host: "2001:db8::25" },
    { port: 1 },
    { port: 65_535 },
    { user: "", password: "" },
    { user: "太郎", password: "パス ワード:'\"" },
    { secure: false },
  ])("%j is taken", (given) => {
    const settings = mailSettings({}, given);

    expect(checkedMailSettings(settings)).toEqual(settings);
  });

  test.each<Partial<MailServer>>([
    { host: "" },
    { host: "smtp example" },
    { host: "https://smtp.example.com" },
    { host: "smtp.example.com:25" },
    { host: "-x.example" },
    { host: "a\r\nb" },
    { host: "x".repeat(300) },
    { port: 0 },
    { port: 65_536 },
    { port: 2.5 },
    { port: Number.NaN },
    { user: "taro", password: "" },
    { user: "", password: "secret" },
    { user: "taro\r\nRSET" },
    { password: "a\0b" },
    { password: "a\nb" },
    { password: "x".repeat(1_001) },
  ])("%j is refused", (given) => {
    expect(() => checkedMailSettings(mailSettings({}, given))).toThrow(REFUSED);
  });
});

describe("an address", () => {
  test.each(["a@localhost", "taro..x.@docomo.ne.jp", "o'hara+pc@mail.example.co.jp"])(
    "%s is taken, as sender and recipient",
    (address) => {
      const settings = mailSettings({ from: address, to: [address] });

      expect(checkedMailSettings(settings)).toEqual(settings);
    },
  );

  test("has its domain in small letters afterwards, and its local part as it was", () => {
    const settings = mailSettings({ to: ["Taro@EXAMPLE.com"] });

    expect(checkedMailSettings(settings).to).toEqual(["Taro@example.com"]);
  });

  test.each([
    "",
    "taro",
    "@example.com",
    "taro@",
    "taro@example..com",
    "taro@[192.0.2.1]",
    "太郎@example.com",
    "taro@例え.jp",
    "Taro <taro@example.com>",
    "a@example.com,b@example.com",
    "a@example.com>\r\nRCPT TO:<b@example.com",
    "a@example.com\nBcc: b@example.com",
    "a b@example.com",
    '"a b"@example.com',
    `${"a".repeat(65)}@example.com`,
    `a@${"b.".repeat(130)}com`,
  ])("%j is refused, as sender and recipient", (address) => {
    for (const given of [{ from: address }, { to: [address] }]) {
      expect(() => checkedMailSettings(mailSettings(given))).toThrow(REFUSED);
    }
  });
});

test.each([
  [[]],
  [["a@example.com", "b@example.com", "c@example.com"]],
  [["a@example.com", "A@Example.com"]],
])("the recipients %j are refused", (to) => {
  expect(() => checkedMailSettings(mailSettings({ to }))).toThrow(REFUSED);
});

test("a refusal repeats nothing that was given: it could be a password in a wrong place", () => {
  const secret = "open sesame";
  for (const settings of [
    mailSettings({}, { host: secret }),
    mailSettings({ from: secret }),
    mailSettings({ to: [secret] }),
    mailSettings({}, { password: `${secret}\n` }),
  ]) {
    expect(() => checkedMailSettings(settings)).toThrow(/^(?!.*open sesame)/s);
  }
});
