import { z } from "zod";

import { problemCodesOf } from "./contract-violation.ts";
import { OPERATION_IDS, type OperationId } from "./operation-ids.ts";
import type { BodyDefinition, Operation } from "./operation.ts";
import { IF_PLACE } from "./operation-parts.ts";
import { OPERATIONS } from "./operations.ts";
import { PROBLEM_MEDIA_TYPE, PROBLEMS, problemSchema } from "./problem.ts";

/** An OpenAPI document; plain JSON. */
export type OpenApiDocument = Readonly<Record<string, unknown>>;

const documents = new Map<string, OpenApiDocument>();

/**
 * The contract as an OpenAPI 3.1 document, made from the table of operations. Made once per version
 * and then shared: not to be changed.
 */
export function openApiDocument(version: string): OpenApiDocument {
  let document = documents.get(version);
  if (document === undefined) {
    document = build(version);
    documents.set(version, document);
  }
  return document;
}

function build(version: string): OpenApiDocument {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const id of OPERATION_IDS) {
    const { path, method } = OPERATIONS[id];
    paths[path] ??= {};
    paths[path][method.toLowerCase()] = operationObject(id, OPERATIONS[id]);
  }
  return {
    openapi: "3.1.0",
    info: {
      title: "azukeru storage service",
      version,
      description:
        "`{path}` is a path on the service: its names percent-encoded one by one and joined by `/`; the slashes between them are not encoded.",
    },
    paths,
    components: {
      securitySchemes: { session: { type: "http", scheme: "bearer" } },
      schemas: { Problem: jsonSchema(problemSchema, "output") },
    },
  };
}

function operationObject(id: OperationId, operation: Operation): object {
  const { summary, session, requestBody } = operation;
  const securities = {
    required: [{ session: [] }],
    optional: [{ session: [] }, {}],
    none: [],
  };
  return {
    operationId: id,
    summary,
    security: securities[session],
    parameters: parameters(operation),
    ...(requestBody.kind === "none"
      ? {}
      : { requestBody: { required: true, content: content([requestBody], "input") } }),
    responses: { ...successes(operation), ...problems(operation) },
  };
}

function parameters({ path, query, requestHeaders, session }: Operation): object[] {
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
  const inQuery = Object.entries(query?.shape ?? {}).map(([name, schema]) => ({
    name,
    in: "query",
    required: !z.safeParse(schema as z.ZodType, undefined).success,
    schema: jsonSchema(schema as z.ZodType, "input"),
  }));
  const inHeader = [...requestHeaders, ...(session === "none" ? [] : [IF_PLACE])].map(
    ({ name, required, description }) => ({
      name,
      in: "header",
      required,
      description,
      schema: { type: "string" },
    }),
  );
  return [...inPath, ...inQuery, ...inHeader];
}

function successes({ responses }: Operation): Record<string, object> {
  return Object.fromEntries(
    Object.entries(responses).map(([status, { description, bodies, headers }]) => [
      status,
      {
        description,
        headers: Object.fromEntries(
          headers.map((name) => [name, { required: true, schema: { type: "string" } }]),
        ),
        content: content(bodies, "output"),
      },
    ]),
  );
}

function problems(operation: Operation): Record<string, object> {
  const codes = new Set(problemCodesOf(operation));
  const byStatus = Object.groupBy(codes, (code) => String(PROBLEMS[code].status));
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, these = []]) => [
      status,
      {
        description: these.map((code) => `${code}: ${PROBLEMS[code].title}`).join("; "),
        headers: { "content-language": { schema: { type: "string" } } },
        content: { [PROBLEM_MEDIA_TYPE]: { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    ]),
  );
}

function content(bodies: readonly BodyDefinition[], io: "input" | "output"): object {
  const entries = bodies.flatMap((body) => {
    if (body.kind === "none") return [];
    const schema =
      body.kind === "bytes" ? { type: "string", format: "binary" } : jsonSchema(body.schema, io);
    return [[body.mediaType, { schema }] as const];
  });
  return Object.fromEntries(entries);
}

function jsonSchema(schema: z.ZodType, io: "input" | "output"): object {
  const { $schema: _dialect, ...rest } = z.toJSONSchema(schema, { io });
  return rest;
}
