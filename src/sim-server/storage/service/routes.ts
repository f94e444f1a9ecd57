import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";

import express, { type ErrorRequestHandler, type Request, type Response } from "express";

import { message } from "../../../messages/message.ts";
import { OPERATION_IDS, type OperationId } from "../../../protocol/http/operation-ids.ts";
import { OPERATIONS } from "../../../protocol/http/operations.ts";
import { ProblemError } from "../http/problem-error.ts";
import { parseRequestTarget, type RequestTarget } from "../http/request-target.ts";

/** Where a request goes: to an operation, or nowhere, and then with what it is refused. */
export type Route =
  | {
      readonly kind: "operation";
      readonly operationId: OperationId;
      /** What stands for `{path}` or `{id}`, still percent-encoded; empty without one. */
      readonly parameter: string;
    }
  | { readonly kind: "refused"; readonly refusal: ProblemError };

/** What becomes of requests once it is known where they go. */
export interface RouteOptions {
  /** Answers a request. */
  readonly answer: (
    request: IncomingMessage,
    response: ServerResponse,
    routed: { readonly target: RequestTarget; readonly route: Route },
  ) => Promise<void>;
  /** Told what an answer failed with; its connection is closed. */
  readonly onInternalError: (error: unknown) => void;
}

type Locals = { readonly target: RequestTarget };

type Methods = ReadonlyMap<string, OperationId>;

/**
 * The operations of the contract as routes of an Express application, by their table alone: paths,
 * methods and parameters, HEAD wherever GET is (RFC 9110 section 9.3.2), 405 with Allow for every other
 * method of a path that exists, 404 for the rest.
 *
 * Express decodes what a parameter holds, refuses what it cannot decode with a page of its own, and
 * parses some targets anew, in another way than this contract does. A name may hold an encoded slash
 * that must not become one, so Express gets to see each target in a spelling that it decodes to what the
 * client sent (`spelled`), and never a query.
 */
export function createRoutes({ answer, onInternalError }: RouteOptions): RequestListener {
  const app = express();
  app.disable("x-powered-by");
  app.enable("case sensitive routing");
  app.enable("strict routing");
  const go = (request: Request, response: Response, route: Route): Promise<void> =>
    answer(request, response, { target: (response.locals as Locals).target, route });
  const refuse = (request: Request, response: Response, refusal: ProblemError): Promise<void> =>
    go(request, response, { kind: "refused", refusal });

  for (const [path, methods] of methodsByPath()) {
    const [, name = ""] = PARAMETER.exec(path) ?? [];
    const route = app.route(path.replace(PARAMETER, "{*$1}"));
    for (const [method, operationId] of methods) {
      route[VERBS[method as keyof typeof VERBS]]((request: Request, response: Response) => {
        const parameter = [request.params[name] ?? []].flat().join("/");
        return go(request, response, { kind: "operation", operationId, parameter });
      });
    }
    const allow = allowedOf(methods);
    route.all((request: Request, response: Response) => {
      const detail = message("request.allowed-methods", { methods: allow });
      const refusal = new ProblemError("method-not-allowed", detail, { headers: { allow } });
      return refuse(request, response, refusal);
    });
  }
  app.use((request: Request, response: Response) =>
    refuse(request, response, new ProblemError("not-found", message("request.no-such-resource"))),
  );
  const onError: ErrorRequestHandler = (error: unknown, request, _response, _next) => {
    onInternalError(error);
    request.socket.destroy();
  };
  app.use(onError);

  return (request, response) => {
    const target = parseRequestTarget(request.url ?? "/");
    request.url = spelled(target, request.method);
    app(request, Object.assign(response, { locals: { target } satisfies Locals }));
  };
}

/** A parameter, which is always the rest of its path. */
const PARAMETER = /\{(\w+)\}$/;

const VERBS = {
  DELETE: "delete",
  GET: "get",
  HEAD: "head",
  OPTIONS: "options",
  PATCH: "patch",
  POST: "post",
  PUT: "put",
} as const;

function methodsByPath(): ReadonlyMap<string, Methods> {
  const paths = new Map<string, Map<string, OperationId>>();
  for (const id of OPERATION_IDS) {
    const { method, path } = OPERATIONS[id];
    const methods = paths.get(path) ?? new Map<string, OperationId>();
    paths.set(path, methods.set(method, id));
  }
  return paths;
}

function allowedOf(methods: Methods): string {
  const allowed = [...methods.keys()];
  if (allowed.includes("GET") && !allowed.includes("HEAD")) allowed.push("HEAD");
  return allowed.join(", ");
}

/**
 * A target as Express is to see it: what Express would decode, or parse in a way of its own, is encoded
 * once more. `OPTIONS *` asks for the options there are; what is neither `*` nor a path is nowhere, as is
 * the top.
 */
function spelled({ path }: RequestTarget, method: string | undefined): string {
  if (path === "*" && method === "OPTIONS") return OPERATIONS.uploadOptions.path;
  if (!path.startsWith("/")) return "/";
  return path.replaceAll("%", "%25").replace(/[#\s]/g, encodeURIComponent);
}
