import type { ClientExchange } from "../../observation/client-event.ts";
import { sha256 } from "../../scenario/content.ts";
import { commit, fileEntryFault, spanOf } from "./judge-commit.ts";
import { canonical } from "./judge-files.ts";
import { folderEntryFault } from "./judge-folders.ts";
import { DueRefusals, statusFault, type Fault } from "./judgement.ts";
import type { ServiceModel } from "./service-model.ts";
import {
  addNotCommitted,
  addOtherPlace,
  addParentMissing,
  addUnwritable,
} from "./write-refusals.ts";
import { digestIn, jsonIn } from "./wire.ts";

interface Part {
  readonly kind: "file" | "folder" | "file-attributes" | "folder-attributes";
  readonly path: string;
  readonly sizeBytes?: number;
  readonly modifiedAtNs?: string;
  readonly mode?: string;
  readonly sha256?: string;
}

interface PartResult {
  readonly outcome: "committed" | "refused";
  readonly entry?: Readonly<Record<string, unknown>>;
  readonly problem?: Readonly<Record<string, unknown>>;
}

/** What is wrong with the answer to a batch: with what is told of one of its parts, in their order. */
export function judgeBatch(model: ServiceModel, exchange: ClientExchange): Fault | undefined {
  const digest = digestIn(exchange.headers, "content-digest");
  const isOther = digest !== undefined && digest !== sha256(exchange.body);
  if (isOther) return new DueRefusals().add("digest-mismatch", true).faultOf(exchange);
  const fault = statusFault(exchange, 200);
  if (fault !== undefined || exchange.answer === undefined) return fault;
  const results = jsonIn(exchange.answer.body)["results"] as readonly PartResult[];
  const parts = partsIn(exchange.body);
  if (results.length !== parts.length)
    return { found: `${results.length} results`, due: `${parts.length} results` };
  return parts
    .map(([part, bytes], at) => judgePart(model, exchange, part, bytes, results[at]))
    .find((each) => each !== undefined);
}

function partsIn(body: Buffer): readonly (readonly [Part, Buffer])[] {
  const parts: (readonly [Part, Buffer])[] = [];
  for (let at = 0; at < body.length;) {
    const end = body.indexOf("\n", at);
    const part = JSON.parse(body.subarray(at, end).toString()) as Part;
    at = end + 1 + (part.sizeBytes ?? 0);
    parts.push([part, body.subarray(end + 1, at)]);
  }
  return parts;
}

function judgePart(
  model: ServiceModel,
  exchange: ClientExchange,
  part: Part,
  bytes: Buffer,
  result: PartResult | undefined,
): Fault | undefined {
  const path = part.path.split("/");
  const refusals = refusalsOf(model, part, path, bytes);
  addOtherPlace(refusals, model, path, exchange.headers["azukeru-if-place"]);
  const { entry, problem } = result ?? {};
  if (refusals.isAny) {
    if (problem === undefined) return { found: `${part.path}: committed`, due: "refused" };
    return refusals.faultIn(problem, Number(problem["status"]));
  }
  if (entry === undefined)
    return { found: `${part.path}: ${String(problem?.["code"])}`, due: "committed" };
  carryOut(model, exchange, part, path, bytes);
  return part.kind.startsWith("file")
    ? fileEntryFault(model, entry, path)
    : folderEntryFault(model, entry, path);
}

function refusalsOf(
  model: ServiceModel,
  part: Part,
  path: readonly string[],
  bytes: Buffer,
): DueRefusals {
  const { contract } = model;
  const refusals = new DueRefusals();
  switch (part.kind) {
    case "file": {
      const sent = sentIn(part, bytes);
      refusals.add("digest-mismatch", part.sha256 !== sent.sha256);
      return addNotCommitted(refusals, model, path, sent, {});
    }
    case "folder":
      addParentMissing(refusals, contract, path);
      return addUnwritable(refusals, path, "folder", true);
    case "file-attributes": {
      const newest = contract.file(path)?.generations[0];
      refusals.add("not-found", newest === undefined);
      const isOther = newest?.sha256 !== part.sha256 || newest?.modifiedAtNs !== part.modifiedAtNs;
      refusals.add("precondition-failed", newest !== undefined && isOther);
      return addUnwritable(refusals, path, "file", true);
    }
    case "folder-attributes":
      refusals.add("not-found", contract.folder(path) === undefined);
      return addUnwritable(refusals, path, "folder", true);
  }
}

function sentIn(
  part: Part,
  bytes: Buffer,
): { readonly bytes: Buffer; readonly sha256: string; readonly modifiedAtNs: string } {
  return { bytes, sha256: sha256(bytes), modifiedAtNs: canonical(part.modifiedAtNs ?? "") };
}

function carryOut(
  model: ServiceModel,
  exchange: ClientExchange,
  part: Part,
  path: readonly string[],
  bytes: Buffer,
): void {
  const { contract } = model;
  const span = spanOf(exchange);
  const mode = part.mode ?? null;
  switch (part.kind) {
    case "file":
      commit(model, { path, sent: sentIn(part, bytes), mode }, span);
      return;
    case "folder":
      if (contract.makeFolders(path, span)) contract.version += 1;
      contract.makeCurrent("folder", path, span);
      return;
    case "file-attributes": {
      const newest = contract.file(path)?.generations[0];
      contract.version += 1;
      if (newest !== undefined) newest.mode = mode;
      contract.noteWrite(contract.file(path));
      return;
    }
    case "folder-attributes": {
      const folder = contract.folder(path);
      contract.version += 1;
      if (folder === undefined) return;
      contract.noteWrite(folder);
      folder.mode = mode;
      folder.modifiedAtNs = canonical(part.modifiedAtNs ?? "");
    }
  }
}
