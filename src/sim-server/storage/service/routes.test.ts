import { IncomingMessage, ServerResponse } from "node:http";
import { Socket } from "node:net";

import * as fc from "fast-check";
import { expect, test } from "vitest";

import { createRoutes, type Route } from "./routes.ts";

/** Where a request goes; a refusal by its code and what it allows. */
function routeOf(method: string, target: string): unknown {
  const request = new IncomingMessage(new Socket());
  Object.assign(request, { method, url: target });
  const found: Route[] = [];
  const errors: unknown[] = [];
  const listener = createRoutes({
    answer: async (_request, _response, { route }) => void found.push(route),
    onInternalError: (error) => errors.push(error),
  });
  listener(request, new ServerResponse(request));
  expect([found.length, errors]).toEqual([1, []]);
  const [route] = found;
  if (route?.kind !== "refused") return route;
  return [route.refusal.code, route.refusal.headers["allow"]];
}

test.each([
  ["GET", "/v1/files/a/b", "getFile", "a/b"],
  ["HEAD", "/v1/files/a", "headFile", "a"],
  ["PUT", "/v1/folders/", "putFolder", ""],
  ["DELETE", "/v1/files//a//", "deleteFile", "/a//"],
  ["GET", "/v1/files/a%2Fb%zz%", "getFile", "a%2Fb%zz%"],
  ["GET", "/v1/files/a#b c?x=/v1", "getFile", "a#b c"],
  ["PATCH", "/v1/uploads/u/1", "appendUpload", "u/1"],
  ["HEAD", "/v1/contract", "getContract", ""],
  ["GET", "http://a^b:x/v1/contract?y", "getContract", ""],
  ["OPTIONS", "*", "uploadOptions", ""],
  ["OPTIONS", "/v1/uploads", "uploadOptions", ""],
  ["DELETE", "/v1/sessions/current", "deleteSession", ""],
])("%s %s goes to %s", (method, target, operationId, parameter) => {
  expect(routeOf(method, target)).toEqual({ kind: "operation", operationId, parameter });
});

test.each([
  ["PATCH", "/v1/files/a", "GET, HEAD, PUT, DELETE"],
  ["OPTIONS", "/v1/files/a", "GET, HEAD, PUT, DELETE"],
  ["PUT", "/healthz", "GET, HEAD"],
  ["HEAD", "/v1/sessions", "POST"],
  ["TRACE", "/v1/uploads", "OPTIONS, POST"],
])("%s %s is not allowed where only %s are", (method, target, allow) => {
  expect(routeOf(method, target)).toEqual(["method-not-allowed", allow]);
});

test.each([
  ["GET", "/v1/files"],
  ["GET", "/V1/files/a"],
  ["GET", "/v1/%66iles/a"],
  ["GET", "/healthz/"],
  ["GET", "//healthz"],
  ["GET", "/"],
  ["GET", "?a"],
  ["GET", "*"],
  ["OPTIONS", "/*"],
  ["OPTIONS", "/nowhere"],
  ["HEAD", "v1/contract"],
  ["GET", "http://h"],
])("%s %s is nowhere", (method, target) => {
  expect(routeOf(method, target)).toEqual(["not-found", undefined]);
});

test("a parameter comes through as it was spelled, whatever is in it", () => {
  const text = fc.string({ unit: "binary", maxLength: 200 }).map((one) => one.replaceAll("?", "%"));
  fc.assert(
    fc.property(text, (parameter) => {
      expect(routeOf("GET", `/v1/files/${parameter}`)).toEqual({
        kind: "operation",
        operationId: "getFile",
        parameter,
      });
    }),
  );
});
