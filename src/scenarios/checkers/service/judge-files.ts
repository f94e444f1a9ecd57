import type { ClientExchange } from "../../observation/client-event.ts";
import { sha256 } from "../../scenario/content.ts";
import type { ModelFile, ModelGeneration } from "./contract-model.ts";
import { commitFault } from "./judge-commit.ts";
import { firstDifference, DueRefusals, statusFault, type Fault } from "./judgement.ts";
import type { ServiceModel } from "./service-model.ts";
import {
  addFixed,
  addNotCommitted,
  addOtherPlace,
  matches,
  matchesNone,
} from "./write-refusals.ts";
import { digestField, digestIn, jsonIn, type WireHeaders } from "./wire.ts";

/** What is wrong with the answer to a PUT of a file. */
export function judgePut(
  model: ServiceModel,
  exchange: ClientExchange,
  path: readonly string[],
): Fault | undefined {
  const { headers, body } = exchange;
  const told = ["repr-digest", "content-digest"].map((name) => digestIn(headers, name));
  const modifiedAtNs = canonical(headers["azukeru-modified-at-ns"] ?? "");
  const sent = { bytes: body, sha256: sha256(body), modifiedAtNs };
  const refusals = new DueRefusals().add(
    "digest-required",
    told.every((digest) => digest === undefined),
  );
  for (const digest of told) {
    refusals.add("digest-mismatch", digest !== undefined && digest !== sent.sha256);
  }
  addNotCommitted(refusals, model, path, sent, headers);
  if (refusals.isAny) return refusals.faultOf(exchange);
  const mode = headers["azukeru-mode"] ?? null;
  return asUnsure(model, exchange, path) ?? commitFault(model, exchange, { path, sent, mode });
}

/** A refusal of a condition of which nothing was told that says whether it holds is no fault, and changes nothing. */
function asUnsure(
  { told, contract }: ServiceModel,
  { headers, answer }: ClientExchange,
  path: readonly string[],
): Fault | undefined {
  const file = contract.file(path);
  const isUnsure =
    matches(told, file, headers["if-match"]) === undefined ||
    matchesNone(told, file, headers["if-none-match"]) === undefined;
  return isUnsure && answer?.status === 412 ? NO_FAULT : undefined;
}

/** Says that an exchange is judged, and nothing is wrong with it. */
export const NO_FAULT: Fault = { found: "", due: "" };

/** Nanoseconds as they are kept: there is no `-0`. */
export function canonical(nanoseconds: string): string {
  return nanoseconds === "-0" ? "0" : nanoseconds;
}

/** What is wrong with the answer to a DELETE of a file. */
export function judgeDelete(
  model: ServiceModel,
  exchange: ClientExchange,
  path: readonly string[],
): Fault | undefined {
  const { contract, told } = model;
  const { headers } = exchange;
  const file = contract.file(path);
  const refusals = new DueRefusals().add("not-found", file === undefined);
  addFixed(refusals, path);
  addOtherPlace(refusals, model, path, headers["azukeru-if-place"]);
  const isRefused = matches(told, file, headers["if-match"]) === false;
  refusals.add("precondition-failed", file !== undefined && isRefused);
  if (refusals.isAny || file === undefined) return refusals.faultOf(exchange);
  const unsure = asUnsure(model, exchange, path);
  if (unsure !== undefined) return unsure;
  contract.version += 1;
  contract.takeOut(file);
  return statusFault(exchange, 204);
}

/** What is wrong with the answer to a GET or HEAD of a file. */
export function judgeRead(
  model: ServiceModel,
  exchange: ClientExchange,
  path: readonly string[],
  query: URLSearchParams,
): Fault | undefined {
  const { contract, told } = model;
  const { headers, answer } = exchange;
  const file = contract.file(path);
  const wanted = query.get("generation");
  const generation = file?.generations.find(
    ({ number }) => wanted === null || number === Number(wanted),
  );
  const refusals = new DueRefusals().add("not-found", generation === undefined);
  addOtherPlace(refusals, model, path, headers["azukeru-if-place"]);
  if (refusals.isAny || file === undefined || generation === undefined || answer === undefined)
    return refusals.faultOf(exchange);
  if (matches(told, file, headers["if-match"], generation) === false)
    return refusals.add("precondition-failed", true).faultOf(exchange);
  if (answer.status === 412 && asUnsure(model, exchange, path) !== undefined) return undefined;
  const isNone = matchesNone(told, file, headers["if-none-match"], generation);
  if (isNone === false || (isNone === undefined && answer.status === 304)) {
    return (
      statusFault(exchange, 304) ??
      told.etagFault(answer.headers["etag"], generation, path.join("/"))
    );
  }
  return contentFault(model, exchange, file, generation);
}

function contentFault(
  { told }: ServiceModel,
  exchange: ClientExchange,
  file: ModelFile,
  generation: ModelGeneration,
): Fault | undefined {
  const { headers, method, answer } = exchange;
  if (answer === undefined) return undefined;
  const { bytes } = generation;
  const ifRange = headers["if-range"];
  // If-Range names one tag; there is no "any" of it.
  const isOfThis =
    ifRange === undefined || (ifRange !== "*" && matches(told, file, ifRange, generation));
  const ranged = method === "HEAD" || isOfThis === false ? "whole" : rangeIn(headers, bytes.length);
  const range = isOfThis === undefined && answer.status === 200 ? "whole" : ranged;
  if (range === "unsatisfiable") {
    const fault = new DueRefusals().add("range-not-satisfiable", true).faultOf(exchange);
    const due = { "content-range": `bytes */${bytes.length}` };
    return fault ?? firstDifference(answer.headers, due);
  }
  const [first, end] = range === "whole" ? [0, bytes.length] : range;
  const part = bytes.subarray(first, end);
  const place = `${file.name} (${generation.number}): `;
  const due = {
    "repr-digest": digestField(bytes),
    "content-digest": digestField(method === "HEAD" ? bytes : part),
    "content-length": String(part.length),
    "azukeru-modified-at-ns": generation.modifiedAtNs,
    "azukeru-mode": generation.mode ?? undefined,
    "content-range": range === "whole" ? undefined : `bytes ${first}-${end - 1}/${bytes.length}`,
    ...lastModified(generation.modifiedAtNs),
  };
  return (
    statusFault(exchange, range === "whole" ? 200 : 206) ??
    told.etagFault(answer.headers["etag"], generation, place) ??
    firstDifference(answer.headers, due, place) ??
    (method === "HEAD" || answer.body.equals(part)
      ? undefined
      : { found: `${place}${answer.body.length} B`, due: `${place}${part.length} B` })
  );
}

/** The bytes that a Range asks for, from the first to behind the last. */
function rangeIn(
  headers: WireHeaders,
  sizeBytes: number,
): "whole" | "unsatisfiable" | [number, number] {
  const found = /^bytes=(\d*)-(\d*)$/.exec(headers["range"] ?? "");
  const [, from = "", to = ""] = found ?? [];
  if (found === null || from + to === "") return "whole";
  if (from === "") {
    const count = Math.min(Number(to), sizeBytes);
    return count === 0 ? "unsatisfiable" : [sizeBytes - count, sizeBytes];
  }
  if (to !== "" && Number(to) < Number(from)) return "whole";
  if (Number(from) >= sizeBytes) return "unsatisfiable";
  return [Number(from), to === "" ? sizeBytes : Math.min(Number(to) + 1, sizeBytes)];
}

/** The modification time to the second, where it is not before 1970. */
function lastModified(modifiedAtNs: string): WireHeaders {
  if (modifiedAtNs.startsWith("-") || modifiedAtNs.length > 20) return {};
  const ms = Number(BigInt(modifiedAtNs) / 1_000_000_000n) * 1000;
  // oxlint-disable-next-line no-restricted-globals -- writes a time; asks no clock
  return { "last-modified": new Date(ms).toUTCString() };
}

/** What is wrong with the list of generations of a file. */
export function judgeGenerations(
  model: ServiceModel,
  exchange: ClientExchange,
  path: readonly string[],
): Fault | undefined {
  const { contract, told } = model;
  const file = contract.file(path);
  if (file === undefined) return new DueRefusals().add("not-found", true).faultOf(exchange);
  const fault = statusFault(exchange, 200);
  if (fault !== undefined || exchange.answer === undefined) return fault;
  const listed = jsonIn(exchange.answer.body)["generations"] as Readonly<Record<string, unknown>>[];
  const place = `${path.join("/")}: `;
  const numbers = listed.map(({ generation }) => generation);
  const due = file.generations.map(({ number }) => number);
  return (
    firstDifference({ generations: numbers }, { generations: due }, place) ??
    file.generations
      .map((generation, at) => told.generationFault(listed[at] ?? {}, generation, place))
      .find((each) => each !== undefined)
  );
}
