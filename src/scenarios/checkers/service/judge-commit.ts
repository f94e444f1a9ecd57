import type { ClientExchange } from "../../observation/client-event.ts";
import type { WireSpan } from "./contract-model.ts";
import { firstDifference, statusFault, type Fault } from "./judgement.ts";
import type { ServiceModel } from "./service-model.ts";
import { TAKEN_BACK } from "./told-names.ts";
import { isUnchanged, type SentFile } from "./write-refusals.ts";
import { digestField, jsonIn, type WireHeaders } from "./wire.ts";

/** A file that has to be committed. */
interface DueCommit {
  readonly path: readonly string[];
  readonly sent: SentFile;
  /** Null where nothing is said of it. */
  readonly mode: string | null;
}

/** When an exchange was under way. */
export function spanOf({ sentMs, answeredMs }: ClientExchange): WireSpan {
  return { fromMs: sentMs, toMs: answeredMs };
}

/** Commits a file in the model; says whether the file was new. */
export function commit(
  { contract }: ServiceModel,
  { path, sent, mode }: DueCommit,
  span: WireSpan,
): boolean {
  const file = contract.file(path);
  if (isUnchanged(file, sent)) {
    const newest = file?.generations[0];
    if (newest !== undefined && mode !== null) newest.mode = mode;
  } else {
    contract.version += 1;
    contract.addGeneration(path, { ...sent, mode }, span);
  }
  contract.makeCurrent("file", path, span);
  return file === undefined;
}

/** Commits a file in the model and says what is wrong with what is answered of it. */
export function commitFault(
  model: ServiceModel,
  exchange: ClientExchange,
  due: DueCommit,
): Fault | undefined {
  const isNew = commit(model, due, spanOf(exchange));
  const { answer } = exchange;
  if (answer === undefined) return undefined;
  return (
    statusFault(exchange, isNew ? 201 : 200) ??
    fileEntryFault(model, jsonIn(answer.body), due.path) ??
    firstDifference(answer.headers, {
      "repr-digest": digestField(due.sent.bytes),
      etag: model.contract.file(due.path)?.generations[0]?.etag,
    })
  );
}

/** What is wrong with what is said of the file at a path. */
export function fileEntryFault(
  { contract, told }: ServiceModel,
  said: WireHeaders | Readonly<Record<string, unknown>>,
  path: readonly string[],
): Fault | undefined {
  const file = contract.file(path);
  return file === undefined ? undefined : told.entryFault(said, file, path);
}

/**
 * What is wrong with the tag of a folder that comes with an answer to a request that names it: who names one that was
 * taken back is told none, since it would stand for a state that is not known there.
 */
export function placeFault(
  { told, contract }: ServiceModel,
  { headers, answer }: ClientExchange,
): Fault | undefined {
  const place = told.place(headers["azukeru-if-place"] ?? "");
  if (place === undefined || answer === undefined || answer.status >= 300) return undefined;
  const tag = answer.headers["azukeru-place"];
  if (place.version !== TAKEN_BACK) return told.placeFault(tag, place.folderKey, contract.version);
  return tag === undefined ? undefined : { found: `azukeru-place ${tag}`, due: "azukeru-place —" };
}
