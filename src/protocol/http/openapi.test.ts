import { expect, test } from "vitest";

import { openApiDocument } from "./openapi.ts";
import { OPERATION_IDS } from "./operation-ids.ts";
import { OPERATIONS } from "./operations.ts";

interface OperationObject {
  readonly operationId: string;
  readonly parameters: readonly {
    readonly name: string;
    readonly in: string;
    readonly required: boolean;
  }[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

const document = openApiDocument("1.2.3") as {
  readonly openapi: string;
  readonly info: { readonly version: string };
  readonly paths: Readonly<Record<string, Readonly<Record<string, OperationObject>>>>;
};

test("has every operation with its parameters and answers", () => {
  expect(document).toMatchObject({ openapi: "3.1.0", info: { version: "1.2.3" } });
  const objects = Object.values(document.paths).flatMap((methods) => Object.values(methods));
  expect(objects.map(({ operationId }) => operationId).toSorted()).toEqual(
    [...OPERATION_IDS].toSorted(),
  );
  for (const { operationId, parameters, responses } of objects) {
    const operation = OPERATIONS[operationId as keyof typeof OPERATIONS];
    const statuses = Object.keys(operation.responses);
    expect(Object.keys(responses)).toEqual(expect.arrayContaining(statuses));
    const named = (place: string): string[] =>
      parameters.filter((each) => each.in === place).map(({ name }) => name);
    expect(named("query")).toEqual(Object.keys(operation.query?.shape ?? {}));
    expect(named("path").length).toBe(operation.path.includes("{") ? 1 : 0);
    expect(parameters.filter((each) => each.in === "query" && each.required)).toEqual([]);
  }
});

test("is plain JSON without references it does not hold", () => {
  const text = JSON.stringify(document);
  expect(JSON.parse(text)).toEqual(document);
  const references = new Set([...text.matchAll(/"\$ref":"([^"]+)"/g)].map(([, target]) => target));
  expect([...references]).toEqual(["#/components/schemas/Problem"]);
  expect(openApiDocument("1.2.3")).toBe(document);
});
