import { PLANS } from "../../../protocol/edition.ts";
import type { ServiceState } from "../handlers/request-context.ts";
import type { SnapshotRecord } from "./snapshot-record.ts";
import type { StorageSnapshot } from "./storage-snapshot.ts";
import type { Contract } from "../stores/account-store.ts";
import { comparePathOrder } from "../stores/path-order.ts";
import type {
  FolderAttributes,
  FolderNode,
  ServiceNode,
  StoredGeneration,
} from "../stores/service-nodes.ts";
import { walk } from "../stores/service-tree.ts";

/**
 * Everything the service knows at this moment, as records that are made while they are read: what it does
 * meanwhile is not in them. Bytes are not copied. Taking the moment itself takes some two microseconds for
 * each folder and file.
 */
export function takeRecords(state: ServiceState): Iterable<SnapshotRecord> {
  const { accounts, sessions, captchas } = state;
  const contents = new Map<string, readonly Buffer[]>();
  const contracts = accounts.contracts().map((contract) => captured(contract, contents));
  const others = [
    ...accounts.all().map(({ loginId, nickname, contract }): SnapshotRecord => ({
      record: "account",
      value: {
        loginId,
        nickname,
        contractId: contract.id,
        password: accounts.passwordOf(loginId),
      },
    })),
    ...sessions
      .live()
      .map(({ account, token, deviceName, createdAtMs, lastUsedAtMs }): SnapshotRecord => {
        const { loginId } = account;
        const value = { token, loginId, deviceName, createdAtMs, lastUsedAtMs };
        return { record: "session", value };
      }),
    ...captchas
      .wrongPasswords()
      .map((value): SnapshotRecord => ({ record: "wrong-passwords", value })),
  ];
  return (function* records() {
    yield* contentRecords(contents);
    for (const contract of contracts) yield* recordsOf(contract);
    yield* others;
  })();
}

/** The same as one value, in the order of listings, see `storageSnapshotSchema`. */
export function takeSnapshot(state: ServiceState): StorageSnapshot {
  const contents = new Map<string, Buffer[]>();
  const passwords: [string, string][] = [];
  const snapshot: StorageSnapshot = {
    kind: "azukeru-storage-snapshot",
    version: 1,
    contracts: [],
    accounts: [],
    wrongPasswords: [],
    contents: {},
    secrets: { passwords: {}, sessions: [] },
  };
  for (const record of takeRecords(state)) {
    switch (record.record) {
      case "content":
        contents.set(record.sha256, [...(contents.get(record.sha256) ?? []), record.bytes]);
        break;
      case "contract":
        snapshot.contracts.push({ ...record.value, folders: [], files: [] });
        break;
      case "folder":
        snapshot.contracts.at(-1)?.folders.push(record.value);
        break;
      case "file":
        snapshot.contracts.at(-1)?.files.push(record.value);
        break;
      case "account": {
        const { password, ...account } = record.value;
        snapshot.accounts.push(account);
        passwords.push([account.loginId, password]);
        break;
      }
      case "session":
        snapshot.secrets.sessions.push(record.value);
        break;
      case "wrong-passwords":
        snapshot.wrongPasswords.push(record.value);
    }
  }
  for (const contract of snapshot.contracts) {
    contract.folders.sort(byPath);
    contract.files.sort(byPath);
  }
  for (const [sha256, chunks] of [...contents].toSorted(([one], [other]) =>
    one < other ? -1 : 1,
  )) {
    snapshot.contents[sha256] = Buffer.concat(chunks).toString("base64");
  }
  snapshot.secrets.passwords = Object.fromEntries(passwords);
  return snapshot;
}

interface Placed {
  readonly path: readonly string[];
}

/** The order of a listing; a folder comes before what is in it. */
function byPath({ path: one }: Placed, { path: other }: Placed): number {
  return comparePathOrder(one.join("/"), other.join("/"));
}

function* contentRecords(
  contents: ReadonlyMap<string, readonly Buffer[]>,
): IterableIterator<SnapshotRecord> {
  for (const [sha256, chunks] of contents) {
    if (chunks.length === 0) yield { record: "content", sha256, bytes: Buffer.alloc(0) };
    for (const bytes of chunks) yield { record: "content", sha256, bytes };
  }
}

/** A folder or file as it was at one moment; its place may be another by the time it is written. */
interface CapturedNode {
  readonly id: string;
  readonly name: string;
  /** Undefined: in the root. */
  readonly parent: CapturedNode | undefined;
  readonly supersededAtMs: number | undefined;
  readonly writeOrder: number;
  /** Of a folder. */
  readonly createdAtMs: number;
  readonly attributes: FolderAttributes | null;
  /** Of a file; undefined of a folder. */
  readonly generations: readonly StoredGeneration[] | undefined;
}

/** A contract as it was at one moment. */
interface CapturedContract {
  readonly contract: PartOf<"contract">;
  /** Each folder behind the one it is in. */
  readonly folders: readonly CapturedNode[];
  readonly files: readonly CapturedNode[];
}

type PartOf<K extends "contract"> = Extract<SnapshotRecord, { record: K }>["value"];

function captured(
  { id, terms, storage }: Contract,
  contents: Map<string, readonly Buffer[]>,
): CapturedContract {
  const { edition, generationCountMax } = terms;
  const { quotaBytes, tree } = storage;
  const plan = PLANS.find((each) => each === terms.plan);
  if (plan === undefined) throw new Error(`contract ${id} has no plan`);
  const { nextId } = tree;
  const folders: CapturedNode[] = [];
  const files: CapturedNode[] = [];
  const byFolder = new Map<FolderNode, CapturedNode>();
  for (const node of walk(tree.root)) {
    if (node.parent === null) continue;
    const parent = byFolder.get(node.parent);
    const { id: nodeId, name, supersededAtMs, writeOrder } = node;
    const common = { id: nodeId, name, parent, supersededAtMs, writeOrder };
    if (node.kind === "folder") {
      const { createdAtMs, attributes } = node;
      const own = { createdAtMs, attributes, generations: undefined };
      const folder: CapturedNode = { ...common, ...own };
      byFolder.set(node, folder);
      folders.push(folder);
      continue;
    }
    // Copies: what a PC says of a generation may change while the records are read.
    const generations = node.generations.map((stored) => ({ ...stored }));
    const own = { createdAtMs: 0, attributes: null, generations };
    files.push({ ...common, ...own });
    for (const generation of generations) {
      if (contents.has(generation.sha256)) continue;
      contents.set(generation.sha256, storage.read(generation).chunks);
    }
  }
  const timelines = [...storage.history.timelines];
  const contract = { id, edition, plan, generationCountMax, quotaBytes, nextId, timelines };
  return { contract, folders, files };
}

function* recordsOf(taken: CapturedContract): IterableIterator<SnapshotRecord> {
  yield { record: "contract", value: taken.contract };
  for (const folder of taken.folders) {
    const { createdAtMs, attributes } = folder;
    yield { record: "folder", value: { ...commonOf(folder), createdAtMs, attributes } };
  }
  for (const file of taken.files) {
    const generations = [...(file.generations ?? [])];
    yield { record: "file", value: { ...commonOf(file), generations } };
  }
}

function commonOf(
  node: CapturedNode,
): { path: string[]; supersededAtMs?: number } & Pick<ServiceNode, "id" | "writeOrder"> {
  const { id, supersededAtMs, writeOrder } = node;
  const since = supersededAtMs !== undefined && { supersededAtMs };
  return { path: pathOf(node), id, writeOrder, ...since };
}

function pathOf(node: CapturedNode): string[] {
  const names: string[] = [];
  for (let at: CapturedNode | undefined = node; at !== undefined; at = at.parent)
    names.push(at.name);
  return names.toReversed();
}
