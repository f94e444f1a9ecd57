import * as fc from "fast-check";
import { describe, expect, test } from "vitest";

import { Redactor } from "./redactor.ts";

function redact(text: string, ...secrets: string[]): string {
  const redactor = new Redactor();
  for (const secret of secrets) redactor.learn(secret);
  return redactor.redact(text);
}

const base64 = (text: string): string => Buffer.from(text, "utf8").toString("base64");

describe("a secret", () => {
  const secret = 'pä"ss & w<ord+/東京';

  test.each([
    ["as it is", secret],
    ["in other letter case", secret.toUpperCase()],
    ["decomposed", secret.normalize("NFD")],
    ["in JSON", JSON.stringify(secret)],
    ["in JSON of ASCII", String.raw`p\u00e4\"ss & w<ord+/\u6771\u4eac`],
    ["in a URL", `https://other.example/?p=${encodeURIComponent(secret)}`],
    ["in a form", `p=${encodeURIComponent(secret).replaceAll("%20", "+")}`],
    ["in HTML", "<b>pä&quot;ss &amp; w&lt;ord+/東京</b>"],
  ])("%s is removed", (_, text) => {
    const found = redact(`before ${text} after`, secret);
    expect(found).toContain("[removed]");
    expect(found).toMatch(/^before .*after$/);
    expect(found).not.toMatch(/ord|%C3%A4|u00e4/i);
  });

  test("is removed wherever it stands, and other text stays", () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 6 }),
        fc.string({ unit: "grapheme" }),
        fc.string({ unit: "grapheme" }),
        (text, before, after) => {
          expect(redact(`${before}${text}${after}`, text)).not.toContain(text);
          expect(redact(`${before}${after}`.replaceAll(text, ""), `${text}x`.repeat(9))).toBe(
            `${before}${after}`.replaceAll(text, ""),
          );
        },
      ),
    );
  });

  test("leaves less than half of itself of any Base64 that holds it", () => {
    fc.assert(
      fc.property(
        fc.stringMatching(/^[\w!-~]{12,40}$/),
        fc.stringMatching(/^[\w:]{0,7}$/),
        fc.stringMatching(/^[\w:]{0,7}$/),
        (text, before, after) => {
          const encoded = base64(before + text + after);
          const left = redact(encoded, text).split("[removed]");
          for (const rest of left) {
            const known = Buffer.from(rest, "base64").toString("latin1");
            expect(known).not.toContain(text.slice(0, 10));
            expect(known).not.toContain(text.slice(-10));
          }
          expect(left.length).toBeGreaterThan(1);
        },
      ),
    );
  });

  test("of few characters is removed as a word only", () => {
    expect(redact("you said abc, not abcd or xabc", "abc")).toBe(
      "you said [removed], not abcd or xabc",
    );
    expect(redact("a=a;", "a")).toBe("[removed]=[removed];");
  });

  test("that is empty is none", () => {
    expect(redact("text", "")).toBe("text");
  });

  test("does not make a hostile text slow", () => {
    const text = "a".repeat(500_000);
    expect(redact(text, `${"a".repeat(200)}b`, "aaaaaaaaac")).toBe(text);
  });
});

test("a plain word stays in what the agent shows, and goes from what an outsider says", () => {
  const redactor = new Redactor();
  redactor.learn("backup");
  redactor.learn("tr0ub4dor");
  const text = "azukeru-agent backup run: tr0ub4dor";
  expect(redactor.redactShown(text)).toBe("azukeru-agent backup run: [removed]");
  expect(redactor.redact(text)).toBe("azukeru-agent [removed] run: [removed]");
});

test("the longer of two secrets is removed whole", () => {
  expect(redact("token: secret-and-more.", "secret-and", "secret-and-more")).toBe(
    "token: [removed].",
  );
});

test("a daemon that logs in for years forgets old tokens, and never a password", () => {
  const redactor = new Redactor();
  redactor.learn("correct horse battery");
  for (let number = 0; number < 5_000; number += 1) redactor.learnToken(`token-of-login-${number}`);
  expect(redactor.redact("correct horse battery")).toBe("[removed]");
  expect(redactor.redact("token-of-login-4999, token-of-login-4984")).toBe("[removed], [removed]");
  expect(redactor.redact("token-of-login-4983")).toBe("token-of-login-4983");
});

test("a text that is just as long as a secret is looked at", () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1 }), (secret) => {
      expect(redact(secret, secret)).toContain("[removed]");
    }),
  );
});
