import type { ClientExchange } from "../../observation/client-event.ts";
import { sha256 } from "../../scenario/content.ts";
import { commitFault } from "./judge-commit.ts";
import { canonical } from "./judge-files.ts";
import { firstDifference, DueRefusals, statusFault, type Fault } from "./judgement.ts";
import type { ServiceModel } from "./service-model.ts";
import type { ModelUpload } from "./upload-model.ts";
import { addNotBegun, addNotCommitted, addOtherPlace } from "./write-refusals.ts";
import { digestField, digestIn, type WireHeaders } from "./wire.ts";

/** Hours without a byte, after which an unfinished upload is gone. */
const IDLE_HOURS_MAX = 72;
const IDLE_MS_MAX = IDLE_HOURS_MAX * 3_600_000;

/** By so much the rest of an upload's time may be told otherwise: seconds that a cut request took. */
const AGE_SECONDS = 5;

/** What is wrong with the answer to a request that begins an upload. */
export function judgeUploadBegun(
  model: ServiceModel,
  exchange: ClientExchange,
  query: URLSearchParams,
): Fault | undefined {
  const { headers, body, answer, answeredMs } = exchange;
  const path = (query.get("path") ?? "").split("/");
  const isWhole = headers["upload-complete"] === "?1";
  const told = headers["upload-length"];
  const lengthBytes = told === undefined ? (isWhole ? body.length : undefined) : Number(told);
  const digest = digestIn(headers, "repr-digest");
  const refusals = new DueRefusals()
    .add("digest-required", isWhole && digest === undefined)
    .add("inconsistent-upload-length", isWhole && lengthBytes !== body.length)
    .add("inconsistent-upload-length", body.length > (lengthBytes ?? body.length));
  addNotBegun(refusals, model.contract, path, lengthBytes);
  addOtherPlace(refusals, model, path, headers["azukeru-if-place"]);
  const upload: ModelUpload = {
    path,
    modifiedAtNs: canonical(query.get("modifiedAtNs") ?? ""),
    mode: query.get("mode"),
    conditions: headers,
    bytes: body,
    sha256: digest,
    lengthBytes,
    usedMs: answeredMs,
    result: undefined,
  };
  if (isWhole) addNotCommitted(refusals, model, path, sentAs(upload), headers);
  if (isWhole) refusals.add("digest-mismatch", digest !== sha256(body));
  if (refusals.isAny) return refusals.faultOf(exchange);
  const location = answer?.headers["location"] ?? "";
  if (answer === undefined) return undefined;
  if (model.uploads.has(location) || model.endedUploads.has(location) || location === "")
    return { found: `location ${location}`, due: "location …" };
  model.uploads.set(location, upload);
  if (isWhole) return completedFault(model, exchange, upload);
  return statusFault(exchange, 201) ?? standingFault(upload, answer.headers, answeredMs);
}

/** What is wrong with the answer to a request about an upload: an append, a look, or the end of it. */
export function judgeUpload(
  model: ServiceModel,
  exchange: ClientExchange,
  location: string,
): Fault | undefined {
  const { uploads } = model;
  const { method, sentMs, answeredMs, answer } = exchange;
  const upload = uploads.get(location);
  const isIdle = upload !== undefined && sentMs - upload.usedMs >= IDLE_MS_MAX;
  if (upload === undefined || isIdle) {
    uploads.delete(location);
    model.endedUploads.add(location);
    return new DueRefusals().add("not-found", true).faultOf(exchange);
  }
  if (method === "PATCH") return judgeAppend(model, exchange, upload, location);
  if (method === "DELETE") {
    uploads.delete(location);
    model.endedUploads.add(location);
    return statusFault(exchange, 204);
  }
  const fault = statusFault(exchange, 204);
  if (fault !== undefined || answer === undefined) return fault;
  const { lengthBytes, result } = upload;
  const due = {
    "upload-length": lengthBytes === undefined ? undefined : String(lengthBytes),
    ...(result === undefined
      ? { "repr-digest": undefined, etag: undefined, "content-location": undefined }
      : { "repr-digest": digestField(upload.bytes), etag: result.etag }),
  };
  return standingFault(upload, answer.headers, answeredMs) ?? firstDifference(answer.headers, due);
}

/** What is wrong with where an upload is said to stand. */
function standingFault(
  upload: ModelUpload,
  headers: WireHeaders,
  nowMs: number,
): Fault | undefined {
  const age = Number(/max-age=(\d+)/.exec(headers["upload-limit"] ?? "")?.[1]);
  const dueAge = Math.max(0, Math.floor((IDLE_MS_MAX - (nowMs - upload.usedMs)) / 1000));
  const fault = firstDifference(headers, {
    "upload-offset": String(upload.bytes.length),
    "upload-complete": upload.result === undefined ? "?0" : "?1",
  });
  if (fault !== undefined || Math.abs(age - dueAge) <= AGE_SECONDS) return fault;
  return { found: `max-age=${age}`, due: `max-age=${dueAge}` };
}

function judgeAppend(
  model: ServiceModel,
  exchange: ClientExchange,
  upload: ModelUpload,
  location: string,
): Fault | undefined {
  const { headers, body, answeredMs, answer } = exchange;
  const isLast = headers["upload-complete"] === "?1";
  const declaredBytes = Number(headers["content-length"] ?? 0);
  const refused = refusalsOfAppend(model, exchange, upload);
  if (refused.isAny) return refused.faultOf(exchange);
  const endBytes = upload.bytes.length + declaredBytes;
  const digest = digestIn(headers, "repr-digest");
  upload.sha256 ??= digest;
  if (isLast) upload.lengthBytes ??= endBytes;
  if (!isLast && endBytes > (upload.lengthBytes ?? endBytes)) {
    end(model, location);
    return new DueRefusals().add("inconsistent-upload-length", true).faultOf(exchange);
  }
  upload.usedMs = answeredMs;
  const content = digestIn(headers, "content-digest");
  // Cut off, what arrived is kept: the digest of the whole is still to come.
  const isDropped = answer !== undefined && content !== undefined && content !== sha256(body);
  if (isDropped) return new DueRefusals().add("digest-mismatch", true).faultOf(exchange);
  upload.bytes = Buffer.concat([upload.bytes, body]);
  if (answer === undefined) return undefined;
  if (!isLast)
    return statusFault(exchange, 204) ?? standingFault(upload, answer.headers, answeredMs);
  const refusals = new DueRefusals().add("digest-mismatch", upload.sha256 !== sha256(upload.bytes));
  const conditions = conditionsOf(headers, upload);
  addNotCommitted(refusals, model, upload.path, sentAs(upload), conditions);
  if (!refusals.isAny) return completedFault(model, exchange, upload);
  end(model, location);
  return refusals.faultOf(exchange) ?? firstDifference(answer.headers, { "upload-complete": "?1" });
}

/** Reasons for which an append is not looked at; the upload goes on. */
function refusalsOfAppend(
  model: ServiceModel,
  { headers, answer }: ClientExchange,
  upload: ModelUpload,
): DueRefusals {
  const isLast = headers["upload-complete"] === "?1";
  const offset = Number(headers["upload-offset"]);
  const standsAt = upload.bytes.length;
  const declaredBytes = Number(headers["content-length"] ?? 0);
  const digest = digestIn(headers, "repr-digest");
  const refusals = new DueRefusals();
  addOtherPlace(refusals, model, upload.path, conditionsOf(headers, upload)["azukeru-if-place"]);
  if (upload.result !== undefined) {
    const code = declaredBytes > 0 ? "inconsistent-upload-length" : "upload-completed";
    return refusals.add(code, true);
  }
  const members = { "expected-offset": standsAt, "provided-offset": offset };
  refusals.add("upload-offset-mismatch", offset !== standsAt, members);
  const isOther =
    isLast && standsAt + declaredBytes !== (upload.lengthBytes ?? standsAt + declaredBytes);
  refusals.add("inconsistent-upload-length", isOther && offset === standsAt);
  refusals.add("digest-required", isLast && (digest ?? upload.sha256) === undefined);
  const isContrary = digest !== undefined && digest !== (upload.sha256 ?? digest);
  refusals.add("digest-mismatch", isContrary);
  if (answer === undefined) return new DueRefusals().add("upload-offset-mismatch", refusals.isAny);
  return refusals;
}

/** Conditions of the request that completes, or those of the one that began it. */
function conditionsOf(headers: WireHeaders, { conditions }: ModelUpload): WireHeaders {
  const isNone = headers["if-match"] === undefined && headers["if-none-match"] === undefined;
  const tags = isNone ? conditions : headers;
  return {
    "if-match": tags["if-match"],
    "if-none-match": tags["if-none-match"],
    "azukeru-if-place": headers["azukeru-if-place"] ?? conditions["azukeru-if-place"],
  };
}

function sentAs(upload: ModelUpload): {
  readonly bytes: Buffer;
  readonly sha256: string;
  readonly modifiedAtNs: string;
} {
  const { bytes, modifiedAtNs } = upload;
  return { bytes, sha256: sha256(bytes), modifiedAtNs };
}

function completedFault(
  model: ServiceModel,
  exchange: ClientExchange,
  upload: ModelUpload,
): Fault | undefined {
  const { path, mode } = upload;
  const fault = commitFault(model, exchange, { path, sent: sentAs(upload), mode });
  const etag = model.contract.file(path)?.generations[0]?.etag;
  upload.result = { etag, sha256: sha256(upload.bytes) };
  upload.lengthBytes = upload.bytes.length;
  const { answer, answeredMs } = exchange;
  if (fault !== undefined || answer === undefined) return fault;
  return standingFault(upload, answer.headers, answeredMs);
}

function end(model: ServiceModel, location: string): void {
  model.uploads.delete(location);
  model.endedUploads.add(location);
}
