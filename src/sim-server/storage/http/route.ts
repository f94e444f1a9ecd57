import { OPERATION_IDS, type OperationId } from "../../../protocol/http/operation-ids.ts";
import { OPERATIONS } from "../../../protocol/http/operations.ts";

/** Where a request goes. */
export type Route =
  | {
      readonly kind: "operation";
      readonly operationId: OperationId;
      /** What stands for `{path}` or `{id}`, still percent-encoded; empty without one. */
      readonly parameter: string;
    }
  | { readonly kind: "method-not-allowed"; readonly allow: string }
  | { readonly kind: "not-found" };

type Methods = Map<string, OperationId>;

const exact = new Map<string, Methods>();
const prefixes = new Map<string, Methods>();

for (const id of OPERATION_IDS) {
  const { method, path } = OPERATIONS[id];
  const mark = path.indexOf("{");
  const table = mark === -1 ? exact : prefixes;
  const key = mark === -1 ? path : path.slice(0, mark);
  const methods: Methods = table.get(key) ?? new Map<string, OperationId>();
  methods.set(method, id);
  table.set(key, methods);
}

/** Finds the operation of a request, by the table of operations alone. */
export function route(method: string, path: string): Route {
  if (path === "*" && method === "OPTIONS") return found("uploadOptions", "");
  const methods = exact.get(path);
  if (methods !== undefined) return choose(methods, method, "");
  // `/v1/files/…`: the prefix ends with the third slash.
  const end = path.indexOf("/", path.indexOf("/", 1) + 1) + 1;
  const prefixed = prefixes.get(path.slice(0, end));
  return prefixed === undefined ? { kind: "not-found" } : choose(prefixed, method, path.slice(end));
}

function choose(methods: Methods, method: string, parameter: string): Route {
  // HEAD is answered wherever GET is (RFC 9110 section 9.3.2).
  const id = methods.get(method) ?? (method === "HEAD" ? methods.get("GET") : undefined);
  if (id !== undefined) return found(id, parameter);
  const allow = [...methods.keys()];
  if (allow.includes("GET") && !allow.includes("HEAD")) allow.push("HEAD");
  return { kind: "method-not-allowed", allow: allow.join(", ") };
}

function found(operationId: OperationId, parameter: string): Route {
  return { kind: "operation", operationId, parameter };
}
