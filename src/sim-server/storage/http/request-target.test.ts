import * as fc from "fast-check";
import { expect, test } from "vitest";

import { parseQuery, parseRequestTarget } from "./request-target.ts";

test.each([
  ["/v1/files/a%2Fb?x=1?2", { path: "/v1/files/a%2Fb", query: "x=1?2" }],
  ["http://host:80/v1/contract", { path: "/v1/contract", query: "" }],
  ["HTTPS://host?x", { path: "/", query: "x" }],
  ["*", { path: "*", query: "" }],
  ["//double", { path: "//double", query: "" }],
])("takes %s apart without decoding", (target, parts) => {
  expect(parseRequestTarget(target)).toEqual(parts);
});

test("reads a query back, and refuses one that is doubled or badly encoded", () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ minLength: 1 }), fc.string()), (parameters) => {
      const query = new URLSearchParams(parameters).toString();
      expect({ ...parseQuery(query) }).toEqual({ ...parameters });
    }),
  );
  expect(parseQuery("a=1&a=2")).toBeUndefined();
  expect(parseQuery("a=%zz")).toBeUndefined();
  expect(parseQuery("&a&")).toEqual({ a: "" });
});
