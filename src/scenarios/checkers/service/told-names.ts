import { ToldOrders } from "./told-orders.ts";
import { firstDifference, type Fault } from "./judgement.ts";
import {
  allBelow,
  type ContractModel,
  type ModelFile,
  type ModelFolder,
  type ModelGeneration,
  type ModelNode,
  type WireSpan,
} from "./contract-model.ts";

type Members = Readonly<Record<string, unknown>>;

/** Where a tag of a folder was told: which folder, and after how many changes of the contract. */
interface ToldPlace {
  readonly folderKey: number;
  readonly version: number;
}

/**
 * The names that the service chooses itself: ids of entries, tags of generations and folders. None is given twice, and
 * none changes while what it names is there.
 */
export class ToldNames {
  #ids = new Map<string, number>();
  #etags = new Map<string, number>();
  readonly #orders = new ToldOrders();
  readonly #places = new Map<string, ToldPlace>();

  /** What is wrong with an entry as it is told. */
  entryFault(told: Members, node: ModelNode, path: readonly string[]): Fault | undefined {
    const place = `${path.join("/")}: `;
    const common = { kind: node.kind, name: node.name, path: path.join("/") };
    const due =
      node.kind === "file"
        ? { ...common, ...fileMembers(node) }
        : { ...common, modifiedAtNs: node.modifiedAtNs, mode: node.mode };
    const [newest] = node.kind === "file" ? node.generations : [];
    const since = node.kind === "file" ? newest?.saved : node.created;
    const timed = node.kind === "file" ? "savedAt" : "createdAt";
    return (
      firstDifference(told, due, place) ??
      spanFault(told, timed, since, place) ??
      supersededFault(told, node, place) ??
      this.#orders.fault(told["writeOrder"], node.written, place) ??
      this.#idFault(told, node, place) ??
      (newest && this.etagFault(told["etag"], newest, place))
    );
  }

  /** What is wrong with a row of the list of generations. */
  generationFault(told: Members, generation: ModelGeneration, place: string): Fault | undefined {
    const { number, bytes, modifiedAtNs, mode, sha256 } = generation;
    const due = { generation: number, sizeBytes: bytes.length, modifiedAtNs, mode, sha256 };
    return (
      firstDifference(told, due, place) ??
      spanFault(told, "savedAt", generation.saved, place) ??
      this.etagFault(told["etag"], generation, place)
    );
  }

  /** What is wrong with the tag of a generation. */
  etagFault(told: unknown, generation: ModelGeneration, place: string): Fault | undefined {
    const text = String(told);
    const owner = this.#etags.get(text) ?? generation.key;
    if (owner !== generation.key || (generation.etag ?? text) !== text)
      return { found: `${place}etag ${text}`, due: `${place}etag ${generation.etag ?? "…"}` };
    generation.etag = text;
    this.#etags.set(text, generation.key);
    return undefined;
  }

  /** Whether a tag names a generation; undefined where nothing was told that says so. */
  names(etag: string, generation: ModelGeneration): boolean | undefined {
    if (generation.etag !== undefined) return generation.etag === etag;
    const owner = this.#etags.get(etag);
    return owner === undefined && etag !== '"unknown"' ? undefined : false;
  }

  /** What is wrong with the tag of a folder that an answer has. */
  placeFault(text: string | undefined, folderKey: number, version: number): Fault | undefined {
    const known = this.#places.get(text ?? "");
    if (text === undefined || (known !== undefined && known.folderKey !== folderKey))
      return { found: `azukeru-place ${text ?? ""}`, due: "azukeru-place …" };
    this.#places.set(text, { folderKey, version: known?.version ?? version });
    return undefined;
  }

  /** Where a tag of a folder was told; undefined for one that never was, or in a state that was taken back. */
  place(text: string): ToldPlace | undefined {
    return this.#places.get(text);
  }

  /** The service was put back to an earlier state: what was told behind it may be told of other things now. */
  putBack(contract: ContractModel, version: number): void {
    this.#ids = new Map();
    this.#etags = new Map();
    const nodes = allBelow(contract.root).map(({ node }) => node);
    this.#orders.putBack(new Set(nodes.map(({ written }) => written)));
    for (const node of nodes) {
      if (node.id !== undefined) this.#ids.set(node.id, node.key);
      if (node.kind === "folder") continue;
      for (const { etag, key } of node.generations)
        if (etag !== undefined) this.#etags.set(etag, key);
    }
    for (const [text, place] of this.#places)
      if (place.version > version) this.#places.set(text, { ...place, version: TAKEN_BACK });
  }

  #idFault(told: Members, node: ModelNode, place: string): Fault | undefined {
    const id = String(told["id"]);
    const owner = this.#ids.get(id) ?? node.key;
    if (owner !== node.key || (node.id ?? id) !== id)
      return { found: `${place}id ${id}`, due: `${place}id ${node.id ?? "…"}` };
    node.id = id;
    this.#ids.set(id, node.key);
    return undefined;
  }
}

/** The version of a state that the service was put back behind. */
export const TAKEN_BACK = -1;

/** What is wrong with what is said of an entry beside another one of its name. */
export function supersededFault(
  told: Members,
  { superseded }: Pick<ModelFile | ModelFolder, "superseded">,
  place: string,
): Fault | undefined {
  if (superseded !== undefined) return spanFault(told, "supersededAt", superseded, place);
  const found = told["supersededAt"];
  return found === undefined
    ? undefined
    : { found: `${place}supersededAt ${JSON.stringify(found)}`, due: `${place}—` };
}

function fileMembers({ generations }: ModelFile): Members {
  const [newest] = generations;
  return {
    sizeBytes: newest?.bytes.length,
    modifiedAtNs: newest?.modifiedAtNs,
    mode: newest?.mode,
    sha256: newest?.sha256,
    generationCount: generations.length,
  };
}

/** What is wrong with an instant that has to lie within a span. */
export function spanFault(
  told: Members,
  name: string,
  span: WireSpan | undefined,
  place: string,
): Fault | undefined {
  // oxlint-disable-next-line no-restricted-globals -- reads a text; asks no clock
  const ms = Date.parse(String(told[name]));
  if (span === undefined || (ms >= span.fromMs && ms <= span.toMs)) return undefined;
  return {
    found: `${place}${name} ${String(told[name])} (${ms})`,
    due: `${place}${name} ${span.fromMs}–${span.toMs}`,
  };
}
