import type { ClientExchange } from "../../observation/client-event.ts";
import { allBelow, orderKey, type ModelFolder, type PlacedNode } from "./contract-model.ts";
import { spanOf } from "./judge-commit.ts";
import { DueRefusals, statusFault, type Fault } from "./judgement.ts";
import type { ServiceModel } from "./service-model.ts";
import { supersededFault } from "./told-names.ts";
import { addFixed, addOtherPlace, addParentMissing, addUnwritable } from "./write-refusals.ts";
import { jsonIn } from "./wire.ts";

type Members = Readonly<Record<string, unknown>>;

/** What is wrong with the answer to a GET or HEAD of a folder. */
export function judgeFolderRead(
  model: ServiceModel,
  exchange: ClientExchange,
  path: readonly string[],
  query: URLSearchParams,
): Fault | undefined {
  const { contract, told } = model;
  const { headers, method, answer } = exchange;
  const folder = contract.folder(path);
  const refusals = new DueRefusals().add("not-found", folder === undefined);
  addOtherPlace(refusals, model, path, headers["azukeru-if-place"]);
  if (refusals.isAny || folder === undefined) return refusals.faultOf(exchange);
  const fault = statusFault(exchange, 200);
  if (fault !== undefined || answer === undefined) return fault;
  // A contract of which nothing was ever told begins its history with the first tag.
  if (contract.version === 0) contract.version = 1;
  // Whose request names a folder is told the tag of that one.
  const named = told.place(headers["azukeru-if-place"] ?? "")?.folderKey ?? folder.key;
  const place = told.placeFault(answer.headers["azukeru-place"], named, contract.version);
  if (place !== undefined || method === "HEAD") return place;
  const isStream = answer.headers["content-type"]?.startsWith("application/x-ndjson") === true;
  const token = query.get("pageToken");
  const after = token === null ? undefined : model.pageTokens.get(token);
  const isRecursive = query.get("recursive") === "true";
  const left = leftOf(folder, isRecursive, after);
  if (isStream) return listedFault(model, linesOf(answer.body), left, path);
  const limit = Math.min(Number(query.get("limit") ?? 1000), model.pageEntryCountMax);
  const page = left.slice(0, limit);
  const said = jsonIn(answer.body);
  const next = said["nextPageToken"] as string | null;
  const last = page.at(-1);
  if ((next === null) !== (left.length === page.length))
    return { found: `nextPageToken ${next ?? "null"}`, due: `${left.length - page.length} …` };
  if (next !== null && last !== undefined) model.pageTokens.set(next, orderKey(last));
  return (
    listedFault(model, said["entries"] as Members[], page, path) ??
    supersededFault(said, folder, `${path.join("/")}: `)
  );
}

/** What a listing has behind an entry, with paths below the folder. */
function leftOf(
  folder: ModelFolder,
  isRecursive: boolean,
  after: Buffer | undefined,
): readonly PlacedNode[] {
  const all = allBelow(folder).filter(({ path }) => isRecursive || path.length === 1);
  if (after === undefined) return all;
  return all.filter((each) => Buffer.compare(orderKey(each), after) > 0);
}

function linesOf(body: Buffer): readonly Members[] {
  return body
    .toString()
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Members);
}

/** What is wrong with entries that were listed: their number, their order, or what is said of one. */
function listedFault(
  { told }: ServiceModel,
  listed: readonly Members[],
  due: readonly PlacedNode[],
  path: readonly string[],
): Fault | undefined {
  const found = listed.map((entry) => `${String(entry["kind"])} ${String(entry["path"])}`);
  const wanted = due.map(({ node, path: at }) => `${node.kind} ${[...path, ...at].join("/")}`);
  if (found.join("\n") !== wanted.join("\n"))
    return { found: found.join(", "), due: wanted.join(", ") };
  return due
    .map(({ node, path: at }, index) =>
      told.entryFault(listed[index] ?? {}, node, [...path, ...at]),
    )
    .find((fault) => fault !== undefined);
}

/** What is wrong with the answer to a PUT of a folder. */
export function judgeFolderPut(
  model: ServiceModel,
  exchange: ClientExchange,
  path: readonly string[],
): Fault | undefined {
  const { contract } = model;
  const refusals = addUnwritable(new DueRefusals(), path, "folder", true);
  addOtherPlace(refusals, model, path, exchange.headers["azukeru-if-place"]);
  if (refusals.isAny) return refusals.faultOf(exchange);
  const span = spanOf(exchange);
  const isNew = contract.makeFolders(path, span);
  contract.makeCurrent("folder", path, span);
  if (isNew) contract.version += 1;
  return (
    statusFault(exchange, isNew ? 201 : 200) ??
    folderEntryFault(model, jsonIn(exchange.answer?.body ?? Buffer.alloc(0)), path)
  );
}

/** What is wrong with what is said of the folder at a path. */
export function folderEntryFault(
  { contract, told }: ServiceModel,
  said: Members,
  path: readonly string[],
): Fault | undefined {
  const folder = contract.folder(path);
  return folder === undefined ? undefined : told.entryFault(said, folder, path);
}

/** What is wrong with the answer to a DELETE of a folder. */
export function judgeFolderDelete(
  model: ServiceModel,
  exchange: ClientExchange,
  path: readonly string[],
  query: URLSearchParams,
): Fault | undefined {
  const { contract } = model;
  const folder = contract.folder(path);
  const refusals = addFixed(new DueRefusals().add("not-found", folder === undefined), path);
  addOtherPlace(refusals, model, path, exchange.headers["azukeru-if-place"]);
  const holdsAny = folder !== undefined && folder.files.size + folder.folders.size > 0;
  refusals.add("folder-not-empty", holdsAny && query.get("onlyIfEmpty") === "true");
  if (refusals.isAny || folder === undefined) return refusals.faultOf(exchange);
  contract.version += 1;
  contract.takeOut(folder);
  return statusFault(exchange, 204);
}

/** What is wrong with the answer to a request that renames or moves. */
export function judgeMove(model: ServiceModel, exchange: ClientExchange): Fault | undefined {
  const { contract, told } = model;
  const said = jsonIn(exchange.body) as Record<"kind" | "from" | "to", string>;
  const kind = said.kind === "file" ? "file" : "folder";
  const [from, to] = [said.from.split("/"), said.to.split("/")];
  const node = kind === "file" ? contract.file(from) : contract.folder(from);
  const parent = contract.folder(to.slice(0, -1));
  const name = to.at(-1) ?? "";
  const taken = kind === "file" ? parent?.files.get(name) : parent?.folders.get(name);
  const refusals = addFixed(new DueRefusals().add("not-found", node === undefined), from);
  addUnwritable(refusals, to, kind, true);
  refusals.add("parent-missing", parent === undefined);
  if (parent === undefined) addParentMissing(refusals, contract, to.slice(0, -1));
  refusals.add("invalid-path", isWithin(parent, node?.key));
  refusals.add("name-taken", taken !== undefined && taken !== node);
  if (refusals.isAny || node === undefined || parent === undefined)
    return refusals.faultOf(exchange);
  if (taken !== node) {
    contract.version += 1;
    contract.move(node, parent, name);
    contract.makeCurrent(kind, to, spanOf(exchange));
  }
  return (
    statusFault(exchange, 200) ??
    told.entryFault(jsonIn(exchange.answer?.body ?? Buffer.alloc(0)), node, to)
  );
}

/** Whether a folder is another one, or below it. */
function isWithin(folder: ModelFolder | undefined, key: number | undefined): boolean {
  for (let at = folder; at !== undefined; at = at.parent) if (at.key === key) return true;
  return false;
}
