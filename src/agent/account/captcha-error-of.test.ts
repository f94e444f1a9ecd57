import { expect, test } from "vitest";

import { message } from "../../messages/message.ts";
import { problem, type ProblemExtensions } from "../../protocol/http/problem.ts";
import { ServiceError } from "../ports/service.ts";
import { captchaErrorOf } from "./captcha-error-of.ts";

function refusal(svg: string | undefined, extensions: ProblemExtensions = { challengeId: "c1" }) {
  const image = svg && `data:image/svg+xml;base64,${Buffer.from(svg).toString("base64")}`;
  const body = problem("captcha-required", "", { ...extensions, ...(image && { image }) });
  return new ServiceError({ kind: "refused", problem: body }, message("exchange.logging-out"));
}

const path = '<path d="M1 1L2 2"/>';

test("an image of the form of the contract is taken as it is", () => {
  const svg =
    '<svg xmlns="http://www.w3.org/2000/svg" width="220" height="80" viewBox="0 0 220 80">' +
    '<rect width="220" height="80" fill="#fff"/><path d="M-1.5 2L3 4.0C5 6 7 8 9 10" fill="none" ' +
    'stroke="#234" stroke-width="2" stroke-linecap="round" stroke-linejoin="round"/></svg>';
  expect(captchaErrorOf(refusal(svg))?.captcha).toEqual({ challengeId: "c1", svg });
});

test.each([
  "",
  "<html></html>",
  "<svg><script>alert(1)</script></svg>",
  `<svg onload="alert(1)">${path}</svg>`,
  `<svg>${path}<path d="" onclick="x"/></svg>`,
  '<svg><path fill="url(http://example.com/x)"/></svg>',
  '<svg><image href="http://example.com/x"/></svg>',
  `<svg xmlns="http://www.w3.org/1999/xhtml">${path}</svg>`,
  `<?xml-stylesheet href="x"?><svg>${path}</svg>`,
  `<svg>${path}</svg><script/>`,
  `<svg>${path}<!-- --></svg>`,
])("an image that could run or fetch something is none: %s", (svg) => {
  expect(captchaErrorOf(refusal(svg))).toBeUndefined();
});

test("a refusal without its image or its id cannot be answered", () => {
  expect(captchaErrorOf(refusal(undefined))).toBeUndefined();
  expect(captchaErrorOf(refusal(`<svg>${path}</svg>`, {}))).toBeUndefined();
});
